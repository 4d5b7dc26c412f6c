"""What lies in quarantine is read again without the network, once its format was mended."""

import pytest
from tests.harvesting import World

import bookwheel.formats.oai_doaj
from bookwheel.formats.columns import read_columns
from bookwheel.jobs import retry
from bookwheel.jobs.retry import retry_quarantined
from bookwheel.jobs.taking import Taking
from bookwheel.records.raw import Page, RawRecord, Reading
from bookwheel.store.model import Counts


def fails(raw: RawRecord, id_prefix: str = "") -> Reading:
    raise KeyError("mapping")


@pytest.mark.parametrize("batch", [3, 200])
def test_mended_format_empties_the_quarantine(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(retry, "BATCH", batch)
    with World() as world:
        world.fill(10)
        world.feed.put("oai:x:bad", metadata=b"<nothing/>")
        with monkeypatch.context() as mistaken:
            mistaken.setattr(bookwheel.formats.oai_doaj, "read", fails)
            assert world.harvest().counts == Counts(11, rejected=11)
            assert retry_quarantined(world.store, "x").counts == Counts(11, rejected=11)
        asked = len(world.repository.requests)
        run = retry_quarantined(world.store, "x")
        assert (run.kind, run.state, run.counts) == ("retry", "complete", Counts(11, stored=10, rejected=1))
        assert len(world.repository.requests) == asked
        [kept] = world.store.quarantined()
        assert kept.identifier == "oai:x:bad"
        assert "KeyError" not in kept.reason, "the newest reason stands"
        assert {k: v for k, v in world.served().items() if k != "oai:x:bad"} == world.state()


def test_other_sources_are_left_alone() -> None:
    with World() as world:
        world.feed.put("oai:x:bad", metadata=b"<nothing/>")
        world.harvest()
        assert retry_quarantined(world.store, "y").counts == Counts()
        assert len(world.store.quarantined()) == 1


def test_a_payload_without_identifier_gets_the_id_an_import_gives_it() -> None:
    """Else the same file imported again would make a second record of it."""
    page = Page((RawRecord("lab", "", "", "csv", b"Nr,Titel\n1,Wiese"),))
    columns = read_columns('title = "Titel"', "m.toml")
    with World() as world:
        first = Taking(world.store, world.store.start_run("lab", "import"))
        assert first.take(page).rejected == 1
        first.finish("complete")
        assert retry_quarantined(world.store, "lab", columns=columns).counts.stored == 1
        assert world.store.quarantined("lab") == []
        again = Taking(world.store, world.store.start_run("lab", "import"), columns=columns)
        assert again.take(page).unchanged == 1
        again.finish("complete")
