"""Reconciling finds what datestamps hide: records missed, set back in time, or gone without a word."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes import faults
from tests.fakes.feed import Feed
from tests.harvesting import World, first_page_for_ever

from bookwheel.errors import TransportError
from bookwheel.jobs.reconcile import GRACE, Reconciled
from bookwheel.store.model import Counts

LONG_AGO = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


def told(found: Reconciled) -> tuple[int, int, int, int]:
    return found.listed, found.differing, found.vanished, found.deleted


def live(world: World) -> set[str]:
    return {identifier for identifier, title in world.state().items() if title is not None}


def test_nothing_differs() -> None:
    with World() as world:
        world.fill(25)
        world.harvest()
        found = world.reconcile()
        assert told(found) == (25, 0, 0, 0)
        assert (found.run.kind, found.run.state, found.run.counts) == ("reconcile", "complete", Counts())
        assert all(request.parameters["verb"] != "ListRecords" for request in world.repository.requests[3:])


def test_f18_backdated_records_are_found() -> None:
    with World() as world:
        world.fill(50, apart=timedelta(days=1))
        world.harvest()
        for number in (3, 4, 40):
            world.feed.put(f"oai:x:{number}", title="Set back", datestamp=LONG_AGO + timedelta(minutes=number))
        world.feed.put("oai:x:new", title="New and old", datestamp=LONG_AGO - timedelta(days=900))
        world.harvest()
        assert not world.lacks_nothing(), "datestamps hide them"
        found = world.reconcile()
        assert world.lacks_nothing()
        assert told(found) == (51, 4, 0, 0)
        assert found.run.counts == Counts(4, stored=4)
        lists = [r.parameters for r in world.repository.requests if r.parameters["verb"] == "ListRecords"]
        assert [(p["from"], p["until"]) for p in lists[-2:]] == [
            ("2001-02-03T04:08:06Z", "2001-02-03T04:45:06Z"),
            ("1998-08-18T04:05:06Z", "1998-08-18T04:05:06Z"),
        ]


def test_deletion_that_was_missed_is_found() -> None:
    with World() as world:
        world.fill(30)
        world.harvest()
        world.feed.delete("oai:x:7", datestamp=LONG_AGO)
        assert told(world.reconcile()) == (30, 1, 0, 0)
        assert "oai:x:7" not in live(world)
        assert told(world.reconcile()) == (30, 0, 0, 0)


def test_vanished_record_is_deleted_when_two_walks_a_month_apart_missed_it() -> None:
    with World() as world:
        world.fill(30)
        world.harvest()
        world.feed.vanish("oai:x:7")
        assert told(world.reconcile()) == (29, 0, 1, 0)
        world.clock.advance(days=1)
        assert told(world.reconcile()) == (29, 0, 1, 0)
        assert "oai:x:7" in live(world)
        world.clock.moment += GRACE
        found = world.reconcile()
        assert told(found) == (29, 0, 1, 1)
        assert found.run.counts == Counts(1, deleted=1)
        assert live(world) == set(world.served())
        [stored] = world.store.records(["doaj-art-7"]).values()
        assert stored.deleted
        assert stored.record is not None, "its last record is kept"
        assert told(world.reconcile()) == (29, 0, 0, 0)


def test_vanished_record_that_comes_back_is_live_again() -> None:
    with World() as world:
        world.fill(30)
        world.harvest()
        item = world.feed.items["oai:x:7"]
        world.feed.vanish("oai:x:7")
        for _ in range(2):
            world.reconcile()
            world.clock.moment += GRACE
        assert "oai:x:7" not in live(world)
        world.feed.put("oai:x:7", title="Title 7", datestamp=item.datestamp)
        world.reconcile()
        assert world.lacks_nothing()


def test_record_met_in_between_is_not_vanished() -> None:
    with World() as world:
        world.fill(30)
        world.harvest()
        item = world.feed.items["oai:x:7"]
        for _ in range(3):
            world.feed.vanish("oai:x:7")
            world.reconcile()
            world.clock.moment += GRACE
            world.feed.put("oai:x:7", title="Title 7", datestamp=item.datestamp)
            world.reconcile()
        assert "oai:x:7" in live(world)


def test_embargo_after_a_change_is_not_a_loss() -> None:
    """DOAJ's free feed hides a record for 30 days after each change; weekly walks must not delete it."""
    with World(Feed(embargo=timedelta(days=30))) as world:
        world.fill(50)
        world.clock.advance(days=40)
        world.harvest()
        world.feed.put("oai:x:7", title="Changed")
        for _ in range(6):
            assert world.reconcile().deleted == 0
            world.clock.advance(days=7)
        assert world.lacks_nothing()


def test_great_loss_is_asked_about() -> None:
    with World() as world:
        world.fill(100)
        world.harvest()
        for number in range(6):
            world.feed.vanish(f"oai:x:{number}")
        for _ in range(3):
            found = world.reconcile()
            assert told(found) == (94, 0, 6, 0)
            assert "6 of 100 live records are no longer listed" in found.run.notes[-1]
            world.clock.moment += GRACE
        assert len(live(world)) == 100
        assert told(world.reconcile(accept_loss=True)) == (94, 0, 6, 6)
        assert len(live(world)) == 94


def test_walk_that_was_cut_short_goes_on_and_counts_once() -> None:
    with World() as world:
        world.fill(50)
        world.harvest()
        world.feed.vanish("oai:x:7")
        for _ in range(2):
            world.breaks_down_at(3)
            with pytest.raises(TransportError):
                world.reconcile()
            world.is_repaired()
            world.clock.moment += GRACE
            found = world.reconcile()
            assert found.run.state == "complete"
            assert found.vanished == 1
            assert found.listed < 49, "it went on where it was"
        assert found.deleted == 1


def test_header_nobody_can_read_proves_nothing_gone() -> None:
    with World() as world:
        world.fill(25)
        world.harvest()
        for _ in range(3):
            world.fault_at(2, faults.swap(b"<identifier>oai:x:9</identifier>", b""))
            found = world.reconcile()
            assert found.run.state == "incomplete"
            assert (found.vanished, found.deleted) == (0, 0)
            world.clock.moment += GRACE
        assert len(live(world)) == 25


@pytest.mark.parametrize("request_number", [2, 3])
def test_token_refused_in_the_middle(request_number: int) -> None:
    with World() as world:
        world.fill(25)
        world.harvest()
        world.fault_at(request_number, faults.error("badResumptionToken"))
        found = world.reconcile()
        assert found.run.state == "complete"
        assert found.vanished == 0


def test_list_without_end_proves_nothing_gone() -> None:
    with World() as world:
        world.fill(25)
        world.harvest()
        world.repository.fault = first_page_for_ever()
        found = world.reconcile()
        assert found.run.state == "incomplete"
        assert len(live(world)) == 25
        world.is_repaired()
        assert told(world.reconcile()) == (25, 0, 0, 0)


def test_listed_record_that_cannot_be_had_is_told() -> None:
    with World() as world:
        world.fill(25)
        world.feed.put("oai:x:bad", metadata=b"<nothing/>")
        world.harvest()
        found = world.reconcile()
        assert found.differing == 1
        assert any("1 listed records could not be had, first 'oai:x:bad'" in note for note in found.run.notes)


def test_day_granularity() -> None:
    with World(options={"granularity": "day"}) as world:
        world.fill(30, apart=timedelta(hours=5))
        world.harvest()
        world.feed.put("oai:x:3", title="Set back", datestamp=LONG_AGO)
        assert told(world.reconcile()) == (30, 1, 0, 0)
        assert world.lacks_nothing()
