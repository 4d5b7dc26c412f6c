"""Lists of facet values: names and order from the dictionary, counts from the index."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.compile import Compiler, restricted
from bookwheel.engines.tantivy.cost import admit
from bookwheel.engines.tantivy.dictionary import Value
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.errors import TooBroadError
from bookwheel.search.analysis import folded_words
from bookwheel.search.collation import sort_key
from bookwheel.search.deadline import passed
from bookwheel.search.engine import Stretch
from bookwheel.search.query import Query
from bookwheel.search.results import FacetValue

MAX_SIZE = 1_000
"""Values one call lists."""

_CANDIDATES = 1_000
"""Values with the words asked for that are listed; of more, those indexed first."""

_SUGGESTED = 300
"""Values with a word of the prefix that are compared; of more, those indexed first, which frequent ones mostly are."""

_FEW = 2_000
"""Matches up to which the values of a search are gathered from the matches; above, values are looked up one by one."""

_LONGEST_BATCH = 2_000
"""Values whose counts are looked up before more are fetched."""


def suggest(snapshot: Snapshot, field: str, prefix: str, limit: int) -> tuple[str, ...]:
    """Values with a word that begins so, most frequent first, ties by value; those that are counted in time."""
    if field not in schema.FACET_COLUMNS:
        return ()
    limit = max(0, min(limit, MAX_SIZE))
    counted: list[FacetValue] = []
    with suppress(TooBroadError):
        candidates = snapshot.dictionary.with_word(field, prefix, _SUGGESTED)
        # The engine's own frequencies count deleted records until a merge: good enough to choose whom to count.
        column = schema.facet_column(field)
        candidates.sort(key=lambda value: (-snapshot.searcher.doc_freq(column, value.id), value.value))
        for value in _counted(snapshot, field, candidates[: 2 * limit], None):
            counted.append(value)
    counted.sort(key=lambda value: (-value.count, value.value))
    return tuple(value.value for value in counted[:limit])


def browse(
    snapshot: Snapshot, field: str, stretch: Stretch, within: Query | None, containing: str
) -> tuple[FacetValue, ...]:
    """Values of a stretch, in alphabetical order, with counts; those no record of the search bears are left out.

    Raises TooBroadError when the deadline passes before they are found.
    """
    if field not in schema.FACET_COLUMNS:
        return ()
    size = max(0, min(stretch.size, MAX_SIZE))
    question = None if within is None else _question(snapshot, field, within)
    found: Iterator[FacetValue]
    if question is not None and snapshot.total(question) <= _FEW:
        counts = _gathered(snapshot, field, question)
        values = snapshot.dictionary.places(field, counts)
        if containing:
            values = [value for value in values if _has_word(value.value, containing)]
        found = (FacetValue(value.value, counts[value.id]) for value in _stretched(values, stretch))
    elif containing:
        candidates = snapshot.dictionary.with_word(field, containing, _CANDIDATES)
        found = _counted(snapshot, field, _stretched(candidates, stretch), question)
    else:
        walk = _backwards if stretch.before else _forwards
        found = _counted(snapshot, field, walk(snapshot, field, stretch), question)
    listed = list(islice(found, size))
    return tuple(reversed(listed) if stretch.before else listed)


def _question(snapshot: Snapshot, field: str, query: Query) -> tantivy.Query | None:
    """What restricts the counts: the search without the field's own alternatives, as facets are counted."""
    others = tuple(each for each in query.filters if each.field != field or each.mode != "any")
    query = replace(query, filters=others)
    admit(snapshot, query, 2)
    compiler = Compiler(snapshot)
    question = restricted(compiler.question(query), compiler.restrictions(query.filters, query.years))
    return tantivy.Query.const_score_query(question, 0.0)


def _forwards(snapshot: Snapshot, field: str, stretch: Stretch) -> Iterator[Value]:
    names, size = snapshot.dictionary, stretch.size + 1
    batch = (
        names.ordered_after(field, stretch.after, size) if stretch.after else names.ordered(field, stretch.start, size)
    )
    while batch:
        yield from batch
        size = min(4 * size, _LONGEST_BATCH)
        batch = names.ordered_after(field, batch[-1].value, size)


def _backwards(snapshot: Snapshot, field: str, stretch: Stretch) -> Iterator[Value]:
    size = stretch.size + 1
    last = stretch.before
    while batch := snapshot.dictionary.ordered_before(field, last, size):
        yield from batch
        last = batch[-1].value
        size = min(4 * size, _LONGEST_BATCH)


def _counted(
    snapshot: Snapshot, field: str, values: Iterable[Value], question: tantivy.Query | None
) -> Iterator[FacetValue]:
    column = schema.facet_column(field)
    for value in values:
        if passed():
            raise TooBroadError("The values of so many records could not be looked up in time. Narrow the search.")
        query = tantivy.Query.term_query(schema.SCHEMA, column, value.id)
        if question is not None:
            query = restricted(query, [(Occur.Must, question)])
        if count := snapshot.total(query):
            yield FacetValue(value.value, count)


def _gathered(snapshot: Snapshot, field: str, question: tantivy.Query) -> dict[int, int]:
    """The number of every value the few matches bear -> its count."""
    column = schema.facet_column(field)
    most = 100 * _FEW
    terms = {"values": {"terms": {"field": column, "size": most, "segment_size": most}}}
    buckets = snapshot.searcher.aggregate(question, terms)["values"]["buckets"]
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def _has_word(value: str, beginning: str) -> bool:
    """Whether a value has all the words, the last of them as the beginning of one; as `Dictionary.with_word` looks."""
    *whole, last = folded_words(beginning) or [""]
    if not last:
        return not beginning
    words = folded_words(value)
    return set(whole) <= set(words) and any(word.startswith(last) for word in words)


def _stretched(values: Iterable[Value], stretch: Stretch) -> list[Value]:
    """The values of a stretch out of an unordered list of all, the nearest to where it begins or ends first."""
    if stretch.before:
        end = (sort_key(stretch.before), stretch.before)
        return sorted((value for value in values if value[:2] < end), reverse=True)
    if stretch.after:
        start = (sort_key(stretch.after), stretch.after)
        return sorted(value for value in values if value[:2] > start)
    first = sort_key(stretch.start) if stretch.start else ""
    return sorted(value for value in values if value.sort_key >= first)
