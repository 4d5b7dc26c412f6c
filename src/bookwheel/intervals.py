"""How often something is done by itself: "1 hour", "2 days", "1 day at 02:15". Times of day are UTC, which knows no
summer time: nothing happens twice or not at all because clocks were changed."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bookwheel.errors import ConfigError

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) (minute|hour|day|week)s?(?: at ([0-9]{2}):([0-9]{2}))?", re.ASCII)

SHORTEST = timedelta(minutes=5)
"""Oftener nothing is asked of a repository."""

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something is due every so often; with `at`, which whole days alone have, at that time of the day."""

    every: timedelta
    at: time | None = None

    def first(self, now: datetime) -> datetime:
        """When it is due for the first time: at once, or when the time of the day has come."""
        if self.at is None:
            return now
        today = now.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return today if today >= now else today + timedelta(days=1)

    def following(self, due: datetime, now: datetime) -> datetime:
        """When it is due after `due`: later than that, and later than now, however many times were missed.

        A clock that was set back makes nothing due again.
        """
        missed = max(0, (now - due) // self.every)
        return due + (missed + 1) * self.every


def schedule_of(text: str) -> Schedule | None:
    """A schedule as it is written in the settings; None for "", which is by hand. Raises ConfigError.

    >>> schedule_of("1 day at 02:15")
    Schedule(every=datetime.timedelta(days=1), at=datetime.time(2, 15))
    """
    if not text:
        return None
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise _mistake(text, "is no interval")
    count, unit, hours, minutes = written.groups()
    every = int(count) * _UNITS[unit]
    if not SHORTEST <= every <= LONGEST:
        raise _mistake(text, "is not between 5 minutes and a year")
    if hours is None:
        return Schedule(every)
    if unit not in ("day", "week"):
        raise _mistake(text, "has a time of day, which days and weeks alone can have")
    if int(hours) > 23 or int(minutes) > 59:
        raise _mistake(text, "has a time no clock shows")
    return Schedule(every, time(int(hours), int(minutes)))


def _mistake(text: str, what: str) -> ConfigError:
    return ConfigError(
        f'every={text!r} {what}. Write it as "30 minutes", "1 hour", "1 week" or "1 day at 02:15" (UTC).'
    )
