"""Lists of titles: their order from the column of sort keys, the titles themselves from the documents."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

import tantivy
from tantivy import Occur, Order

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.compile import everything
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.engines.tantivy.sorting import SORT_COLUMNS
from bookwheel.search.analysis import folded_words, title_key
from bookwheel.search.collation import title_place
from bookwheel.search.engine import Stretch
from bookwheel.search.results import Document, FacetValue

MAX_SIZE = 100
"""Titles one call lists: each costs reading a document."""

_CANDIDATES = 30
"""Records whose titles are compared for a suggestion, besides those that begin so: each costs reading a document."""

_ROUNDS = 4
"""Times more records are looked at where many bear one title."""

_SPARE = 5
"""Records looked at beyond those wanted, since some titles are borne by several."""

_WORDS_COLUMN = "text_title_words"
_KEY_COLUMN = next(name for name, source in SORT_COLUMNS.items() if source == "title_sort")
_LAST_ID = "z" * 20
"""Behind every id, so that `{key}.{_LAST_ID}` stands behind all records of one sort key."""


def suggest_titles(snapshot: Snapshot, prefix: str, limit: int) -> tuple[str, ...]:
    """Titles with these words side by side, the last one a prefix: those that begin so first, then short ones."""
    words = folded_words(prefix)
    limit = max(0, min(limit, MAX_SIZE))
    if not words or not limit:
        return ()
    beginning = " ".join(words)
    # Of very many titles with the words the engine gives any: those that begin so are asked for in order.
    keys = {title: title_key(title) for title in _beginnings(snapshot, prefix, limit)}
    if sum(key.startswith(beginning) for key in keys.values()) < limit:
        query = tantivy.Query.phrase_prefix_query(schema.SCHEMA, _WORDS_COLUMN, list(words))
        hits = snapshot.searcher.search(query, _CANDIDATES, count=False).hits
        keys |= {title: title_key(title) for title in (_title(snapshot.document(address)) for _, address in hits)}
    found = [title for title in keys if f" {beginning}" in f" {keys[title]}"]
    found.sort(key=lambda title: (not keys[title].startswith(beginning), len(title), title))
    return tuple(found[:limit])


def _beginnings(snapshot: Snapshot, prefix: str, limit: int) -> list[str]:
    """At least the first titles that begin so, as far as they have sort keys in common with the prefix."""
    low = title_place(prefix)
    letters = len("".join(folded_words(prefix)))
    if not low:
        return []
    # Five bits a digit of the key, and no letter takes less than a byte: these digits all titles share that begin so.
    high = _moved(low, max(1, min(_WIDTHS[0], 8 * letters // 5)), 1)
    found: list[str] = []
    for _ in range(_ROUNDS):
        groups, last = _enough(snapshot, [f"{{{low} TO {high}}}"], limit + _SPARE, Order.Asc)
        found += [title for _, titles in groups for title in sorted(titles)]
        if not last or len(found) >= limit:
            break
        low = f"{last}.{_LAST_ID}"
    return found


def browse_titles(snapshot: Snapshot, stretch: Stretch) -> tuple[FacetValue, ...]:
    """Titles of a stretch in alphabetical order; a title several records have is listed once, with their number."""
    size = max(0, min(stretch.size, MAX_SIZE))
    walk = _backwards(snapshot, stretch) if stretch.before else _forwards(snapshot, stretch)
    shown = list(islice(walk, size))
    counted = [FacetValue(title, _count(snapshot, title)) for title in shown]
    return tuple(reversed(counted) if stretch.before else counted)


def _forwards(snapshot: Snapshot, stretch: Stretch) -> Iterator[str]:
    text = stretch.after or stretch.start
    low = first = title_place(text) if text else _FIRST
    while low:
        groups, last = _enough(snapshot, [f"{{{low} TO {high}}}" for high in _highs(low)], _limit(stretch), Order.Asc)
        for key, titles in groups:
            yield from (title for title in sorted(titles) if (key, title) > (first, stretch.after))
        low = f"{last}.{_LAST_ID}" if last else ""


def _backwards(snapshot: Snapshot, stretch: Stretch) -> Iterator[str]:
    first = title_place(stretch.before)
    high = f"{first}.{_LAST_ID}"
    while first and high:
        groups, last = _enough(snapshot, [f"{{{low} TO {high}}}" for low in _lows(high)], _limit(stretch), Order.Desc)
        for key, titles in groups:
            yield from (t for t in sorted(titles, reverse=True) if (key, t) < (first, stretch.before))
        high = last


_FIRST = "0"
"""Before every sort key that is not empty."""

_LAST = "z"
"""Records without a title sort behind this."""

_ALL = f"{{{_FIRST} TO {_LAST}}}"
"""The range of all keys: all records in order are read faster than a range of all."""

_WIDTHS = (8, 6, 4, 3, 2, 1)
"""Characters of a sort key that a range shares, tried one after the other: the engine looks at every key of a range,
and 25 titles are mostly found within a narrow one. 1,000,000 titles, ms: 35 to 390 without, 2 to 30 with."""


def _highs(low: str) -> list[str]:
    if low == _FIRST:
        return [_LAST]
    return [*(_moved(low, width, 1) for width in _WIDTHS), _LAST]


def _lows(high: str) -> list[str]:
    return [*(_moved(high.partition(".")[0], width, -1) for width in _WIDTHS), "*"]


def _moved(key: str, width: int, step: int) -> str:
    """The first characters of a key, counted one up or down: keys are numbers to the base of 32."""
    number = int(key[:width].ljust(width, "0"), 32) + step
    if not 0 <= number < 32**width:
        return _LAST if step > 0 else _FIRST
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(width)))


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _limit(stretch: Stretch) -> int:
    return 2 * min(stretch.size, MAX_SIZE) + 10


def _enough(
    snapshot: Snapshot, ranges: Sequence[str], limit: int, order: Order
) -> tuple[list[tuple[str, set[str]]], str]:
    """Titles by sort key from the first range with so many records; the last key where more may follow, else ""."""
    hits: list[tuple[str, tantivy.DocAddress]] = []
    for keys in ranges:
        question = everything() if keys == _ALL else _within(snapshot, keys)
        found = snapshot.searcher.search(question, limit, count=False, order_by_field=_KEY_COLUMN, order=order)
        hits = [hit for hit in found.hits if not str(hit[0]).startswith(_LAST)]
        if len(hits) == limit:
            break
    groups = [
        (key, {_title(snapshot.document(address)) for _, address in tied})
        for key, tied in groupby(hits, key=lambda hit: str(hit[0]).partition(".")[0])
    ]
    return groups, (groups[-1][0] if len(hits) == limit else "")


def _within(snapshot: Snapshot, keys: str) -> tantivy.Query:
    inside = snapshot.index.parse_query(f"{_KEY_COLUMN}:{keys}")
    return tantivy.Query.boolean_query([(Occur.Must, everything()), (Occur.Must, inside)])


def _title(document: Document) -> str:
    return next(iter(document.get("title", ())), "")


def _count(snapshot: Snapshot, title: str) -> int:
    """Records of this title, in any spelling of capitals and signs."""
    term = schema.title_term(title_key(title))
    return snapshot.total(tantivy.Query.term_query(schema.SCHEMA, schema.EXACT, term))
