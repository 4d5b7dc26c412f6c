"""What an alert on a search would have told lately: what is new, and what matches only since it changed.

Nothing was written down while it happened. What is new tells itself by the day it was first stored; whether a changed
record matched before is asked of the payload it had then.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bookwheel.search.query import Query
from bookwheel.store import Store
from bookwheel.store.model import Changed
from bookwheel.store.provision import Span

MOST_CHANGES = 20_000
"""Changes looked at, the latest ones."""

MOST_READ = 300
"""Changed records whose former payload is read; what is beyond them is left out."""


@dataclass(frozen=True, slots=True)
class Day:
    """Ids of records that became known, or began to match, on a day (ISO 8601, UTC)."""

    day: str
    new: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """Days on which there was something, the latest first. `is_cut`: there were more changes than are looked at."""

    days: tuple[Day, ...]
    is_cut: bool

    @property
    def total(self) -> int:
        return sum(len(day.new) + len(day.changed) for day in self.days)


Now = Callable[[Query, Iterable[str]], frozenset[str]]
Then = Callable[[Query, Iterable[str], datetime], frozenset[str]]


def recently(store: Store, matching: Now, matched: Then, query: Query, since: datetime) -> Recent:
    """What the query finds now and did not find at the moment `since`: `matching` and `matched` answer for a time."""
    begun = f"{since:%Y-%m-%dT%H:%M:%SZ}"
    before = max(0, store.latest_change() - MOST_CHANGES)
    listed = [row for row in store.changed(before, MOST_CHANGES) if row.last_indexed >= begun]
    is_cut = before > 0 and store.count_headers(Span(since=begun)) > len(listed)
    live = [row for row in listed if not row.deleted]
    found = matching(query, [row.id for row in live])
    new = [row for row in live if row.id in found and row.first_indexed >= begun]
    older = [row for row in live if row.id in found and row.first_indexed < begun]
    read = older[-MOST_READ:]
    known = matched(query, [row.id for row in read], since)
    changed = [row for row in read if row.id not in known]
    return Recent(_by_day(new, changed), is_cut or len(read) < len(older))


def _by_day(new: Sequence[Changed], changed: Sequence[Changed]) -> tuple[Day, ...]:
    days: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for row in new:
        days[row.first_indexed[:10]][0].append(row.id)
    for row in changed:
        days[row.last_indexed[:10]][1].append(row.id)
    return tuple(Day(day, tuple(days[day][0]), tuple(days[day][1])) for day in sorted(days, reverse=True))
