from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.added import Span, added_since, moment, seconds, span_of, span_text
from bookwheel.search.query import Filter

MOMENTS = st.none() | st.integers(0, 10**11)


@given(low=MOMENTS, high=MOMENTS)
def test_a_range_is_read_as_it_is_written(low: int | None, high: int | None) -> None:
    assert span_of(span_text(Span(low, high))) == Span(low, high)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-01", Span(1793491200)),
        ("2026-11-01T00:00:00Z", Span(1793491200)),
        ("2026-11-01T02:00:00+02:00", Span(1793491200)),
        ("*", Span()),
    ],
)
def test_a_bound_may_be_a_day_or_a_moment(text: str, wanted: Span) -> None:
    assert span_of(f"[{text} TO *]") == wanted


@pytest.mark.parametrize(
    "value", ["", "2026-11-01", "[]", "[soon TO *]", "[* TO 1969-12-31]", "[0001-01-01T00:00:00+10:00 TO *]", "[* TO *"]
)
def test_what_is_no_range_is_none(value: str) -> None:
    assert span_of(value) is None


@given(text=st.text(max_size=30))
def test_no_text_is_an_error(text: str) -> None:
    assert moment(text) is None or seconds(text) is not None
    assert span_of(f"[{text} TO *]") is None or "*" in text or seconds(text.strip()) is not None


def test_ends_belong_to_a_range() -> None:
    assert [each for each in range(10) if Span(3, 5).holds(each)] == [3, 4, 5]
    assert Span().holds(0)


def test_since_a_day_is_since_its_beginning_and_since_a_moment_is_since_then() -> None:
    assert added_since(date(2026, 11, 1)) == Filter("first_indexed", "[2026-11-01T00:00:00Z TO *]")
    assert added_since(datetime(2026, 11, 1, 9, 5, tzinfo=UTC)).value == "[2026-11-01T09:05:00Z TO *]"
