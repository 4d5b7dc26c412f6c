"""Brings the index up to the store: what changed since the index's watermark, in the order it changed.

The watermark is committed together with the documents, so a run killed anywhere goes on where the index really
stands, and an index that was lost, or stepped back after a power cut, is filled again by the next run
(reliability N4, N5). Adding replaces, so a replay is harmless.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bookwheel.jobs.progress import Progress
from bookwheel.search.document import to_document
from bookwheel.search.engine import Engine, Writer
from bookwheel.store import Store
from bookwheel.store.model import StoredRecord

READ_BATCH = 1_000
"""Records read from the store at once."""

COMMIT_EVERY = 20_000
"""Records between two commits of an update: a killed run repeats at most so many, and each commit makes a segment."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the records of a source stand in the catalogue: values of the index fields of these names."""

    institution: str
    collection: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did. `watermark` is the change number the index now reaches; `seconds` are wall time."""

    added: int
    deleted: int
    watermark: int
    rebuilt: bool
    seconds: float


def index(
    store: Store,
    engine: Engine,
    placement: Callable[[str], Placement],
    *,
    rebuild: bool = False,
    progress: Progress,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> IndexReport:
    """Index what the index lacks; with `rebuild`, fill a new generation from every record and swap it in.

    `placement` answers for a source's name. What changes during a rebuild is taken in right after the swap.
    Raises EngineError when the index cannot be written; what was committed before stays.
    """
    started = time.monotonic()
    count = _Indexing(placement, now, progress)
    behind = 0 if rebuild else engine.watermark()
    progress.total(store.count_changes(behind))
    if rebuild:
        reaches = store.latest_change()
        with engine.rebuild(reaches) as writer:
            for batch in _batches(store, 0, READ_BATCH):
                count.write(writer, batch)
        behind = reaches
    for batch in _batches(store, behind, COMMIT_EVERY):
        with engine.update(batch[-1].change) as writer:
            count.write(writer, batch)
    seconds = time.monotonic() - started
    return IndexReport(count.added, count.deleted, engine.watermark(), rebuild, seconds)


def _batches(store: Store, behind: int, size: int) -> Iterator[list[StoredRecord]]:
    """Lists of at most `size` records in the order they changed, read READ_BATCH at a time."""
    batch: list[StoredRecord] = []
    while found := store.changes(behind, min(READ_BATCH, size)):
        behind = found[-1].change
        batch += found
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


class _Indexing:
    """Writes records as documents, or takes them out, and counts both."""

    def __init__(self, placement: Callable[[str], Placement], now: Callable[[], datetime], progress: Progress):
        self.added = self.deleted = 0
        self._placement, self._now, self._progress = placement, now, progress

    def write(self, writer: Writer, records: Iterable[StoredRecord]) -> None:
        now = self._now()
        for stored in records:
            if stored.deleted or stored.record is None:
                writer.delete(stored.id)
                self.deleted += 1
            else:
                place = self._placement(stored.source)
                writer.add(
                    to_document(
                        stored.record,
                        institution=place.institution,
                        collection=place.collection,
                        indexed=now,
                        first_indexed=stored.first_indexed,
                        last_indexed=stored.last_indexed,
                    )
                )
                self.added += 1
            self._progress.advance(1)
