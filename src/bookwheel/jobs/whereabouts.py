"""Where is this record? Followed from its source to the readers: known, deleted, rejected, waiting, found."""

from collections.abc import Iterator
from dataclasses import dataclass

from bookwheel.jobs.why import (
    QUARANTINED_LOOKED_AT,
    REMOVED_LOOKED_AT,
    by_identifier,
    pattern_of,
    record_of,
    searchable,
)
from bookwheel.search.analysis import title_key
from bookwheel.search.engine import Engine
from bookwheel.search.why import Wanted, read_wanted
from bookwheel.store import Store
from bookwheel.store.model import Quarantined, Run, StoredRecord

WAITING_LOOKED_AT = 5_000
"""Changes not yet indexed that are searched for a DOI or title."""

RUNS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """All that is known of a record somebody misses.

    `stored` is None for one the store does not have (an index may hold records of another system: `is_found`). `run`
    changed it last. `is_waiting` for the index; `is_found` by readers. `pieces` in quarantine name it. `harvest` is the
    last run of its source that fetched anything, when the source is known.
    """

    record_id: str
    stored: StoredRecord | None
    run: Run | None
    is_waiting: bool
    is_found: bool
    pieces: tuple[Quarantined, ...]
    harvest: Run | None


def whereabouts(engine: Engine, store: Store, text: str) -> Whereabouts:
    """Follow a record by its id, its source's identifier, a DOI or another identifier, or its whole title.

    Raises TooBroadError where a title takes longer to look up than there is time.
    """
    text = text.strip()
    wanted = next(iter(read_wanted(text)), Wanted(text))
    record_id = _known(engine, store, text, wanted)
    stored = store.record(record_id) if record_id else None
    pieces = tuple(_pieces(store, text, wanted))
    source = stored.source if stored else pieces[0].source if pieces else ""
    return Whereabouts(
        record_id,
        stored,
        store.last_run(record_id) if stored else None,
        stored is not None and stored.change > engine.watermark(),
        bool(record_id) and record_id in engine.get([record_id]),
        pieces,
        _last_harvest(store, source),
    )


def _known(engine: Engine, store: Store, text: str, wanted: Wanted) -> str:
    """The record's id; "" when neither store nor index knows it."""
    if not text:
        return ""
    if store.record(text):
        return text
    for source in store.counts():
        if known := store.known_headers(source.source, [text]).get(text):
            return known.id
    if found := record_of(engine, wanted):
        return found
    waiting = by_identifier(store.changes(engine.watermark(), WAITING_LOOKED_AT))
    removed = by_identifier(store.removed(REMOVED_LOOKED_AT))
    keys = [each.value.lower() for each in wanted.identifiers] or [title_key(wanted.title)]
    for key in filter(None, keys):
        if stored := waiting.get(key) or removed.get(key):
            return stored.id
    return ""


def _pieces(store: Store, text: str, wanted: Wanted) -> Iterator[Quarantined]:
    """Pieces in quarantine that bear the identifier, or name it."""
    if not text:
        return
    patterns = [pattern_of(each) for each in wanted.identifiers]
    for piece in store.quarantined(limit=QUARANTINED_LOOKED_AT):
        if piece.identifier == text or any(pattern.search(searchable(piece)) for pattern in patterns):
            yield piece


def _last_harvest(store: Store, source: str) -> Run | None:
    if not source:
        return None
    fetching = ("harvest", "import", "reconcile")
    return next((run for run in store.runs(RUNS_LOOKED_AT, source) if run.kind in fetching), None)
