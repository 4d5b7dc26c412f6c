"""A harvest never loses a record, whatever the repository does (reliability 3.3; the numbers of its rows are
named).
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.fakes import faults
from tests.fakes.feed import Feed, Order
from tests.fakes.oai_server import Fault, Granularity
from tests.harvesting import World, empty_pages_for_ever, first_page_for_ever, two_pages_in_turn

import bookwheel.formats.oai_doaj
from bookwheel.errors import StoreError, TransportError
from bookwheel.jobs.harvest import lower_bound
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.store.model import Counts

THIRTY_DAYS = timedelta(days=30)


@pytest.mark.parametrize("every_days", [1, 7])
def test_f17_embargo_of_30_days_newest_first_over_400_days(every_days: int) -> None:
    """A cursor from the server's clock loses 99.9 % of the updates of such a feed; ours loses none."""
    random_ = random.Random(17)  # A simulation, not a secret.
    with World(Feed(embargo=THIRTY_DAYS)) as world:
        count = 0
        for day in range(400):
            for hour in sorted(random_.sample(range(24), 4)):
                world.clock.moment = datetime(2025, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)
                if count and random_.random() < 0.3:
                    world.feed.put(f"oai:x:{random_.randrange(count)}", title=f"Changed on day {day}")
                else:
                    world.feed.put(f"oai:x:{count}", title=f"New on day {day}")
                    count += 1
            world.clock.moment = datetime(2025, 1, 1, 23, 59, tzinfo=UTC) + timedelta(days=day)
            if day % every_days == 0:
                assert world.harvest().state == "complete"
            if day % (10 * every_days) == 0:
                assert world.lacks_nothing(), f"day {day}"
        world.harvest()
        assert world.lacks_nothing()
        assert len(world.served()) > 900
        asked = [request.parameters["from"] for request in world.repository.requests if "from" in request.parameters]
        assert len(asked) > 300 / every_days
        assert all(later >= earlier for earlier, later in pairwise(asked))


def test_second_harvest_asks_for_the_overlap_alone() -> None:
    with World() as world:
        world.fill(100, apart=timedelta(days=1))
        assert world.harvest().counts == Counts(100, stored=100)
        assert world.completed() == "2025-04-10T00:00:00Z"
        assert world.harvest().counts == Counts(3, unchanged=3)
        assert world.repository.requests[-1].parameters["from"] == "2025-04-08T00:00:00Z"
        assert world.harvest(overlap_hours=0).counts == Counts(1, unchanged=1)


def test_no_records_match_never_moves_the_bound() -> None:
    with World() as world:
        world.fill(3)
        world.harvest()
        before = world.completed()
        world.feed.items.clear()
        world.feed._sorted = None
        world.clock.advance(days=300)
        assert world.harvest().counts == Counts()
        assert world.completed() == before


def test_run_that_was_cut_short_goes_on_behind_the_last_page() -> None:
    with World() as world:
        world.fill(50)
        world.breaks_down_at(4)
        with pytest.raises(TransportError):
            world.harvest()
        [run] = world.store.runs()
        assert (run.state, run.counts) == ("incomplete", Counts(30, stored=30))
        assert run.notes
        assert world.completed() == "", "nothing moves before the end of the list"
        world.is_repaired()
        assert world.harvest().counts == Counts(20, stored=20)
        assert world.lacks_nothing()
        assert world.completed() == "2025-01-01T00:49:00Z"


def test_f14_token_refused_in_the_middle() -> None:
    with World() as world:
        world.fill(50)
        world.fault_at(4, faults.error("badResumptionToken", "expired"))
        run = world.harvest()
        assert run.state == "complete"
        assert run.counts == Counts(80, stored=50, unchanged=30)
        assert "begun again" in run.notes[0]
        assert world.lacks_nothing()


def test_f14_token_expired_between_two_runs() -> None:
    """The list begins again from its own bound, though records changed in between moved to its other end."""
    with World(options={"token_lifetime": timedelta(hours=24)}) as world:
        world.fill(50)
        world.breaks_down_at(3)
        with pytest.raises(TransportError):
            world.harvest()
        world.is_repaired()
        world.clock.advance(days=3)
        world.feed.put("oai:x:7", title="Changed")
        assert world.harvest().state == "complete"
        assert world.lacks_nothing()


def test_f14_token_refused_again_and_again_is_given_up() -> None:
    with World() as world:
        world.fill(30)
        world.repository.fault = lambda answer: (
            faults.error("badResumptionToken")(answer)
            if "resumptionToken" in world.repository.requests[-1].parameters
            else answer
        )
        run = world.harvest()
        assert run.state == "incomplete"
        assert world.completed() == ""
        world.is_repaired()
        assert world.harvest().state == "complete"
        assert world.lacks_nothing()


@pytest.mark.parametrize("fault", [first_page_for_ever, two_pages_in_turn, empty_pages_for_ever])
def test_f15_list_without_end(fault: Callable[[], Fault]) -> None:
    with World() as world:
        world.fill(50)
        world.repository.fault = fault()
        run = world.harvest()
        assert run.state == "incomplete"
        assert run.notes
        assert world.completed() == ""
        assert len(world.repository.requests) < 10
        world.is_repaired()
        assert world.harvest().state == "complete"
        assert world.lacks_nothing()


@pytest.mark.parametrize("order", ["newest", "oldest", "random"])
@pytest.mark.parametrize("apart", [timedelta(hours=7), timedelta(0)], ids=["spread", "one datestamp"])
def test_f16_any_order_with_breakdowns(order: Order, apart: timedelta) -> None:
    """Every day records change, and every list is broken off at a later page, until one comes to its end."""
    random_ = random.Random(16)
    with World(Feed(order=order)) as world:
        world.fill(60, apart=apart)
        for day in range(20):
            world.clock.advance(days=1)
            for number in random_.sample(range(60), 5):
                world.feed.put(f"oai:x:{number}", title=f"Changed on day {day}")
            world.breaks_down_at(1 + day % 4)
            try:
                world.harvest()
                assert world.lacks_nothing()
            except TransportError:
                world.is_repaired()
                before = world.completed()
                world.harvest()
                assert world.completed() >= before
        world.is_repaired()
        world.harvest()
        assert world.lacks_nothing()


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param(Feed(lag=timedelta(minutes=10)), id="lag"),
        pytest.param(Feed(skew=timedelta(days=1)), id="server ahead"),
        pytest.param(Feed(skew=timedelta(days=-1)), id="server behind"),
    ],
)
def test_f18_lag_and_skew(feed: Feed) -> None:
    with World(feed) as world:
        for hour in range(0, 150, 3):
            world.feed.put(f"oai:x:{hour}", title=f"Title {hour}")
            world.clock.advance(seconds=300)
            world.harvest()
            assert world.lacks_nothing(), hour
            world.clock.advance(hours=2, seconds=3300)
        world.harvest()
        assert len(world.state()) == 50


@pytest.mark.parametrize("late", [timedelta(minutes=10), timedelta(hours=47)])
def test_f18_record_listed_after_younger_ones(late: timedelta) -> None:
    """A slow index lists a record when younger ones were served already: the overlap catches it."""
    with World() as world:
        world.fill(20, apart=timedelta(days=1))
        world.harvest()
        for number in range(10):
            world.feed.put(f"oai:x:late{number}", title="Late", datestamp=world.clock.now() - late)
            world.feed.put(f"oai:x:soon{number}", title="Soon")
            world.harvest()
            assert world.lacks_nothing(), number
            world.clock.advance(hours=5)


def test_f18_datestamp_in_the_future_does_not_hide_what_comes_after() -> None:
    with World() as world:
        world.fill(5)
        world.feed.put("oai:x:later", datestamp=datetime(2099, 1, 1, tzinfo=UTC))
        world.harvest()
        assert world.completed() == "2025-01-01T00:05:00Z"
        world.clock.advance(days=10)
        world.feed.put("oai:x:5", title="Afterwards")
        world.harvest()
        assert world.lacks_nothing()


@pytest.mark.parametrize("granularity", ["seconds", "day"])
@pytest.mark.parametrize("advertised", ["", "seconds", "day"])
@pytest.mark.parametrize("offset_hours", [0, 14, -12])
def test_f19_granularity_and_local_time(granularity: Granularity, advertised: Granularity, offset_hours: int) -> None:
    options = {
        "granularity": granularity,
        "advertised": advertised,
        "local_offset": timedelta(hours=offset_hours),
    }
    with World(options=options) as world:
        for hour in range(0, 24 * 6, 5):
            world.feed.put(f"oai:x:{hour}", title=f"Title {hour}")
            world.clock.advance(hours=1)
            world.harvest()
            assert world.lacks_nothing(), hour
            world.clock.advance(hours=4)


def test_f21_same_record_in_two_sets() -> None:
    with World() as world:
        world.fill(5, sets=("a", "b"))
        world.feed.put("oai:x:b", sets=("b",))
        run = world.harvest(sets=("a", "b"))
        assert run.counts == Counts(11, stored=6, unchanged=5)
        assert world.completed("a") == "2025-01-01T00:04:00Z"
        assert world.completed("b") == "2025-01-01T00:05:00Z"
        assert world.lacks_nothing()


def test_f21_two_sources_with_the_same_identifiers() -> None:
    """The format's prefix makes their ids meet: the second source's are refused aloud, not mixed in."""
    with World() as world:
        world.fill(5)
        world.harvest()
        run = world.harvest("y")
        assert run.counts == Counts(5, rejected=5)
        assert "alarm" in run.notes[-1]
        assert {one.source for one in world.store.changes(0, 10)} == {"x"}
        assert world.harvest("y", id_prefix="y-", overlap_hours=10).counts == Counts(5, stored=5)
        assert world.store.live_count() == 10


def test_f21_identifier_changes_its_case() -> None:
    """OAI identifiers tell upper from lower case: the state is the feed's once the old one is reconciled
    away.
    """
    with World() as world:
        world.fill(30)
        world.feed.put("oai:x:ABC")
        world.harvest()
        world.feed.vanish("oai:x:ABC")
        world.feed.put("oai:x:abc")
        world.harvest()
        for _ in range(2):
            world.reconcile()
            world.clock.advance(days=31)
        world.reconcile()
        live = {identifier for identifier, title in world.state().items() if title is not None}
        assert live == set(world.served())


def test_f22_deletions() -> None:
    with World() as world:
        world.fill(3)
        world.harvest()
        world.feed.delete("oai:x:1")
        assert world.harvest().counts.deleted == 1
        assert world.state()["oai:x:1"] is None
        world.feed.put("oai:x:1", title="Back in the same second")
        world.harvest()
        assert world.state()["oai:x:1"] == "Back in the same second"
        world.feed.delete("oai:x:1")
        world.clock.advance(days=1)
        world.feed.put("oai:x:1", title="Back in the same second")
        world.harvest()
        assert world.lacks_nothing()
        world.feed.put("oai:x:never")
        world.feed.delete("oai:x:never")
        assert world.harvest().counts.deleted == 1
        assert world.served() == world.state()


@pytest.mark.parametrize("readable", [995, 900])
def test_f24_alarm_above_one_percent_of_refused_records(readable: int) -> None:
    with World(page_size=500) as world:
        world.fill(readable)
        for number in range(1000 - readable):
            world.feed.put(f"oai:x:bad{number}", metadata=b'<x xmlns="http://example.org/new-schema"/>')
        run = world.harvest()
        assert run.state == "complete"
        assert run.counts == Counts(1000, stored=readable, rejected=1000 - readable)
        assert any("alarm" in note for note in run.notes) == (readable == 900)


@pytest.mark.parametrize(("announced", "alarm"), [(b'completeListSize="50"', True), (b'completeListSize="20"', False)])
def test_shortfall_of_the_announced_list_is_told(announced: bytes, alarm: bool) -> None:
    with World() as world:
        world.fill(20)
        world.fault_at(2, faults.swap(b'completeListSize="20"', announced))
        run = world.harvest()
        assert run.state == "complete"
        assert any("30 of the 50 announced" in note for note in run.notes) == alarm


def test_f28_second_run_steps_aside() -> None:
    with World() as world:
        world.fill(20)
        holder = world.store.start_run("x", "harvest")
        with pytest.raises(StoreError, match=f"is being written by run {holder}"):
            world.harvest()
        assert world.repository.requests == []
        world.clock.advance(hours=2)
        assert world.harvest().counts.stored == 20


def test_f29_mistake_in_a_format_costs_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    read = bookwheel.formats.oai_doaj.read

    def read_with_a_mistake(raw: RawRecord, id_prefix: str = "") -> Reading:
        if raw.identifier == "oai:x:13":
            raise ZeroDivisionError("division by zero")
        return read(raw, id_prefix)

    monkeypatch.setattr(bookwheel.formats.oai_doaj, "read", read_with_a_mistake)
    with World() as world:
        world.fill(30)
        assert world.harvest().counts == Counts(30, stored=29, rejected=1)
        [kept] = world.store.quarantined()
        assert kept.identifier == "oai:x:13"
        assert "ZeroDivisionError: division by zero" in kept.reason
        assert "test_harvest.py line" in kept.reason


def test_f35_clock_that_goes_back_an_hour() -> None:
    with World() as world:
        bounds = []
        for hour in range(60):
            world.feed.put(f"oai:x:{hour}", title=f"Title {hour}")
            world.harvest()
            bounds.append(world.completed())
            assert world.lacks_nothing(), hour
            world.clock.advance(hours=-1 if hour % 7 == 6 else 1)
        assert bounds == sorted(bounds)


def test_payload_elements_without_a_field_are_counted() -> None:
    with World() as world:
        namespace = 'xmlns:o="http://doaj.org/features/oai_doaj/1.0/"'
        content = f"<o:doajArticle {namespace}><o:title>T</o:title><o:surprise>!</o:surprise></o:doajArticle>"
        for number in range(3):
            world.feed.put(f"oai:x:{number}", metadata=content.encode())
        [(path, count)] = world.harvest().unused
        assert "surprise" in path
        assert count == 3


@pytest.mark.parametrize(
    ("completed", "hours", "expected"),
    [
        ("", 48, ""),
        ("2025-03-01T00:00:00Z", 48, "2025-02-27T00:00:00Z"),
        ("2024-03-01T12:00:00Z", 24, "2024-02-29T12:00:00Z"),
        ("2025-01-01", 48, "2024-12-30T00:00:00Z"),
    ],
)
def test_lower_bound(completed: str, hours: int, expected: str) -> None:
    assert lower_bound(completed, timedelta(hours=hours)) == expected
