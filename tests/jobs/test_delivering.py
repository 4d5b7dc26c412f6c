"""Files of a source are taken in once, whatever becomes of one of them."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import Any

import pytest
from tests.fakes.feed import SimulatedClock

from bookwheel.config import SourceConfig
from bookwheel.errors import SourceError
from bookwheel.jobs.delivering import harvest_files
from bookwheel.records.raw import Page
from bookwheel.sources import files
from bookwheel.sources.base import BEGINNING, Source, Start
from bookwheel.sources.delivery import Delivery, known
from bookwheel.sources.folder import FolderSource
from bookwheel.store import Store
from bookwheel.store.model import Counts, ListKey, Run

NEW = "10 seconds"


class Watched:
    """A folder, its source and a store, all on one simulated clock."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder / "in"
        self.folder.mkdir()
        self.clock = SimulatedClock()
        self.store = store
        self.source = FolderSource("x", SourceConfig(type="folder", path="in"), folder, clock=self.clock)

    def put(self, name: str, data: bytes, seconds_ago: float = 60) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written = self.clock.now().timestamp() - seconds_ago
        os.utime(path, (written, written))
        return path

    def harvest(self) -> Run:
        return harvest_files(self.source, self.store)

    def ids(self) -> set[str]:
        return {stored.identifier.rpartition(":")[2] for stored in self.store.changes(0, 1000) if not stored.deleted}


def articles(*ids: str, title: str = "A title") -> bytes:
    return json.dumps([{"id": id_, "bibjson": {"title": title}} for id_ in ids]).encode()


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store.open("sqlite://")) as store:
        store.migrate()
        yield store


@pytest.fixture
def watched(tmp_path: Path, store: Store) -> Watched:
    return Watched(tmp_path, store)


def test_new_files_are_read_once_and_changed_ones_again(watched: Watched) -> None:
    watched.put("a.json", articles("1", "2"))
    watched.put("2025/b.json", articles("3"))
    assert watched.harvest().counts == Counts(3, stored=3)
    assert watched.harvest().counts == Counts()
    watched.put("a.json", articles("1", "2", "4"))
    assert watched.harvest().counts == Counts(3, stored=1, unchanged=2)
    assert watched.ids() == {"1", "2", "3", "4"}


def test_files_are_read_in_the_order_of_their_names(watched: Watched) -> None:
    """Yesterday's state of a record must not come after today's."""
    watched.put("2025-02.json", articles("1", title="New"), seconds_ago=900)
    watched.put("2025-01.json", articles("1", title="Old"), seconds_ago=60)
    watched.harvest()
    [stored] = watched.store.changes(0, 10)
    assert stored.record is not None
    assert stored.record.title.value == "New"


def test_touched_file_is_not_read_again(watched: Watched) -> None:
    watched.put("a.json", articles("1"))
    watched.harvest()
    watched.put("a.json", articles("1"), seconds_ago=30)
    assert watched.harvest().counts == Counts()
    found = (watched.folder / "a.json").stat()
    mark = watched.store.list_state(ListKey("x", "file", "a.json", "folder")).completed
    assert known(mark)[1] == f"{found.st_size} {found.st_mtime_ns}", "so that the next harvest need not look into it"


@pytest.mark.parametrize(
    ("name", "seconds_ago", "told"),
    [
        ("a.json.part", 60, "waits for its final name"),
        ("a.json.TMP", 60, "waits for its final name"),
        ("a.json", 1, NEW),
        (".a.json.x7Ff", 60, ""),
        (".rsync/a.json", 60, ""),
    ],
)
def test_half_written_file_waits(watched: Watched, name: str, seconds_ago: float, told: str) -> None:
    watched.put(name, articles("1"), seconds_ago)
    run = watched.harvest()
    assert (run.state, run.counts, len(run.notes)) == ("complete", Counts(), bool(told))
    assert told in "".join(run.notes)
    watched.clock.advance(seconds=60)
    os.rename(watched.folder / name, watched.folder / "a.json")
    assert watched.harvest().counts == Counts(1, stored=1)


def test_file_that_grows_while_it_is_looked_at_waits(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    path = watched.put("a.json", articles("1"))

    def growing(file: Any, name: str) -> Any:
        path.write_bytes(articles("1", "2"))
        return file_digest(file, name)

    with monkeypatch.context() as patch:
        patch.setattr("bookwheel.sources.folder.file_digest", growing)
        run = watched.harvest()
    assert (run.counts, run.notes) == (Counts(), ("a.json: waits, it changed while it was looked at",))
    watched.put("a.json", articles("1", "2"))
    assert watched.harvest().counts == Counts(2, stored=2)


def test_file_of_another_kind_is_left_out_with_a_note(watched: Watched) -> None:
    watched.put("README", b"Put your files here.")
    watched.put("b.json", articles("1"))
    run = watched.harvest()
    assert (run.state, run.counts.stored) == ("complete", 1)
    assert "README" in run.notes[0]


def test_damaged_file_is_told_and_stops_no_other(watched: Watched) -> None:
    watched.put("a.json", articles("1")[:-1])
    watched.put("b.json", articles("2"))
    run = watched.harvest()
    assert run.state == "incomplete"
    assert run.notes[0].startswith("alarm: ")
    assert "a.json" in run.notes[0]
    assert watched.ids() >= {"2"}
    watched.put("a.json", articles("1", "3"))
    assert watched.harvest().state == "complete"
    assert watched.ids() == {"1", "2", "3"}


def test_nothing_but_failures_is_a_failure(watched: Watched) -> None:
    watched.put("a.json", articles("1")[:-1])
    with pytest.raises(SourceError, match=r"a\.json"):
        watched.harvest()
    [run] = watched.store.runs()
    assert run.state == "incomplete"


def test_folder_that_is_gone_is_no_empty_folder(watched: Watched) -> None:
    watched.folder.rmdir()
    with pytest.raises(SourceError, match="no such folder"):
        watched.harvest()


class Stopped(BaseException):
    pass


def test_killed_harvest_goes_on_behind_the_last_page(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAGE_RECORDS", 10)
    watched.put("a.json", articles(*map(str, range(50))))
    with pytest.raises(Stopped):
        harvest_files(_Stopping(watched.source, pages=3), watched.store)
    assert len(watched.ids()) == 30
    assert watched.harvest().counts == Counts(20, stored=20)


def test_file_replaced_after_a_killed_harvest_begins_again(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAGE_RECORDS", 10)
    watched.put("a.json", articles(*map(str, range(50))))
    with pytest.raises(Stopped):
        harvest_files(_Stopping(watched.source, pages=3), watched.store)
    watched.put("a.json", articles(*(f"new{number}" for number in range(50))))
    assert watched.harvest().counts == Counts(50, stored=50)


class _Stopping:
    """A source that is killed behind some pages of a file."""

    def __init__(self, inner: FolderSource, pages: int) -> None:
        self.inner, self.left = inner, pages
        self.name, self.format, self.names, self.done = inner.name, inner.format, inner.names, inner.done

    def get(self, name: str, mark: str, notes: list[str]) -> Delivery | None:
        delivery = self.inner.get(name, mark, notes)
        return delivery and replace(delivery, source=_StoppingPages(delivery.source, self))


class _StoppingPages:
    def __init__(self, inner: Source, whole: _Stopping) -> None:
        self.inner, self.whole, self.name, self.format = inner, whole, inner.name, inner.format

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        for page in self.inner.pages(start):
            if not self.whole.left:
                raise Stopped
            self.whole.left -= 1
            yield page
