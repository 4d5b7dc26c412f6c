"""An import that was cut short goes on with the same files, and with them alone."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.fakes.feed import article
from tests.harvesting import World

from bookwheel.errors import TransportError
from bookwheel.jobs.importing import import_files
from bookwheel.records.raw import Page, RawRecord
from bookwheel.sources.base import BEGINNING, Start


class Files:
    """A source of one record a page, with its number as checkpoint, and a place where it breaks."""

    name = "x"
    format = "oai_doaj"

    def __init__(self, identifiers: Iterable[str], breaks_at: int = -1) -> None:
        self.identifiers, self.breaks_at = list(identifiers), breaks_at

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        for number in range(int(start.checkpoint or 0), len(self.identifiers)):
            if number == self.breaks_at:
                raise TransportError("the disk was pulled out")
            content = article(f"Title {number}")
            raw = RawRecord("x", self.identifiers[number], "2025-05-05T00:00:00Z", "oai_doaj", content)
            is_last = number == len(self.identifiers) - 1
            yield Page((raw,), checkpoint="" if is_last else str(number + 1), newest=raw.datestamp)


@pytest.mark.parametrize(
    ("changed", "expected"), [("", 3), ("a.xml", 5), ("new.xml", 5)], ids=["same files", "changed", "one more"]
)
def test_import_goes_on_with_the_same_files_alone(tmp_path: Path, changed: str, expected: int) -> None:
    (tmp_path / "a.xml").write_text("one")
    with World() as world:
        with pytest.raises(TransportError):
            import_files(Files("abcde", breaks_at=2), [tmp_path], world.store)
        if changed:
            (tmp_path / changed).write_text("another")
        run = import_files(Files("abcde"), [tmp_path], world.store)
        assert (run.kind, run.state, run.counts.fetched) == ("import", "complete", expected)
        assert world.store.live_count() == 5
        assert import_files(Files("abcde"), [tmp_path], world.store).counts.unchanged == 5


def test_import_leaves_the_bound_of_the_harvest_alone(tmp_path: Path) -> None:
    """An import of a few new records must not make the next harvest skip all older ones."""
    with World() as world:
        world.fill(20)
        import_files(Files(["oai:x:99"]), [tmp_path], world.store)
        assert world.completed() == ""
        assert world.harvest().counts.stored == 20
