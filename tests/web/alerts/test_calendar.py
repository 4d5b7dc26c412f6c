"""When digests are due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.web.alerts.calendar import HOUR, next_due

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("frequency", "after", "due"),
    [
        ("daily", "2026-11-30T04:59", "2026-11-30T05:00"),
        ("daily", "2026-11-30T05:00", "2026-12-01T05:00"),
        ("weekly", "2026-11-29T12:00", "2026-11-30T05:00"),
        ("weekly", "2026-11-30T05:00", "2026-12-07T05:00"),
        ("monthly", "2026-11-30T12:00", "2026-12-01T05:00"),
        ("monthly", "2026-12-01T05:00", "2027-01-01T05:00"),
    ],
)
def test_next_date(frequency: str, after: str, due: str) -> None:
    assert next_due(frequency, datetime.fromisoformat(after + "Z")) == datetime.fromisoformat(due + "Z")


@pytest.mark.parametrize("frequency", ["never", "harvest"])
def test_without_a_calendar_there_is_no_date(frequency: str) -> None:
    assert next_due(frequency, datetime(2026, 1, 1, tzinfo=UTC)) is None


@given(MOMENTS, st.sampled_from([("daily", 1), ("weekly", 7), ("monthly", 31)]))
def test_next_date_is_ahead_and_near(after: datetime, kind: tuple[str, int]) -> None:
    due = next_due(kind[0], after)
    assert due is not None
    assert after < due <= after + timedelta(days=kind[1])
    assert due.hour == HOUR
