"""Facet counts, exact: the engine counts value numbers, and where it is not sure, each value shown is counted again.

The engine counts segment by segment and keeps the best `segment_size` values of each; with that many it is nearly
always exact, and says so when it may not be (engine.md 4.5; docs/decisions/0003-embedded-engine.md).
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import tantivy

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.compile import Compiler, restricted
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.errors import TooBroadError
from bookwheel.search.deadline import LATE_FACETS, left
from bookwheel.search.notes import remark
from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.results import Facet, FacetValue

MAX_LIMIT = 10_000
"""Values of one facet; pages ask for at most a hundred (reliability S7), a histogram of years for all."""

_SEGMENT_SIZE = 20_000
"""Values kept of each segment: 0 of 5,580 counts wrong at 7 segments; 65,000 costs four times as much."""

_MANY = 50_000
_SEGMENT_SIZE_OF_MANY = 5_000
"""Above `_MANY` matches: half the time; what is shown is counted again, and stands far above what is dropped."""

_TIES = 1_000
"""Values fetched beyond those shown, so that ties at the edge stand by value; for up to `_FEW` matches."""

_FEW = 2_000
"""Matches up to which ties at the edge are put in order: above, fetching them costs more than it is worth."""

_MARGIN = 1.3
"""How much longer than foretold the counting may take."""

_VALUES = 60e-9
"""Seconds for the values of one field of one match."""

_SPARE = 10
"""Values counted again beyond those shown, since a corrected count may move them up."""


def count_facets(
    compiler: Compiler, query: Query, question: tantivy.Query, total: int, seconds: float
) -> Mapping[str, Facet]:
    """The facets a query asks for. A field with `any` filters is counted as if those were not there.

    `seconds` is what one pass over the matches takes. Facets for which there is no time are left out, with a note.
    """
    snapshot = compiler.snapshot
    found: dict[str, Facet] = {}
    together: list[FacetRequest] = []
    late = False
    for request in query.facets:
        key = _key(query, request)
        if request.field not in (schema.YEAR, *schema.FACET_COLUMNS):
            compiler.notes.append(remark("no-facet", "%(field)s has no facet.", field=request.field))
        elif key in snapshot.facets:
            found[request.field] = snapshot.facets[key]
        elif any(each.field == request.field and each.mode == "any" for each in query.filters):
            others = tuple(each for each in query.filters if each.field != request.field or each.mode != "any")
            # Without the filter there are more matches, nobody knows how many.
            if left() > 2 * _duration(snapshot.count, 1) + 4 * seconds:
                wider = restricted(question, compiler.restrictions(others, query.years))
                found |= _counted(snapshot, wider, [request], snapshot.total(wider), seconds)
                late = late or request.field not in found
            else:
                late = True
        else:
            together.append(request)
    if together and left() <= _MARGIN * (seconds + _duration(total, len(together))):
        late = True
    elif together:
        narrowed = restricted(question, compiler.restrictions(query.filters, query.years))
        found |= _counted(snapshot, narrowed, together, total, seconds)
        late = late or any(request.field not in found for request in together)
    for request in query.facets:
        if request.field in found:
            snapshot.facets[_key(query, request)] = found[request.field]
    if late:
        compiler.notes.append(LATE_FACETS)
    return {request.field: found[request.field] for request in query.facets if request.field in found}


def _duration(matches: int, fields: int) -> float:
    """Seconds it takes to count the values of so many fields among so many matches, at most."""
    return 0.03 + matches * fields * _VALUES


def _key(query: Query, request: FacetRequest) -> object:
    """What a facet's counts depend on; a snapshot never changes."""
    return (query.tree, query.search_type, frozenset(query.filters), query.years, request)


def _counted(
    snapshot: Snapshot, question: tantivy.Query, requests: Sequence[FacetRequest], total: int, seconds: float
) -> dict[str, Facet]:
    """The facets by field, as far as there is time."""
    spare = _TIES if total <= _FEW else _SPARE
    terms = {
        request.field: {
            "terms": {
                "field": schema.facet_column(request.field),
                "size": _limit(request) + spare,
                "segment_size": _SEGMENT_SIZE if total <= _MANY else _SEGMENT_SIZE_OF_MANY,
            }
        }
        for request in requests
    }
    counted: dict[str, Any] = snapshot.searcher.aggregate(question, terms)
    found: dict[str, Facet] = {}
    for request in requests:
        # A facet whose values could not be named in time is left out; those before it stand.
        with suppress(TooBroadError):
            found[request.field] = _facet(snapshot, question, request, counted[request.field], seconds)
    return found


def _facet(
    snapshot: Snapshot, question: tantivy.Query, request: FacetRequest, counted: dict[str, Any], seconds: float
) -> Facet:
    limit = _limit(request)
    counts = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in counted["buckets"]}
    if counted.get("doc_count_error_upper_bound"):
        column = schema.facet_column(request.field)
        for number in list(counts)[: limit + _SPARE]:
            if left() <= 2 * seconds:
                break  # The engine's own counts are off by little, and better than none.
            one = tantivy.Query.term_query(schema.SCHEMA, column, number)
            counts[number] = snapshot.total(restricted(question, [(tantivy.Occur.Must, one)]))
    # Only values that may be shown need their names: those above the edge, and those level with it.
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if len(ranked) > limit:
        edge = ranked[limit - 1][1] if limit else ranked[0][1] + 1
        ranked = [item for item in ranked if item[1] >= edge]
    names = _names(snapshot, request.field, [number for number, _ in ranked])
    values = sorted(
        (FacetValue(names[number], count) for number, count in ranked), key=lambda value: (-value.count, value.value)
    )
    has_more = len(counts) > limit or bool(counted.get("sum_other_doc_count"))
    return Facet(request.field, tuple(values[:limit]), has_more)


def _limit(request: FacetRequest) -> int:
    return max(0, min(request.limit, MAX_LIMIT))


def _names(snapshot: Snapshot, field: str, numbers: list[int]) -> dict[int, str]:
    if field == schema.YEAR:
        return {number: str(number) for number in numbers}
    return snapshot.dictionary.values(field, numbers)
