"""Lists of facet values: names and order from the dictionary, counts from the index."""

from collections.abc import Iterable

import tantivy

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.dictionary import Value
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.search.results import FacetValue

MAX_SIZE = 1_000
"""Values one call lists."""

_CANDIDATES = 1_000
"""Values with a word of the prefix that are compared; of more, those indexed first, which frequent ones mostly are."""


def suggest(snapshot: Snapshot, field: str, prefix: str, limit: int) -> tuple[str, ...]:
    """Values with a word that begins so, most frequent first, ties by value."""
    if field not in schema.FACET_COLUMNS:
        return ()
    limit = max(0, min(limit, MAX_SIZE))
    candidates = snapshot.dictionary.with_word(field, prefix, _CANDIDATES)
    # The engine's own frequencies count deleted records until a merge: good enough to choose whom to count.
    column = schema.facet_column(field)
    candidates.sort(key=lambda value: (-snapshot.searcher.doc_freq(column, value.id), value.value))
    counted = sorted(_counted(snapshot, field, candidates[: 2 * limit]), key=lambda value: (-value.count, value.value))
    return tuple(value.value for value in counted[:limit])


def browse(snapshot: Snapshot, field: str, start: str, size: int) -> tuple[FacetValue, ...]:
    """Values in alphabetical order from `start` on, with counts; those no record bears any more are left out."""
    if field not in schema.FACET_COLUMNS:
        return ()
    size = max(0, min(size, MAX_SIZE))
    found: list[FacetValue] = []
    batch = snapshot.dictionary.ordered(field, start, size + 1)
    while batch and len(found) < size:
        found += _counted(snapshot, field, batch)
        batch = snapshot.dictionary.ordered_after(field, batch[-1].value, size + 1)
    return tuple(found[:size])


def _counted(snapshot: Snapshot, field: str, values: Iterable[Value]) -> Iterable[FacetValue]:
    for value in values:
        query = tantivy.Query.term_query(schema.SCHEMA, schema.facet_column(field), value.id)
        if count := snapshot.total(query):
            yield FacetValue(value.value, count)
