"""Intervals: read strictly, and never due twice or too often."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.errors import ConfigError
from bookwheel.intervals import Schedule, schedule_of

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
MOMENTS = st.integers(-(10**8), 10**8).map(lambda seconds: NOON + timedelta(seconds=seconds))
SPANS = st.timedeltas(timedelta(minutes=5), timedelta(days=366))


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("1 hour", Schedule(timedelta(hours=1))),
        ("30 minutes", Schedule(timedelta(minutes=30))),
        ("2 weeks", Schedule(timedelta(weeks=2))),
        ("1 day at 02:15", Schedule(timedelta(days=1), time(2, 15))),
        ("", None),
    ],
)
def test_what_can_be_written(text: str, schedule: Schedule | None) -> None:
    assert schedule_of(text) == schedule


@pytest.mark.parametrize(
    "text",
    [
        "daily",
        "1",
        "0 days",
        "1 minute",
        "400 days",
        "1 Day",
        " 1 day",
        "1 hour at 02:00",
        "1 day at 24:00",
        "1.5 days",
    ],
)
def test_everything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ConfigError, match=r'Write it as "30 minutes"'):
        schedule_of(text)


def test_a_time_of_day_is_waited_for() -> None:
    schedule = Schedule(timedelta(days=1), time(2, 15))
    assert schedule.first(NOON) == datetime(2026, 3, 30, 2, 15, tzinfo=UTC)
    assert schedule.first(datetime(2026, 3, 30, 2, 15, tzinfo=UTC)) == datetime(2026, 3, 30, 2, 15, tzinfo=UTC)


@given(SPANS, MOMENTS, MOMENTS)
def test_the_next_time_is_later_than_the_last_and_than_now_whatever_the_clock_did(
    every: timedelta, due: datetime, now: datetime
) -> None:
    following = Schedule(every).following(due, now)
    assert following > due
    assert following > now
    assert (following - due) % every == timedelta()
    assert following - max(due, now) <= every
