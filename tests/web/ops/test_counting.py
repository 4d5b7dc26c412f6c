"""Searches that found nothing: counted without a word of who made them, and never by a page itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from tests.web.jobs.clock import Clock, Given
from tests.web.page import Page

from bookwheel.web.ops import counting, expiry
from bookwheel.web.ops.counting import READERS, Counting
from bookwheel.web.ops.models import EmptySearch

TODAY, TOMORROW = date(2026, 3, 28), date(2026, 3, 29)


def asked(counts: Counting, text: str, readers: int, day: date = TODAY) -> None:
    for number in range(readers):
        counts.note(text, f"192.0.2.{number}", day)


def test_what_enough_readers_searched_for_is_counted_once() -> None:
    counts = Counting()
    asked(counts, "  Quantum   Cats ", READERS)
    asked(counts, "quantum cats", 1)
    assert counts.take(TODAY) == [(TODAY, "quantum cats", READERS + 1)]
    assert counts.take(TODAY) == []
    asked(counts, "quantum cats", 1)
    assert counts.take(TODAY) == [(TODAY, "quantum cats", 1)]


def test_what_one_reader_searches_for_again_and_again_stays_unknown() -> None:
    counts = Counting()
    for _ in range(100):
        asked(counts, "my secret", READERS - 1)
    assert counts.take(TODAY) == []


def test_a_new_day_begins_anew() -> None:
    counts = Counting()
    asked(counts, "cats", READERS - 1)
    assert counts.take(TOMORROW) == []
    asked(counts, "cats", 1, TOMORROW)
    assert counts.take(TOMORROW) == []


def test_the_end_of_a_day_is_written_down_the_next_day() -> None:
    counts = Counting()
    asked(counts, "cats", READERS)
    assert counts.take(TOMORROW) == [(TODAY, "cats", READERS)]


def test_the_memory_is_bounded() -> None:
    counts = Counting(most=2)
    for text in ("a", "b", "c"):
        asked(counts, text, READERS)
    assert [text for _, text, _ in counts.take(TODAY)] == ["b", "c"]
    asked(counts, "x" * 201, READERS)
    asked(counts, " ", READERS)
    assert counts.take(TODAY) == []


@pytest.fixture
def fresh_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "COUNTING", Counting())


def search(client: Client, readers: int) -> None:
    for number in range(readers):
        client.get("/Search/Results", {"lookfor": "xyzzy", "type": "AllFields"}, REMOTE_ADDR=f"192.0.2.{number}")


def test_a_page_writes_nothing_and_the_server_does(client: Client, fresh_counts: None) -> None:
    search(client, READERS)
    client.get("/Search/Results", {"lookfor": "lenalidomide", "type": "AllFields"})
    assert not EmptySearch.objects.exists()
    counting.write_down()
    search(client, 2)
    counting.write_down()
    (found,) = EmptySearch.objects.all()
    assert (found.day, found.text, found.times) == (datetime.now(UTC).date(), "xyzzy", READERS + 2)


def test_operators_see_what_was_not_found(browser: Client, fresh_counts: None) -> None:
    EmptySearch.objects.create(day=TODAY, text="xyzzy", times=4)
    EmptySearch.objects.create(day=TOMORROW, text="xyzzy", times=3)
    page = Page(browser.get("/Admin/Statistics"))
    assert page.texts("//section[@aria-labelledby='searches']//tbody/tr") == ["xyzzy 7"]


def test_counting_can_be_switched_off(client: Client, fresh_counts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BOOKWHEEL", replace(settings.BOOKWHEEL, empty_searches_days=0))
    search(client, READERS)
    counting.write_down()
    assert not EmptySearch.objects.exists()


def test_counts_are_forgotten_after_their_days() -> None:
    clock = Clock()
    EmptySearch.objects.create(day=clock().date(), text="xyzzy", times=4)
    clock.pass_(days=89)
    assert expiry.run(Given(None, clock)) == ""
    clock.pass_(days=1)
    assert expiry.run(Given(None, clock)) == "1 counts of searches that found nothing forgotten."
