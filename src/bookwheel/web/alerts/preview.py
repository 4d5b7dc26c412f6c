"""What an alert would have told in the last thirty days, as a value for the page of its search."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bookwheel.search.query import Query
from bookwheel.web.alerts.composing import Line, lines_of
from bookwheel.web.catalog import labels
from bookwheel.web.library import Catalogue

DAYS = 30
TITLES_A_DAY = 5
"""Titles shown of one day."""


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """`count` records, of which `changed` are older ones that began to match; `lines` are the first of them."""

    label: str
    count: int
    changed: int
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Preview:
    """`is_cut`: there were more changes in the catalogue than were looked at."""

    days: tuple[PreviewDay, ...]
    total: int
    is_cut: bool


def preview(catalogue: Catalogue, query: Query, now: datetime) -> Preview:
    found = catalogue.recently(query, now - timedelta(days=DAYS))
    shown = {day.day: (*day.new, *day.changed)[:TITLES_A_DAY] for day in found.days}
    documents = catalogue.documents([record_id for ids in shown.values() for record_id in ids])
    days = []
    for day in found.days:
        lines = tuple(lines_of(((one, documents[one]) for one in shown[day.day] if one in documents), absolute=False))
        count = len(day.new) + len(day.changed)
        label = labels.day(date.fromisoformat(day.day))
        days.append(PreviewDay(label, count, len(day.changed), lines, count - len(lines)))
    return Preview(tuple(days), found.total, found.is_cut)
