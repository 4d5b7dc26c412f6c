"""What an alert would have told lately."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.changing import BEGAN, Changing, changing

from bookwheel.jobs import recently
from bookwheel.jobs.recently import Day
from bookwheel.search.url import from_url

BEES = from_url([("lookfor", "bees")])


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Changing]:
    with changing(tmp_path) as catalogue:
        catalogue.put(("old", "Bees"), ("becomes", "Wasps"), ("stays", "Bees"), ("leaves", "Bees"))
        catalogue.clock.advance(days=40)
        catalogue.put(("new", "Bees"), ("becomes", "Bees"), ("stays", "Bees again"))
        catalogue.clock.advance(days=1)
        catalogue.put(("newer", "Bees"), ("other", "Wasps"), ("leaves", "Wasps"), ("gone", "Bees"))
        catalogue.delete("gone")
        catalogue.index()
        yield catalogue


def test_days_tell_what_is_new_and_what_began_to_match(catalogue: Changing) -> None:
    found = catalogue.library.recently(BEES, BEGAN + timedelta(days=30))
    assert found.days == (Day("2026-02-11", ("a-newer",), ()), Day("2026-02-10", ("a-new",), ("a-becomes",)))
    assert not found.is_cut
    assert found.total == 3


@pytest.mark.parametrize(("name", "most"), [("MOST_CHANGES", 3), ("MOST_READ", 1)])
def test_too_much_is_cut_and_told(catalogue: Changing, monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    monkeypatch.setattr(recently, name, most)
    assert catalogue.library.recently(BEES, BEGAN + timedelta(days=30)).is_cut


def test_changes_beyond_the_cap_that_are_older_than_asked_for_cut_nothing(
    catalogue: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recently, "MOST_CHANGES", 8)
    assert not catalogue.library.recently(BEES, BEGAN + timedelta(days=30)).is_cut
