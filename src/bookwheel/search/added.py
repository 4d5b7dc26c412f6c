"""When the catalogue first had a record: a moment to order by, and to ask for from and until.

The store keeps the moment for good, so a rebuilt index and a second harvest make nothing new. A filter asks for it
as VuFind does, by a range as its value: `first_indexed:"[2026-11-01T00:00:00Z TO *]"`, both ends included.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bookwheel.search.query import Filter

ADDED = "first_indexed"


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from `low` to `high` in seconds since 1970, both included; None is open."""

    low: int | None = None
    high: int | None = None

    def holds(self, seconds: int) -> bool:
        return (self.low is None or self.low <= seconds) and (self.high is None or seconds <= self.high)


def moment(text: str) -> datetime | None:
    """An ISO 8601 date or moment in UTC and whole seconds; None for what is none, or lies before 1970.

    >>> moment("2026-11-01T10:00:00.25+02:00")
    datetime.datetime(2026, 11, 1, 8, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        read = datetime.fromisoformat(text)
        aware = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return aware.replace(microsecond=0) if aware >= _FIRST else None


def seconds(text: str) -> int | None:
    """The moment as seconds since 1970."""
    found = moment(text)
    return int(found.timestamp()) if found else None


def span_of(value: str) -> Span | None:
    """The range a filter's value stands for; None for a value that is no range."""
    match = _RANGE.fullmatch(value)
    if match is None:
        return None
    bounds = [None if bound == "*" else seconds(bound) for bound in match.groups()]
    if any(bound is None and text != "*" for bound, text in zip(bounds, match.groups(), strict=True)):
        return None
    return Span(*bounds)


def span_text(span: Span) -> str:
    """The range as a filter's value, always written in one way, which Solr reads too."""
    low, high = ("*" if bound is None else f"{_utc(bound):%Y-%m-%dT%H:%M:%SZ}" for bound in (span.low, span.high))
    return f"[{low} TO {high}]"


def added_since(day: date) -> Filter:
    """Records that are new since that day, or that moment when one is given."""
    begun = day if isinstance(day, datetime) else datetime.combine(day, time(), UTC)
    return Filter(ADDED, span_text(Span(int(begun.timestamp()))))


_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_RANGE = re.compile(r"\[\s?(\S{1,40}) TO (\S{1,40}?)\s?\]")


def _utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
