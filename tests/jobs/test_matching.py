"""Which records a search finds: single ones, all of them, and records as they once were."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.changing import BEGAN, Changing, changing
from tests.tantivy_catalogue import small_engine

from bookwheel.engines.memory import MemoryEngine
from bookwheel.engines.tantivy import paging
from bookwheel.jobs import matching
from bookwheel.search.query import Filter
from bookwheel.search.url import from_url

BEES = from_url([("lookfor", "bees")])


@pytest.fixture(params=["memory", "tantivy"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Changing]:
    engine = MemoryEngine() if request.param == "memory" else small_engine(tmp_path / "index")
    with changing(tmp_path, engine) as catalogue:
        yield catalogue


def test_of_more_records_than_are_asked_at_once(catalogue: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "AT_ONCE", 3)
    catalogue.put(*((str(n), f"Bees {n}" if n % 2 else f"Wasps {n}") for n in range(10)))
    catalogue.index()
    asked = [f"a-{n}" for n in range(8)]
    assert catalogue.library.matching(BEES, asked) == {"a-1", "a-3", "a-5", "a-7"}


def test_all_of_many_pages(catalogue: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "_IDS", 3)
    catalogue.put(*((f"x_é/{n}", f"Bees {n}") for n in range(10)))
    catalogue.index()
    found = list(catalogue.library.all_matching(BEES))
    assert len(found) == 10
    assert set(found) == {f"a-x_é/{n}" for n in range(10)}


def test_filters_hold(catalogue: Changing) -> None:
    catalogue.put(("1", "Bees"))
    catalogue.index()
    assert catalogue.library.matching(BEES.with_filter(Filter("format", "Nonsense")), ["a-1"]) == frozenset()


def test_every_word_is_meant(catalogue: Changing) -> None:
    """A long question is searched loosely where few records have all its words; of one record that says nothing."""
    query = from_url([("lookfor", "bees pollinate mountain clover")])
    catalogue.put(("1", "Bees pollinate mountain clover"), ("2", "Bees in winter"))
    catalogue.index()
    assert catalogue.library.search(query).total == 2
    assert catalogue.library.matching(query, ["a-1", "a-2"]) == {"a-1"}
    assert list(catalogue.library.all_matching(query)) == ["a-1"]


def test_records_as_they_were(catalogue: Changing) -> None:
    catalogue.put(("1", "Bees"), ("2", "Wasps"), ("3", "Bees"))
    catalogue.clock.advance(days=1)
    catalogue.put(("1", "Wasps"), ("2", "Bees"), ("4", "Bees"))
    catalogue.delete("3")
    catalogue.index()
    ids = ["a-1", "a-2", "a-3", "a-4", "a-5"]
    assert catalogue.library.matched(BEES, ids, BEGAN) == {"a-1", "a-3"}
    assert catalogue.library.matched(BEES, ids, BEGAN - timedelta(days=1)) == frozenset()
    assert catalogue.library.matched(BEES, ids, catalogue.clock.now()) == {"a-2", "a-4"}


def test_reached_ends_before_what_waits_for_the_index(catalogue: Changing) -> None:
    catalogue.put(("1", "Bees"))
    catalogue.index()
    catalogue.clock.advance(days=1)
    catalogue.put(("2", "Bees"))
    now = BEGAN + timedelta(days=2)
    assert catalogue.library.reached(now) == matching.Reached(1, BEGAN + timedelta(days=1, seconds=-1))
    catalogue.index()
    assert catalogue.library.reached(now) == matching.Reached(2, now - timedelta(seconds=1))
