"""One page of hits in the order asked for, and the cursor behind it.

Every order is total: ties stand by rising id, so that no record is on two pages or on none.
"""

from collections.abc import Iterator
from itertools import groupby
from math import inf
from typing import NamedTuple

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.engines.tantivy.sorting import SORT_COLUMNS, is_key, unquoted
from bookwheel.search.deadline import left, now
from bookwheel.search.query import And, Everything, Exact, Node, Not, Or, Range
from bookwheel.search.ranking import SORTS, Sort

_SLACKS = (50, 300)
"""Hits looked at on both sides of a page of relevance, for records of one score that stand across its edge: first a
few, then many. Longer ties than the last keep the engine's own order, which is the same for every page of a commit."""

_MOST_YEARS = 65_000
"""The engine gives no more buckets than these; there are not so many years."""

_IDS = 50_000
"""Ids brought from the engine at a time."""

_WITHOUT_YEAR = "z"


class Found(NamedTuple):
    """A hit of a page: where it is, and its score, 0.0 when the order is another."""

    address: tantivy.DocAddress
    score: float


class Page(NamedTuple):
    """`total` counts all matches, wherever the page is; `next_after` is the cursor behind the last hit, or empty."""

    hits: list[Found]
    next_after: str
    total: int


class Window(NamedTuple):
    """Which hits: `size` of them from `offset`, or behind the cursor `after` when there is one."""

    offset: int
    size: int
    after: str


def page(snapshot: Snapshot, question: tantivy.Query, tree: Node, sort: str, window: Window) -> Page:
    """The hits of a window. A cursor that is none of ours gives an empty page."""
    order = SORTS.get(sort) or SORTS["relevance"]
    if window.size <= 0 or (window.after and not is_key(window.after)):
        return Page([], "", snapshot.total(question))
    if order.field == schema.YEAR:
        return _by_year(snapshot, question, order, window)
    if order.field:
        column = next(name for name, source in SORT_COLUMNS.items() if source == order.field)
        return _by_key(snapshot, question, column, window)
    if is_unranked(tree):
        return _by_key(snapshot, question, schema.ID, window)
    return _by_relevance(snapshot, question, window)


def all_ids(snapshot: Snapshot, question: tantivy.Query) -> Iterator[str]:
    """The id of every match, in the order of the column of ids, from which alone they are read."""
    key = ""
    while hits := _ordered(snapshot, _behind(snapshot, question, schema.ID, key), schema.ID, 0, _IDS):
        yield from (unquoted(key) for key, _ in hits)
        key = hits[-1][0]


def passes(sort: str) -> int:
    """How many times a page in this order passes over all matches."""
    field = (SORTS.get(sort) or SORTS["relevance"]).field
    return 3 if field == schema.YEAR else 2 if field else 1


def is_by_relevance(sort: str) -> bool:
    return not (SORTS.get(sort) or SORTS["relevance"]).field


def is_unranked(tree: Node) -> bool:
    """Whether a question gives every match the same score, so that only ids order them."""
    match tree:
        case Everything() | Range() | Exact() | Not():
            return True
        case And(parts):
            return all(is_unranked(part) for part in parts)
        case Or():
            return False
    return False


def _by_key(snapshot: Snapshot, question: tantivy.Query, column: str, window: Window) -> Page:
    """A page in the order of a column of unique keys; the cursor is the last hit's key."""
    if window.after:
        later = _behind(snapshot, question, column, window.after)
        hits = _ordered(snapshot, later, column, 0, window.size + 1)
    else:
        hits = _ordered(snapshot, question, column, window.offset, window.size + 1)
    shown = hits[: window.size]
    cursor = shown[-1][0] if len(hits) > window.size else ""
    return Page([Found(address, 0.0) for _, address in shown], cursor, snapshot.total(question))


def _by_year(snapshot: Snapshot, question: tantivy.Query, order: Sort, window: Window) -> Page:
    """A page in the order of years, within a year by id; the cursor is the year, a dot and the id."""
    total = snapshot.total(question)
    reached, _, last_id = window.after.partition(".")
    skip = 0 if window.after else window.offset
    hits: list[Found] = []
    cursor = ""
    for year, count in _years(snapshot, question, order, total):
        if window.after and not hits and _rank(year, order) < _rank(reached, order):
            continue
        if skip >= count:
            skip -= count
            continue
        within = _of_year(question, year)
        if year == reached:
            within = _behind(snapshot, within, schema.ID, last_id)
        wanted = window.size - len(hits)
        found = _ordered(snapshot, within, schema.ID, skip, wanted + 1)
        skip = 0
        if found and not wanted:
            return Page(hits, cursor, total)
        for key, address in found[:wanted]:
            hits.append(Found(address, 0.0))
            cursor = f"{year}.{key}"
        if len(found) > wanted:
            return Page(hits, cursor, total)
    return Page(hits, "", total)


def _rank(year: str, order: Sort) -> float:
    """Where a year of a cursor stands in the order."""
    if not schema.is_year(year):
        return inf
    return -int(year) if order.descending else int(year)


def _years(snapshot: Snapshot, question: tantivy.Query, order: Sort, total: int) -> Iterator[tuple[str, int]]:
    """Years in order, each with its number of matches; records without a year come last."""
    terms = {"field": schema.YEAR, "size": _MOST_YEARS, "segment_size": _MOST_YEARS}
    buckets = snapshot.searcher.aggregate(question, {"years": {"terms": terms}})["years"]["buckets"]
    counts = sorted(((int(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets), reverse=order.descending)
    yield from ((str(year), count) for year, count in counts)
    if rest := total - sum(count for _, count in counts):
        yield _WITHOUT_YEAR, rest


def _of_year(question: tantivy.Query, year: str) -> tantivy.Query:
    if year == _WITHOUT_YEAR:
        dated = tantivy.Query.exists_query(schema.YEAR)
        return tantivy.Query.boolean_query([(Occur.Must, question), (Occur.MustNot, dated)])
    same = tantivy.Query.term_query(schema.SCHEMA, schema.YEAR, int(year))
    return tantivy.Query.boolean_query([(Occur.Must, question), (Occur.Must, same)])


def _by_relevance(snapshot: Snapshot, question: tantivy.Query, window: Window) -> Page:
    """A page by falling score; the cursor is the number of hits before the next page, since scores have no range."""
    start = int(window.after) if window.after.isdecimal() else window.offset
    # The engine sets aside memory for every hit up to the last one asked for.
    most = snapshot.count
    if start >= most or (window.after and not window.after.isdecimal()):
        return Page([], "", snapshot.total(question))
    started = now()
    for slack in _SLACKS:
        first = max(0, start - slack)
        last = min(start + window.size + slack, most)
        result = snapshot.searcher.search(question, last - first, offset=first)
        total = schema.count_of(result)
        groups = [[Found(address, score) for _, address in tied] for score, tied in groupby(result.hits, key=_score)]
        is_cut_before = first > 0 and bool(groups) and len(groups[0]) > slack
        is_cut_behind = last < total and bool(groups) and len(groups[-1]) > slack
        if not (is_cut_before or is_cut_behind) or left() < 2 * (now() - started):
            break
    ordered: list[Found] = []
    for group in groups:
        on_page = start - first < len(ordered) + len(group) and len(ordered) < start - first + window.size
        if 1 < len(group) <= _SLACKS[-1] and on_page:
            group.sort(key=lambda found: snapshot.document(found.address)["id"][0])
        ordered += group
    shown = ordered[start - first :][: window.size]
    end = start + len(shown)
    return Page(shown, str(end) if shown and end < total else "", total)


def _score(hit: tuple[float, tantivy.DocAddress]) -> float:
    return float(hit[0])


def _ordered(
    snapshot: Snapshot, question: tantivy.Query, column: str, offset: int, limit: int
) -> list[tuple[str, tantivy.DocAddress]]:
    result = snapshot.searcher.search(
        question, limit, count=False, order_by_field=column, offset=offset, order=tantivy.Order.Asc
    )
    return result.hits


def _behind(snapshot: Snapshot, question: tantivy.Query, column: str, key: str) -> tantivy.Query:
    """The question's matches whose key is greater. `key` has been found to be one by `is_key`.

    Ranges of text can be had from the engine's parser alone.
    """
    if not key:
        return question
    later = snapshot.index.parse_query(f"{column}:{{{key} TO *}}")
    return tantivy.Query.boolean_query([(Occur.Must, question), (Occur.Must, later)])
