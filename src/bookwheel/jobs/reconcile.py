"""Compares a source's own list of identifiers with the store: fetches what it lacks, deletes what vanished.

Harvesting follows datestamps; records that are set back in time, or taken away without a word, are seen here
alone (reliability N3). A record must be missed by two complete walks, a month apart, before it is deleted;
when more than a twentieth are missing nothing is deleted until the operator says so: a broken list looks like
a great loss.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from bookwheel.errors import EndlessListError, ResumptionError
from bookwheel.jobs.harvest import RESTARTS, closed_on_failure
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.sources.base import Header, HeaderPage, Lister, Source, Start
from bookwheel.sources.oai import utc
from bookwheel.store import Store
from bookwheel.store.model import KnownHeader, ListKey, ListState, Received, Run

WALKS = 2
"""Complete walks in a row that must miss a record before it is deleted."""

MAX_VANISHED = 0.05
"""Share of a source's live records that may vanish at once without the operator's consent."""

GRACE = timedelta(days=31)
"""How long it must have been missed: DOAJ's free feed hides a record for 30 days after each change
(reliability 0.1).
"""

WINDOW_GAP = timedelta(hours=1)
"""Missing records whose datestamps lie no further apart are asked for with one list."""

BATCH = 200


class ListingSource(Source, Lister, Protocol):
    """A source whose headers can be listed."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a comparison found.

    `listed` headers were met; `differing` of them were unknown, or known otherwise, and were asked for;
    `vanished` live records were not met this time; `deleted` of these had been missed long enough and are now
    deleted.
    """

    run: Run
    listed: int
    differing: int
    vanished: int
    deleted: int


def reconcile(
    source: ListingSource,
    store: Store,
    *,
    sets: Iterable[str] = (),
    id_prefix: str = "",
    accept_loss: bool = False,
    progress: Progress = SILENT,
) -> Reconciled:
    """Walk over the source's identifiers, fetch what differs, and delete what has vanished.

    A walk that was cut short goes on where it was. `accept_loss` deletes however many have vanished. Raises
    as `harvest` does; a list that repeats itself, or holds a header nobody can read, proves nothing gone and
    leaves the run incomplete.
    """
    taking = Taking(store, store.start_run(source.name, "reconcile"), id_prefix)
    walk = _Walk(source, taking, progress)
    vanished = deleted = 0
    with closed_on_failure(taking):
        walk.begin()
        ends = [walk.to_the_end(set_) for set_ in tuple(sets) or ("",)]
        if complete := all(ends):
            vanished = store.count_missed(source.name)
            deleted = _delete_vanished(taking, source, vanished, accept_loss)
            walk.end()
        else:
            taking.note("the walk over the identifiers is not complete: nothing is taken for vanished")
    run = taking.finish("complete" if complete else "incomplete")
    return Reconciled(run, walk.listed, walk.differing, vanished, deleted)


class _Walk:
    """One walk over all identifiers, and the lists it asks for on the way."""

    def __init__(self, source: ListingSource, taking: Taking, progress: Progress) -> None:
        self.source, self.taking, self.progress = source, taking, progress
        self.listed = self.differing = self.unread = 0
        self._store = taking.store
        self._whole = ListKey(source.name, "walk", prefix=source.format)
        self._fetched: list[_Window] = []

    def begin(self) -> None:
        if not self._store.list_state(self._whole).begun:
            self._store.begin_walk(self.taking.run, self._whole, ListState(begun=True))

    def end(self) -> None:
        self._store.save_list_state(self.taking.run, self._whole, ListState())

    def to_the_end(self, set_: str) -> bool:
        """Whether every header of the list was met and could be read."""
        key = ListKey(self.source.name, "ListIdentifiers", set_, self.source.format)
        checkpoint = self._store.list_state(key).checkpoint
        for _ in range(1 + RESTARTS):
            try:
                for page in self.source.headers(Start(set_, checkpoint=checkpoint)):
                    checkpoint = page.checkpoint
                    self._compare(page, key)
                return not self.unread
            except ResumptionError as error:
                self.taking.note(f"identifiers: begun again: {error}")
                checkpoint = ""
            except EndlessListError as error:
                self.taking.note(f"identifiers: {error}")
                break
        self._store.save_list_state(self.taking.run, key, ListState())
        return False

    def _compare(self, page: HeaderPage, key: ListKey) -> None:
        known = self._store.known_headers(key.source, [header.identifier for header in page.headers])
        differing = [header for header in page.headers if _differs(header, known.get(header.identifier))]
        for window in _windows(differing):
            self._fetch(window, key.set)
        self._note_missing(differing)
        self.listed += len(page.headers)
        self.differing += len(differing)
        self.unread += page.rejected
        if page.rejected:
            self.taking.note(f"identifiers: {page.rejected} headers could not be read")
        # A walk with a header nobody could read is no proof: it must not be finished by a later run from
        # here.
        state = ListState(begun=True, checkpoint="" if self.unread else page.checkpoint)
        self._store.cross_off(self.taking.run, [header.identifier for header in page.headers], key, state)
        self.taking.note(*page.notes)
        if page.list_size is not None:
            self.progress.total(page.list_size)
        self.progress.advance(len(page.headers))

    def _fetch(self, window: "_Window", set_: str) -> None:
        if any(done.first <= window.first and window.last <= done.last for done in self._fetched):
            return
        checkpoint = ""
        for _ in range(1 + RESTARTS):
            try:
                for page in self.source.pages(Start(set_, window.first, window.last, checkpoint)):
                    checkpoint = page.checkpoint
                    self.taking.take(page)
                break
            except ResumptionError:
                checkpoint = ""
            except EndlessListError as error:
                self.taking.note(f"records from {window.first} to {window.last}: {error}")
                break
        self._fetched.append(window)

    def _note_missing(self, wanted: list[Header]) -> None:
        known = self._store.known_headers(self.source.name, [header.identifier for header in wanted])
        missing = [header.identifier for header in wanted if not header.deleted and header.identifier not in known]
        if missing:
            self.taking.note(
                f"{len(missing)} listed records could not be had, first {missing[0]!r}: see the quarantine"
            )


class _Window(NamedTuple):
    """Datestamps to ask for, both inclusive, as the source writes them."""

    first: str
    last: str


def _differs(header: Header, known: KnownHeader | None) -> bool:
    if known is None:
        return not header.deleted
    return known.deleted != header.deleted or known.datestamp != header.datestamp


def _windows(headers: Iterable[Header]) -> list[_Window]:
    """The datestamps as few spans, neighbours joined; headers without a usable one are left out."""
    windows: list[_Window] = []
    end: datetime | None = None
    for moment, text in sorted(
        (datetime.fromisoformat(utc(h.datestamp)), h.datestamp) for h in headers if utc(h.datestamp)
    ):
        if end is not None and moment - end <= WINDOW_GAP:
            windows[-1] = _Window(windows[-1].first, text)
        else:
            windows.append(_Window(text, text))
        end = moment
    return windows


def _delete_vanished(taking: Taking, source: Source, vanished: int, accept_loss: bool) -> int:
    """Delete what has been missed long enough, unless too much vanished at once; how many were deleted."""
    store = taking.store
    live = store.live_count(source.name)
    if vanished > MAX_VANISHED * live and not accept_loss:
        taking.note(
            f"alarm: {vanished} of {live} live records are no longer listed; nothing was deleted. "
            "If the source really dropped them, reconcile again and accept the loss."
        )
        return 0
    deleted = 0
    while gone := store.missed(source.name, WALKS, GRACE, BATCH):
        deletions = [
            RawRecord(source.name, one.identifier, one.datestamp, source.format, b"", deleted=True) for one in gone
        ]
        received = [Received(one.id, raw, Reading(None)) for one, raw in zip(gone, deletions, strict=True)]
        deleted += store.save_page(taking.run, received).deleted
    return deleted
