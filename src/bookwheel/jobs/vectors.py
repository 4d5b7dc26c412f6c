"""Brings the vectors up to the store, as `index` does the index: what changed since their watermark, in that order.

Slow, and made to be stopped: 100 to 200 records a second and core. A text that is still the one its vector was made
from is not read again, whatever else changed in its record.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bookwheel.errors import BookwheelError
from bookwheel.jobs.progress import Progress
from bookwheel.records.raw import Problem
from bookwheel.semantic import files
from bookwheel.semantic.encoder import Encoder, load
from bookwheel.semantic.texts import digest, text_of
from bookwheel.semantic.vectors import Row, Vectors
from bookwheel.store import Store
from bookwheel.store.model import StoredRecord

BATCH = 500
"""Records between two commits: a killed run repeats a few seconds of work."""


@dataclass(frozen=True, slots=True)
class VectorStatus:
    """How the vectors stand. `waiting` counts changes of the store they lack; `bytes` is the file on disk."""

    vectors: int
    waiting: int
    bytes: int


@dataclass(frozen=True, slots=True)
class VectorReport:
    """What a run did: vectors made, left as they were, and taken out. `seconds` are wall time."""

    made: int
    kept: int
    deleted: int
    seconds: float
    status: VectorStatus


def build_vectors(store: Store, vectors: Vectors, encoder: Encoder, progress: Progress) -> VectorReport:
    """Make the vectors that are missing or stale, take out those of deleted records.

    Those of another model, or of a store that was put back, are thrown away first. Raises StoreError and EngineError;
    what was committed before stays.
    """
    started = time.monotonic()
    if vectors.model() != encoder.name or vectors.watermark() > store.latest_change():
        vectors.begin(encoder.name)
    behind = vectors.watermark()
    progress.total(store.count_changes(behind))
    made = kept = deleted = 0
    while batch := store.changes(behind, BATCH):
        behind = batch[-1].change
        rows, gone, unchanged = _work_out(batch, vectors, encoder)
        vectors.save(rows, gone, behind)
        made, kept, deleted = made + len(rows), kept + unchanged, deleted + len(gone)
        progress.advance(len(batch))
    return VectorReport(made, kept, deleted, time.monotonic() - started, vector_status(store, vectors))


def vector_status(store: Store, vectors: Vectors) -> VectorStatus:
    return VectorStatus(vectors.count(), store.count_changes(vectors.watermark()), vectors.size())


def check_vectors(store: Store, folder: Path) -> Iterator[Problem]:
    """What keeps a catalogue from searching by meaning; `folder` holds the files."""
    try:
        encoder = load(folder)
        if not (folder / files.VECTORS).is_file():
            yield Problem("semantic", "there are no vectors yet, searches go by words alone: run 'bookwheel vectors'")
            return
        with closing(Vectors(folder / files.VECTORS)) as vectors:
            if vectors.model() != encoder.name:
                message = "the vectors are of another model, searches go by words alone: run 'bookwheel vectors'"
                yield Problem("semantic", message)
            elif waiting := vector_status(store, vectors).waiting:
                yield Problem("semantic", f"the vectors lack {waiting} changes of the store: run 'bookwheel vectors'")
    except BookwheelError as error:
        yield Problem("semantic", f"searches go by words alone: {error}")


def _work_out(batch: Sequence[StoredRecord], vectors: Vectors, encoder: Encoder) -> tuple[list[Row], list[str], int]:
    """The new vectors of a batch, the records that have none any more, and how many vectors are still right."""
    texts = {
        stored.id: text
        for stored in batch
        if not stored.deleted and stored.record is not None and (text := text_of(stored.record))
    }
    known = vectors.digests(stored.id for stored in batch)
    wanted = {record_id: digest(text) for record_id, text in texts.items()}
    stale = [record_id for record_id, current in wanted.items() if known.get(record_id) != current]
    made = encoder.encode([texts[record_id] for record_id in stale])
    rows = [Row(record_id, wanted[record_id], vector) for record_id, vector in zip(stale, made, strict=True)]
    return rows, [record_id for record_id in known if record_id not in texts], len(texts) - len(stale)
