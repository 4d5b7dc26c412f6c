"""What a source promises: pages of records in order, each with the place to go on from."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from bookwheel.records.raw import Page


@dataclass(frozen=True, slots=True)
class Start:
    """Where a list begins.

    `checkpoint` is the one of the last page kept: the list goes on behind it and the other fields, which the
    first request carried, are not sent again. Otherwise `from_` and `until` bound the datestamps, both
    inclusive, ISO 8601 UTC ("2025-08-20" or "2025-08-20T02:20:32Z"); a source brings them into the
    granularity its server understands, widening, never narrowing. Files know neither sets nor bounds and
    ignore them.
    """

    set: str = ""
    from_: str = ""
    until: str = ""
    checkpoint: str = ""


BEGINNING = Start()
"""The whole list."""


class Source(Protocol):
    """A place records come from. `name` and `format` together name its lists in the store."""

    name: str
    format: str

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        """The list page by page, behind `start.checkpoint` when there is one.

        The iterator ends normally only when the list is complete, and then the last page had an empty
        checkpoint; an empty list is one empty page. `Page.newest` is in UTC with seconds ("…T…Z") and never
        after the moment the server answered, so it may move the cursor as it is.

        Raises, pages given before being good in each case: ResumptionError when the checkpoint is no longer
        accepted (begin again without it), EndlessListError when the list repeats itself (the checkpoint leads
        in a circle: forget it), TransportError when no usable answer came after all tries (go on from the
        checkpoint later), ProtocolError and TooLargeError when going on will not help.
        """
        ...


@dataclass(frozen=True, slots=True)
class Header:
    """What a source tells of a record without the record itself."""

    identifier: str
    datestamp: str
    deleted: bool = False
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderPage:
    """One page of headers; `checkpoint`, `list_size` and `notes` as in Page.

    `rejected` counts headers that could not be read: while there are any, a record not listed is not proven
    gone.
    """

    headers: tuple[Header, ...]
    checkpoint: str = ""
    list_size: int | None = None
    rejected: int = 0
    notes: tuple[str, ...] = ()


@runtime_checkable
class Lister(Protocol):
    """A source that can list headers, so that a store can be reconciled with it."""

    def headers(self, start: Start = BEGINNING) -> Iterator[HeaderPage]:
        """The headers of the list, under the same promises and errors as Source.pages."""
        ...


class Clock:
    """The time and how to let it pass: given to a source, so that tests live through years in seconds."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
