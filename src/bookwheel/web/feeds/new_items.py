"""What is new in the catalogue, as a value: how much since when, and the latest works day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.utils.translation import ngettext

from bookwheel.search.added import ADDED, added_since, moment
from bookwheel.search.results import Hit
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import question, search_address
from bookwheel.web.catalog.hits import HitView, hit_view
from bookwheel.web.library import Catalogue

RANGES = (1, 5, 30, 90, 365)
"""Days: VuFind's three, and two for those who come by less often."""

LATEST = 20
_LONGEST = 36_500
"""Days back: a century is longer than any catalogue."""


@dataclass(frozen=True, slots=True)
class Range:
    """Works first seen in so many last days. `number` is `count` as the reader's language writes it."""

    label: str
    count: int
    number: str
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """Works of one day; `label` is empty for those of which nobody knows the day."""

    label: str
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class NewItemsPage:
    """`everything` is the address of all works, the latest first."""

    ranges: tuple[Range, ...]
    days: tuple[Day, ...]
    everything: str
    today: str


def new_items_page(catalogue: Catalogue, today: date) -> NewItemsPage:
    latest = catalogue.search(replace(question(sort="added"), size=LATEST))
    return NewItemsPage(
        ranges=tuple(_range(catalogue, today, days) for days in RANGES),
        days=tuple(_days(latest.hits)),
        everything=search_address(question(sort="added")),
        today=today.isoformat(),
    )


def since_address(day: date) -> str:
    """The works first seen since that day, the latest first."""
    return search_address(question(sort="added", filters=(added_since(day),)))


def asked_day(days: str, since: str, today: date) -> date | None:
    """The day that VuFind's `range` of days or our `since` asks to begin with; None when neither says one.

    Whole days, so that an address holds for as long: the last day is yesterday and what there is of today.

    >>> asked_day("5", "", date(2026, 11, 30))
    datetime.date(2026, 11, 25)
    """
    if days.isascii() and days.isdecimal() and len(days) < 6 and 0 < int(days) <= _LONGEST:
        return today - timedelta(days=int(days))
    asked = moment(since)
    return asked.date() if asked else None


def _range(catalogue: Catalogue, today: date, days: int) -> Range:
    since = today - timedelta(days=days)
    count = catalogue.search(replace(question(filters=(added_since(since),)), size=0)).total
    label = ngettext("%(num)s day", "%(num)s days", days) % {"num": labels.number(days)}
    return Range(label, count, labels.number(count), since_address(since))


def _days(hits: Sequence[Hit]) -> Iterator[Day]:
    for day, of_day in groupby(hits, key=_day):
        label = labels.day(datetime(day.year, day.month, day.day, tzinfo=UTC)) if day else ""
        yield Day(label, tuple(hit_view(hit) for hit in of_day))


def _day(hit: Hit) -> date | None:
    seen = moment(next(iter(hit.document.get(ADDED, ())), ""))
    return seen.date() if seen else None
