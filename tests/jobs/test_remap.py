"""Payloads read anew after a mapping changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.harvesting import World

from bookwheel.formats.columns import Columns, read_columns
from bookwheel.jobs import remap as module
from bookwheel.jobs.importing import import_files
from bookwheel.jobs.remap import preview_remap, remap
from bookwheel.records.raw import Page, RawRecord
from bookwheel.sources.base import BEGINNING, Start

OTHER = read_columns('title = "Titel"\nid = "Nr"\nnotes = "Title"', "m.toml")


class Rows:
    name = "lab"
    format = "files"

    def __init__(self, count: int) -> None:
        self.count = count

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        payloads = (f"Nr,Title,Titel\n{number},Old {number},New {number}".encode() for number in range(self.count))
        yield Page(tuple(RawRecord("lab", str(n), "", "csv", payload) for n, payload in enumerate(payloads)))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    (tmp_path / "a.csv").write_text("x")
    with World() as world:
        import_files(Rows(7), [tmp_path], world.store)
        yield world


def titles(world: World) -> list[str]:
    return sorted(found.record.title.value for found in world.store.changes(0, 100) if found.record)


def test_a_new_mapping_changes_records_in_place(world: World) -> None:
    before = world.store.latest_change()
    run = remap(world.store, "lab", columns=OTHER)
    assert (run.kind, run.state, run.counts.stored, run.counts.unchanged) == ("remap", "complete", 7, 0)
    assert titles(world) == [f"New {number}" for number in range(7)]
    assert world.store.count_changes(before) == 7
    assert len(world.store.versions("lab-3")) == 1


def test_again_changes_nothing(world: World) -> None:
    remap(world.store, "lab", columns=OTHER)
    before = world.store.latest_change()
    run = remap(world.store, "lab", columns=OTHER)
    assert (run.counts.stored, run.counts.unchanged) == (0, 7)
    assert world.store.latest_change() == before


def test_a_preview_shows_before_and_after_and_changes_nothing(world: World) -> None:
    found = list(preview_remap(world.store, "lab", columns=OTHER, sample=3))
    assert len(found) == 3
    (change,) = [change for change in found[0].changes if change.field == "title"]
    assert (change.before, change.after) != (None, None)
    assert titles(world)[0] == "Old 0"


def test_other_sources_and_formats_are_left_alone(world: World) -> None:
    assert remap(world.store, "other", columns=OTHER).counts.fetched == 0
    assert remap(world.store, "lab", as_format="ris", columns=OTHER).counts.fetched == 0
    assert titles(world)[0] == "Old 0"


def test_what_can_no_longer_be_read_stays_as_it_was(world: World) -> None:
    run = remap(world.store, "lab", columns=Columns({"id": ("Nr",)}))
    assert (run.counts.rejected, run.counts.stored) == (7, 0)
    assert titles(world)[0] == "Old 0"


@pytest.mark.parametrize("killed_after", [0, 1, 2])
def test_killed_it_goes_on_where_it_was(world: World, killed_after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    save = world.store.save_again
    saved = 0

    def dies(*given: object) -> None:
        nonlocal saved
        if saved == killed_after:
            raise KeyboardInterrupt
        saved += 1
        save(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "save_again", dies)
        with pytest.raises(KeyboardInterrupt):
            remap(world.store, "lab", columns=OTHER)
    run = remap(world.store, "lab", columns=OTHER)
    assert run.counts.fetched == 7 - 2 * killed_after
    assert titles(world) == [f"New {number}" for number in range(7)]
