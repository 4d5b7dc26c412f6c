"""Reads kept payloads anew after a mapping changed; no network is needed, and readers see the old records meanwhile.

Only records that come out differently are written. Killed anywhere, the same command goes on from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from itertools import islice

from bookwheel import __version__
from bookwheel.formats.columns import Columns
from bookwheel.jobs.harvest import closed_on_failure
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking, read_safely, reader_of
from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.store import Store
from bookwheel.store.model import Counts, ListKey, ListState, Received, Run, StoredRecord

BATCH = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a record before and after, as values of the model."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a payload anew gives. `changes` is empty where nothing differs; `reading` may have failed."""

    id: str
    reading: Reading
    changes: tuple[Change, ...]


def remap(
    store: Store,
    source: str,
    *,
    as_format: str = "",
    id_prefix: str = "",
    columns: Columns | None = None,
    progress: Progress = SILENT,
) -> Run:
    """Read every payload of a source again, or those of one format, and keep what differs.

    A payload that can no longer be read leaves its record as it was, and is counted as rejected. Raises StoreError
    while another run writes this source.
    """
    taking = Taking(store, store.start_run(source, "remap"), id_prefix, columns)
    key = ListKey(source, "remap", as_format, _fingerprint(columns))
    with closed_on_failure(taking):
        checkpoint = store.list_state(key).checkpoint
        after, last = map(int, (checkpoint or f"0 {store.latest_change()}").split())
        progress.total(store.count_changes(after))
        while batch := [stored for stored in store.changes(after, BATCH) if stored.change <= last]:
            found = [pair for stored in batch if (pair := _read(store, stored, source, as_format, id_prefix, columns))]
            changed = [_received(stored, raw, reread) for stored, raw, reread in found if _is_worth(reread)]
            rejected = sum(reread.reading.record is None for _, _, reread in found)
            counts = Counts(len(found), len(changed), len(found) - len(changed) - rejected, 0, rejected)
            after = batch[-1].change
            store.save_again(taking.run, changed, counts, (key, ListState(begun=True, checkpoint=f"{after} {last}")))
            taking.counts += counts
            progress.advance(len(batch))
        store.save_list_state(taking.run, key, ListState())
    return taking.finish("complete")


def preview_remap(
    store: Store,
    source: str,
    *,
    as_format: str = "",
    id_prefix: str = "",
    columns: Columns | None = None,
    sample: int = 50,
) -> Iterator[Reread]:
    """The same for a sample spread over the source, and nothing is written. Each record that was looked at is given."""
    last = store.latest_change()
    step = max(last // (sample * 4), 1)
    found: Iterator[Reread] = (
        pair[2]
        for after in range(0, last, step)
        for stored in store.changes(after, 1)
        if after < stored.change <= after + step
        if (pair := _read(store, stored, source, as_format, id_prefix, columns))
    )
    return islice(found, sample)


def _read(
    store: Store, stored: StoredRecord, source: str, as_format: str, id_prefix: str, columns: Columns | None
) -> tuple[StoredRecord, RawRecord, Reread] | None:
    """None for records of other sources and formats, deleted ones, and those whose payload is not there."""
    if stored.source != source or stored.deleted or stored.record is None:
        return None
    raw = store.payload(stored.id)
    if raw is None or raw.deleted or (as_format and raw.format != as_format):
        return None
    reader, prefix = reader_of(raw, id_prefix, columns)
    reading = read_safely(reader, raw, prefix)
    if reading.record:
        # Ids are for ever, whatever a mapping makes of them.
        reading = replace(reading, record=replace(reading.record, id=stored.id))
    return stored, raw, Reread(stored.id, reading, _changes(stored.record, reading.record))


def _changes(before: Record, after: Record | None) -> tuple[Change, ...]:
    if after is None:
        return ()
    pairs = ((field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(Record))
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)


def _is_worth(reread: Reread) -> bool:
    return reread.reading.record is not None and bool(reread.changes)


def _received(stored: StoredRecord, raw: RawRecord, reread: Reread) -> Received:
    return Received(stored.id, raw, reread.reading)


def _fingerprint(columns: Columns | None) -> str:
    """Equal for the same mapping by the same Bookwheel: a run of another one begins anew."""
    return sha256(repr((__version__, columns)).encode()).hexdigest()[:16]
