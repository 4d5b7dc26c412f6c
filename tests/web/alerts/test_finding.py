"""What is found for an alert, and what is known already."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.changing import Changing, changing
from tests.tantivy_catalogue import small_engine
from tests.web.alerts.conftest import FakeContext, Subscribe

from bookwheel.search.url import from_url
from bookwheel.web.alerts import finding, job
from bookwheel.web.alerts.finding import find
from bookwheel.web.alerts.models import Alert, Event
from bookwheel.web.alerts.subscribing import set_frequency, stop
from bookwheel.web.library import use
from bookwheel.web.people.models import Person
from bookwheel.web.searches.keeping import save
from bookwheel.web.works.keeping import rename


def look(world: Changing, alert: Alert) -> list[str]:
    """What an alert has found by now, told or not."""
    fresh = Alert.objects.select_related("search").get(pk=alert.pk)
    assert find(world.library, fresh, world.library.engine.watermark(), world.clock.now(), iter(lambda: None, 1))
    return sorted(Event.objects.filter(alert=alert).values_list("record_id", flat=True))


def test_records_that_match_since_they_changed_are_found(world: Changing, subscribe: Subscribe, reader: Person) -> None:
    world.put(("1", "Wasps"), ("2", "Bees"))
    world.index()
    world.clock.advance(hours=1)
    alert = subscribe(reader)
    world.clock.advance(hours=1)
    world.put(("1", "Bees now"), ("2", "Bees again"))
    world.index()
    assert look(world, alert) == ["a-1"]


def test_record_that_stops_and_matches_again_is_not_told_twice(
    world: Changing, context: FakeContext, subscribe: Subscribe, reader: Person
) -> None:
    alert = subscribe(reader)
    for title in ("Bees", "Wasps", "Bees again"):
        world.clock.advance(days=1)
        world.put(("1", title))
        world.index()
        job.run(context)
    [event] = Event.objects.all()
    assert event.digest is not None
    assert look(world, alert) == ["a-1"]


def test_record_that_leaves_before_it_is_told_is_not_told(
    world: Changing, subscribe: Subscribe, reader: Person
) -> None:
    alert = subscribe(reader)
    world.clock.advance(hours=1)
    world.put(("1", "Bees"), ("2", "Bees"))
    world.index()
    assert look(world, alert) == ["a-1", "a-2"]
    world.put(("1", "Wasps"))
    world.delete("2")
    world.index()
    assert look(world, alert) == []


@pytest.mark.parametrize("is_late", [False, True])
def test_what_matched_when_the_alert_was_switched_on_is_known(
    world: Changing, subscribe: Subscribe, reader: Person, is_late: bool
) -> None:
    """Also when the job that writes it down comes after the next harvest."""
    world.put(("stays", "Bees"), ("leaves", "Bees"), ("comes", "Wasps"), ("goes", "Bees"))
    world.index()
    world.clock.advance(hours=1)
    alert = subscribe(reader)
    if not is_late:
        assert look(world, alert) == []
    world.clock.advance(hours=1)
    world.put(("stays", "Bees stay"), ("leaves", "Wasps"), ("comes", "Bees come"), ("new", "New bees"))
    world.delete("goes")
    world.index()
    assert look(world, alert) == ["a-comes", "a-new"]
    world.put(("leaves", "Bees return"), ("goes", "Bees return"))
    world.index()
    assert look(world, alert) == ["a-comes", "a-new"]


def test_harvest_the_index_lacked_when_the_alert_was_switched_on_is_new(
    world: Changing, subscribe: Subscribe, reader: Person
) -> None:
    world.put(("1", "Bees"))
    world.index()
    world.clock.advance(hours=1)
    world.put(("2", "Bees"))
    world.clock.advance(hours=1)
    alert = subscribe(reader)
    world.index()
    assert look(world, alert) == ["a-2"]


def test_store_that_was_made_anew_is_looked_through_from_its_beginning(
    world: Changing, subscribe: Subscribe, reader: Person
) -> None:
    world.put(("1", "Bees"))
    world.index()
    alert = subscribe(reader)
    world.clock.advance(hours=1)
    look(world, alert)
    world.put(("2", "Bees"))
    world.index()
    Alert.objects.update(cursor=10_000)
    assert look(world, alert) == ["a-2"]


def test_record_under_a_new_id_is_known_by_its_old_one(world: Changing, subscribe: Subscribe, reader: Person) -> None:
    world.put(("1", "Bees"))
    world.index()
    world.clock.advance(hours=1)
    alert = subscribe(reader)
    look(world, alert)
    world.delete("1")
    world.put(("renamed", "Bees"))
    rename("a-1", "a-renamed")
    world.index()
    assert look(world, alert) == []


def test_alert_that_was_off_tells_what_comes_after_it_is_on_again(
    world: Changing, subscribe: Subscribe, reader: Person
) -> None:
    alert = subscribe(reader)
    stop(alert)
    world.clock.advance(hours=1)
    world.put(("1", "Bees"))
    world.index()
    world.clock.advance(hours=1)
    now = world.clock.now()
    set_frequency(alert.search, "daily", world.library.reached(now), now)
    world.clock.advance(hours=1)
    world.put(("2", "Bees"))
    world.index()
    assert look(world, alert) == ["a-2"]


def test_alert_switched_off_meanwhile_is_left_alone(world: Changing, subscribe: Subscribe, reader: Person) -> None:
    alert = Alert.objects.select_related("search").get(pk=subscribe(reader).pk)
    world.put(("1", "Bees"))
    world.index()
    stop(alert)
    assert not find(world.library, alert, 1, world.clock.now(), iter(lambda: None, 1))
    assert not Event.objects.exists()


def test_two_workers_find_a_record_once(
    world: Changing, subscribe: Subscribe, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes in while the first asks the engine; the first sees that it was overtaken."""
    alert = subscribe(reader)
    world.clock.advance(hours=1)
    look(world, alert)
    world.put(("1", "Bees"))
    world.index()
    slow = Alert.objects.select_related("search").get(pk=alert.pk)
    real = world.library.matching

    def overtaken(*arguments: object) -> frozenset[str]:
        monkeypatch.setattr(world.library, "matching", real)
        look(world, alert)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(world.library, "matching", overtaken)
    assert not find(world.library, slow, 1, world.clock.now(), iter(lambda: None, 1))
    assert Event.objects.count() == 1


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Changing]:
    with changing(tmp_path, small_engine(tmp_path / "index")) as world, use(world.library):
        yield world


def test_embedded_engine_finds_the_same(embedded: Changing, reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "BATCH", 3)
    embedded.put(*((f"old/{n}", "Bees") for n in range(5)))
    embedded.index()
    embedded.clock.advance(hours=1)
    now = embedded.clock.now()
    search = save(reader, from_url([("lookfor", "bees")]), "bees")
    alert = set_frequency(search, "daily", embedded.library.reached(now), now)
    assert alert is not None
    embedded.clock.advance(hours=1)
    embedded.put(*((f"new/{n}", "Bees" if n % 2 else "Wasps") for n in range(9)), ("old/1", "Bees anew"))
    embedded.index()
    assert look(embedded, alert) == [f"a-new/{n}" for n in (1, 3, 5, 7)]
