"""When digests go out: at one hour of the day for everybody, so that all alerts of a reader meet in one mail."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

from bookwheel.web.alerts.models import Frequency

HOUR = 5
"""Of the day, in UTC: after the harvests of the night, before people read their mail."""


def next_due(frequency: str, after: datetime) -> datetime | None:
    """The first time behind a moment that an alert of this frequency is due; None for one without a calendar.

    >>> next_due("weekly", datetime(2026, 11, 30, 6, tzinfo=UTC))
    datetime.datetime(2026, 12, 7, 5, 0, tzinfo=datetime.timezone.utc)
    """
    if frequency not in _IS_DAY:
        return None
    day = after.astimezone(UTC).date()
    while True:
        due = datetime.combine(day, time(HOUR), UTC)
        if due > after and _IS_DAY[frequency](due):
            return due
        day += timedelta(days=1)


_IS_DAY: Mapping[str, Callable[[datetime], bool]] = MappingProxyType(
    {
        Frequency.DAILY.value: lambda due: True,
        Frequency.WEEKLY.value: lambda due: due.weekday() == 0,
        Frequency.MONTHLY.value: lambda due: due.day == 1,
    }
)
