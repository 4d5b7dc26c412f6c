"""A repository's records under a simulated clock: what is listed when, in which order, with which datestamps."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from xml.sax.saxutils import escape

from bookwheel.sources import Clock

Order = Literal["newest", "oldest", "random"]
NO_TIME = timedelta()
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


class SimulatedClock(Clock):
    """A clock that moves when it is told to; sleeping moves it at once and is noted in `slept` (seconds)."""

    def __init__(self, start: datetime = datetime(2025, 1, 1, tzinfo=UTC)) -> None:
        self.start = start
        self.moment = start
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return (self.moment - self.start).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds=seconds)

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        self.moment += timedelta(days=days, hours=hours, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a feed; `listed_from` is when an index lag is over, `metadata` the element within <metadata>."""

    identifier: str
    datestamp: datetime
    metadata: bytes
    deleted: bool = False
    sets: tuple[str, ...] = ()
    listed_from: datetime = LONG_AGO


@dataclass
class Feed:
    """The records of a repository.

    `embargo` hides datestamps younger than it, as DOAJ's free feed does with 30 days; `lag` keeps every
    change hidden for that long after it happened; `skew` is how far the server's clock is ahead of ours.
    """

    clock: SimulatedClock = field(default_factory=SimulatedClock)
    order: Order = "newest"
    embargo: timedelta = NO_TIME
    lag: timedelta = NO_TIME
    skew: timedelta = NO_TIME
    items: dict[str, Item] = field(default_factory=dict)
    _sorted: list[Item] | None = None

    def now(self) -> datetime:
        """The server's time."""
        return (self.clock.now() + self.skew).replace(microsecond=0)

    def put(
        self,
        identifier: str,
        *,
        title: str = "A title",
        metadata: bytes | None = None,
        datestamp: datetime | None = None,
        sets: Iterable[str] = (),
    ) -> Item:
        """Add or change a record; its datestamp is the server's time unless told otherwise (backdated, future)."""
        content = article(title) if metadata is None else metadata
        return self._keep(Item(identifier, datestamp or self.now(), content, False, tuple(sets)))

    def delete(self, identifier: str, *, datestamp: datetime | None = None) -> Item:
        """Leave a deleted header behind."""
        return self._keep(Item(identifier, datestamp or self.now(), b"", True, self.items[identifier].sets))

    def vanish(self, identifier: str) -> None:
        """Take a record away without a trace, as repositories without deletion tracking do."""
        del self.items[identifier]
        self._sorted = None

    def listed(
        self,
        from_: datetime | None = None,
        until: datetime | None = None,
        set_: str = "",
        *,
        premium: bool = False,
    ) -> list[Item]:
        """What a list asked for now holds, in the feed's order; bounds are inclusive, `premium` lifts the embargo."""
        now = self.now()
        if self.embargo and not premium:
            until = min(until or now, now - self.embargo)
        items = self._by_datestamp()
        first = bisect_left(items, from_, key=lambda item: item.datestamp) if from_ else 0
        last = bisect_right(items, until, key=lambda item: item.datestamp) if until else len(items)
        found = [
            item
            for item in items[first:last]
            if item.listed_from <= now and (not set_ or any(_within(name, set_) for name in item.sets))
        ]
        if self.order == "newest":
            found.reverse()
        elif self.order == "random":
            found.sort(key=lambda item: hashlib.sha256(item.identifier.encode()).digest())
        return found

    def _keep(self, item: Item) -> Item:
        item = Item(item.identifier, item.datestamp, item.metadata, item.deleted, item.sets, self.now() + self.lag)
        self.items[item.identifier] = item
        self._sorted = None
        return item

    def _by_datestamp(self) -> list[Item]:
        if self._sorted is None:
            self._sorted = sorted(self.items.values(), key=lambda item: (item.datestamp, item.identifier))
        return self._sorted


def article(title: str) -> bytes:
    """The smallest DOAJ article with a title, as the element within <metadata>."""
    return (
        '<oai_doaj:doajArticle xmlns:oai_doaj="http://doaj.org/features/oai_doaj/1.0/">'
        f"<oai_doaj:title>{escape(title)}</oai_doaj:title>"
        "</oai_doaj:doajArticle>"
    ).encode()


def _within(set_: str, parent: str) -> bool:
    return set_ == parent or set_.startswith(parent + ":")
