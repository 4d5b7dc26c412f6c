"""What readers attach to a record survives all that can happen to the record, in a real catalogue."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.test_library import SEED, catalogue, response, seed_record
from tests.web.conftest import signed_in
from tests.web.page import Page

from bookwheel.config import FILE_NAME
from bookwheel.library import Library
from bookwheel.web.jobs.following import run
from bookwheel.web.library import use
from bookwheel.web.people.models import Person
from bookwheel.web.works.following import follow_all
from bookwheel.web.works.keeping import current_id
from bookwheel.web.works.models import Work

SETTINGS = "index_memory_mb = 64\nindex_threads = 1\n"
TAGS = "//ul[@class='tags']/li/a"


class Job:
    """What the job is given, by hand."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.checkpoint: Mapping[str, Any] = {}

    def now(self) -> datetime:
        return datetime.now(UTC)

    def save(self, checkpoint: Mapping[str, Any], progress: str = "") -> None:
        self.checkpoint = checkpoint


@contextmanager
def opened(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as library, use(library):
        yield library


def take(library: Library, folder: Path, record: str) -> None:
    """Harvest one answer of the repository, and index what came."""
    (folder / "page.xml").write_bytes(response(record))
    library.import_files([folder / "page.xml"])
    library.index()


def deleted() -> str:
    gone = re.sub("<header>", '<header status="deleted">', seed_record()).replace("2025-08-20", "2025-09-20")
    return re.sub("<metadata>.*</metadata>", "", gone, flags=re.DOTALL)


def returned() -> str:
    return seed_record().replace("2025-08-20", "2025-10-20").replace("Lenalidomide in the", "Lenalidomide for the")


@pytest.fixture
def folder(tmp_path: Path, reader: Person) -> Path:
    """A catalogue in which a reader has tagged the one record."""
    made = catalogue(tmp_path / "catalogue", SETTINGS)
    with opened(made) as library:
        take(library, tmp_path, seed_record())
        assert signed_in(reader).post(f"/Record/{SEED}/AddTag", {"tag": "leukemia"}).status_code == 302
    return made


def shown_at(address: str, reader: Person) -> tuple[int, list[str]]:
    page = Page(signed_in(reader).get(address, follow=True))
    return page.status, page.texts(TAGS)


def test_deletion_return_and_harvest_anew(folder: Path, tmp_path: Path, reader: Person) -> None:
    with opened(folder) as library:
        take(library, tmp_path, deleted())
        assert shown_at(f"/Record/{SEED}", reader) == (410, ["leukemia"])
        take(library, tmp_path, returned())
        assert shown_at(f"/Record/{SEED}", reader) == (200, ["leukemia"])
        assert "Lenalidomide for the" in Page(Client().get("/Tag/Home?lookfor=leukemia")).text("//ol[@class='hits']")


def test_rebuild_and_loss_of_the_index(folder: Path, reader: Person) -> None:
    with opened(folder) as library:
        library.index(rebuild=True)
        assert shown_at(f"/Record/{SEED}", reader) == (200, ["leukemia"])
    shutil.rmtree(folder / "index")
    with opened(folder) as library:
        library.index()
        assert shown_at(f"/Record/{SEED}", reader) == (200, ["leukemia"])


def test_catalogue_filled_anew_with_other_ids(folder: Path, tmp_path: Path, reader: Person) -> None:
    for name in ("records.sqlite3", "records.sqlite3-wal", "records.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "index")
    (folder / FILE_NAME).write_text(f'{SETTINGS}[sources.doaj]\nid_prefix = "other-"\n', encoding="utf-8")
    with opened(folder) as library:
        take(library, tmp_path, seed_record())
        new = SEED.replace("doaj-art-", "other-")
        assert library.has(new)
        assert shown_at(f"/Record/{SEED}", reader) == (410, ["leukemia"])
        assert run(Job(library)) == "1 record was found under another id."
        assert signed_in(reader).get(f"/Record/{SEED}")["Location"] == f"/Record/{new}"
        assert shown_at(f"/Record/{SEED}", reader) == (200, ["leukemia"])
        assert run(Job(library)) == "No record has another id than before."


def test_store_keeps_an_id_when_the_prefix_changes(folder: Path, tmp_path: Path, reader: Person) -> None:
    """Ids are for ever: what comes under another one is refused, and nothing of a reader has to follow."""
    (folder / FILE_NAME).write_text(f'{SETTINGS}[sources.doaj]\nid_prefix = "other-"\n', encoding="utf-8")
    with opened(folder) as library:
        take(library, tmp_path, returned())
        assert run(Job(library)) == "No record has another id than before."
        assert shown_at(f"/Record/{SEED}", reader) == (200, ["leukemia"])


def test_id_that_still_is_a_record_is_left_alone(folder: Path, tmp_path: Path) -> None:
    other = "b" * 32
    with opened(folder) as library:
        take(library, tmp_path, seed_record().replace(SEED.removeprefix("doaj-art-"), other))
        Work.objects.update(identifier=f"oai:doaj.org/article:{other}")
        assert library.ids_of("doaj", [f"oai:doaj.org/article:{other}"]) == {
            f"oai:doaj.org/article:{other}": f"doaj-art-{other}"
        }
        assert follow_all(library) == ()
    assert current_id(SEED) == SEED


def test_killed_run_goes_on_from_where_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Work.objects.create(record_id="elsewhere", source="doaj", identifier=Work.objects.get().identifier)
    with opened(folder) as library:
        job = Job(library)
        job.checkpoint = {"after": Work.objects.latest("pk").pk, "followed": 7}
        assert run(job) == "7 records were found under other ids."
