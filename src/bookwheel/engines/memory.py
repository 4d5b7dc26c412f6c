"""The slow, obvious search engine: every question looks at every document.

It says what the other engines must find (`tests/contracts/engine.py`) and serves small catalogues and tests.
Nothing is kept beyond the process.
"""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from types import MappingProxyType
from typing import Any

from bookwheel.engines.memory_documents import IndexedDocument, Score, clause_score, score
from bookwheel.errors import TooBroadError
from bookwheel.records.raw import Problem
from bookwheel.search.added import ADDED
from bookwheel.search.analysis import folded_words, title_key
from bookwheel.search.collation import sort_key, title_place
from bookwheel.search.deadline import LATE_FACETS, passed
from bookwheel.search.engine import MAX_OFFSET, TITLES, Features, Stretch, Writer
from bookwheel.search.fields import FACETS
from bookwheel.search.notes import remark
from bookwheel.search.query import FacetRequest, Filter, Note, Query, YearRange
from bookwheel.search.ranking import SEARCH_TYPES, SORTS, SearchType, Sort
from bookwheel.search.results import (
    Document,
    Facet,
    FacetValue,
    Hit,
    Pattern,
    SearchResult,
    WordList,
    one_of_each_work,
)
from bookwheel.search.scoring import Explanation, explained
from bookwheel.search.spelling import COLUMNS, Vocabulary, likeliest
from bookwheel.search.word_lists import beginnings, matcher, word_list

_YEAR = "publishDateSort"

_Found = dict[str, Score]
"""Record id -> score of the matches."""


class MemoryEngine:
    """Documents in a dictionary. A search works on the dictionary it began with; a commit puts another in its place."""

    features = Features(persistent=False, similar=True, cursor=True)

    def __init__(self) -> None:
        self._live: Mapping[str, IndexedDocument] = MappingProxyType({})
        self._watermark = 0
        self._writing = threading.Lock()

    def search(self, query: Query) -> SearchResult:
        live = self._live
        kind = SEARCH_TYPES.get(query.search_type) or SEARCH_TYPES["AllFields"]
        matching = _matching(live, query, kind)
        found = _restricted(live, matching, query.filters, query.years)
        notes = list(query.notes)
        hits, next_after = _page(live, found, query, notes)
        facets = {}
        for request in _countable(query.facets, notes):
            if passed():
                notes.append(LATE_FACETS)
                break
            facets[request.field] = _facet(live, matching, query, request)
        return SearchResult(len(found), hits, MappingProxyType(facets), tuple(notes), next_after)

    def ids(self, query: Query) -> Iterator[str]:
        live = self._live
        kind = SEARCH_TYPES.get(query.search_type) or SEARCH_TYPES["AllFields"]
        yield from sorted(_restricted(live, _matching(live, query, kind), query.filters, query.years))

    def get(self, record_ids: Iterable[str]) -> Mapping[str, Document]:
        live = self._live
        return {record_id: live[record_id].shown for record_id in record_ids if record_id in live}

    def suggest(self, field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        if field == TITLES:
            return self._suggest_titles(prefix, limit)
        counts = self._counts(field)
        found = [value for value in counts if prefix and _has_words(value, prefix)]
        found.sort(key=lambda value: (-counts[value], value))
        return tuple(found[: max(0, limit)])

    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> tuple[FacetValue, ...]:
        if field == TITLES:
            return self._browse_titles(stretch)
        counts = self._counts(field, within)
        values = [value for value in counts if not containing or _has_words(value, containing)]
        places = sorted((sort_key(value), value) for value in values)
        return tuple(FacetValue(value, counts[value]) for _, value in _within(places, stretch, sort_key))

    def frequency(self, word: str) -> int:
        return self._words()[word]

    def spellings(self, word: str, limit: int = 3) -> tuple[FacetValue, ...]:
        near = Vocabulary(self._words()).near(word)
        return tuple(FacetValue(other, count) for other, count in likeliest(near, limit))

    def words_of(self, pattern: Pattern, limit: int = 10) -> WordList:
        fits = matcher(pattern) if beginnings(pattern) else None
        return word_list({word: count for word, count in self._words().items() if fits and fits(word)}, limit)

    def similar(self, record_id: str, size: int = 5) -> tuple[Hit, ...]:
        live = self._live
        if record_id not in live:
            return ()
        document = live[record_id]
        bearers = Counter(word for other in live.values() for word in other.matter)
        worths = []
        for other in live.values():
            shared = document.matter & other.matter
            if shared and other.id != record_id and not document.works & other.works:
                worths.append((-sum(1 / bearers[word] for word in shared), other.id))
        hits = (Hit(other, -worth, live[other].shown) for worth, other in sorted(worths))
        return tuple(islice(one_of_each_work(hits), max(0, size)))

    def explain(self, query: Query, record_id: str) -> Explanation | None:
        document = self._live.get(record_id)
        kind = SEARCH_TYPES.get(query.search_type) or SEARCH_TYPES["AllFields"]
        total = score(query.tree, kind, document) if document else None
        if document is None or total is None:
            return None
        return explained(query.tree, kind, total, lambda node, kind: clause_score(node, kind, document))

    @contextmanager
    def update(self, watermark: int) -> Iterator[Writer]:
        with self._writing:
            writer = _Writer(self._live)
            yield writer
            self._live, self._watermark = MappingProxyType(writer.documents), watermark

    @contextmanager
    def rebuild(self, watermark: int) -> Iterator[Writer]:
        with self._writing:
            writer = _Writer({})
            yield writer
            self._live, self._watermark = MappingProxyType(writer.documents), watermark

    def watermark(self) -> int:
        return self._watermark

    def count(self) -> int:
        return len(self._live)

    def _words(self) -> Counter[str]:
        """Folded words and the most records that have them in one of the columns spelling goes by."""
        most: Counter[str] = Counter()
        for column in COLUMNS:
            most |= Counter(word for document in self._live.values() for word in set(document.columns[column]) if word)
        return most

    def check(self) -> tuple[Problem, ...]:
        return ()

    def close(self) -> None:
        """Nothing to release."""

    def _counts(self, field: str, within: Query | None = None) -> Counter[str]:
        """Values of a facet field and how many documents bear them; the year is a number and has no list."""
        if field not in FACETS or field == _YEAR:
            return Counter()
        live = self._live
        found: Iterable[str] = live
        if within is not None:
            kind = SEARCH_TYPES.get(within.search_type) or SEARCH_TYPES["AllFields"]
            others = [f for f in within.filters if f.field != field or f.mode != "any"]
            found = _restricted(live, _matching(live, within, kind), others, within.years)
        return Counter(value for record_id in found for value in live[record_id].values(field))

    def _suggest_titles(self, prefix: str, limit: int) -> tuple[str, ...]:
        beginning = " ".join(folded_words(prefix))
        titles = {title for document in self._live.values() for title in document.own("title")[:1]}
        found = [title for title in titles if beginning and f" {beginning}" in f" {title_key(title)}"]
        found.sort(key=lambda title: (not title_key(title).startswith(beginning), len(title), title))
        return tuple(found[: max(0, limit)])

    def _browse_titles(self, stretch: Stretch) -> tuple[FacetValue, ...]:
        documents = self._live.values()
        counts = Counter(title for document in documents for title in document.titles)
        places = {
            (sort_key(document.own("title_sort")[0]), document.own("title")[0])
            for document in documents
            if document.own("title") and document.own("title_sort") and sort_key(document.own("title_sort")[0])
        }
        return tuple(
            FacetValue(title, counts[title_key(title)]) for _, title in _within(sorted(places), stretch, title_place)
        )


def _has_words(value: str, beginning: str) -> bool:
    """Whether a value has these words, the last of them as the beginning of one."""
    *whole, last = folded_words(beginning) or [""]
    words = folded_words(value)
    return bool(last) and set(whole) <= set(words) and any(word.startswith(last) for word in words)


def _within(places: list[tuple[str, str]], stretch: Stretch, key: Callable[[str], str]) -> list[tuple[str, str]]:
    """The places of a stretch; a place is the `key` of a value and the value."""
    size = max(0, stretch.size)
    if stretch.before:
        before = [place for place in places if place < (key(stretch.before), stretch.before)]
        return before[max(0, len(before) - size) :]
    if stretch.after:
        return [place for place in places if place > (key(stretch.after), stretch.after)][:size]
    return [place for place in places if place[0] >= key(stretch.start)][:size]


class _Writer:
    def __init__(self, documents: Mapping[str, IndexedDocument]) -> None:
        self.documents = dict(documents)

    def add(self, document: Document) -> None:
        indexed = IndexedDocument(document)
        self.documents[indexed.id] = indexed

    def delete(self, record_id: str) -> None:
        self.documents.pop(record_id, None)


def _matching(live: Mapping[str, IndexedDocument], query: Query, kind: SearchType) -> _Found:
    found: _Found = {}
    for record_id, document in live.items():
        if passed():
            raise TooBroadError("The search takes longer than there is time for.")
        if (points := score(query.tree, kind, document)) is not None:
            found[record_id] = points
    return found


def _restricted(
    live: Mapping[str, IndexedDocument], found: _Found, filters: Iterable[Filter], years: YearRange
) -> _Found:
    """What of the found passes the filters and the years."""
    passes = _filter(tuple(filters), years)
    return {record_id: points for record_id, points in found.items() if passes(live[record_id])}


def _filter(filters: tuple[Filter, ...], years: YearRange) -> Callable[[IndexedDocument], bool]:
    alternatives: dict[str, list[Filter]] = {}
    for restriction in filters:
        if restriction.mode == "any":
            alternatives.setdefault(restriction.field, []).append(restriction)

    def passes(document: IndexedDocument) -> bool:
        return (
            all(document.bears(f.field, f.value) for f in filters if f.mode == "all")
            and not any(document.bears(f.field, f.value) for f in filters if f.mode == "none")
            and all(any(document.bears(f.field, f.value) for f in group) for group in alternatives.values())
            and (years == YearRange() or document.is_of(years.low, years.high))
        )

    return passes


def _page(
    live: Mapping[str, IndexedDocument], found: _Found, query: Query, notes: list[Note]
) -> tuple[tuple[Hit, ...], str]:
    """The hits of the page in order, and the cursor behind the last."""
    order = SORTS.get(query.sort) or SORTS["relevance"]
    keys = sorted(_place(live[record_id], points, order) for record_id, points in found.items())
    size = max(0, min(query.size, MAX_OFFSET))
    if query.after:
        keys = _behind(keys, query.after)
    elif 0 <= query.offset <= MAX_OFFSET - size:
        keys = keys[query.offset :]
    else:
        notes.append(
            remark("too-deep", "Pages go up to hit %(most)s; a cursor or a narrower question goes on.", most=MAX_OFFSET)
        )
        keys = []
    shown = keys[:size]
    is_ranked = not order.field
    hits = tuple(Hit(key[-1], -key[0] if is_ranked else 0.0, live[key[-1]].shown) for key in shown)
    return hits, _cursor(shown[-1]) if shown and len(keys) > size else ""


_Place = tuple[Any, ...]
"""Where a match stands in an order, the least first; the last part is the id, so no two are alike."""


def _place(document: IndexedDocument, points: Score, order: Sort) -> _Place:
    if not order.field:
        return (-points, document.id)
    if order.field == _YEAR:
        years = document.years
        year = (max(years) if order.descending else min(years)) if years else 0
        return (not years, -year if order.descending else year, document.id)
    if order.field == ADDED:
        return (document.added is None, -(document.added or 0), document.id)
    key = sort_key(next(iter(document.own(order.field)), ""))
    return (not key, key, document.id)


def _cursor(place: _Place) -> str:
    return urlsafe_b64encode(json.dumps(place).encode()).decode()


def _behind(keys: list[_Place], cursor: str) -> list[_Place]:
    """The places behind the one a cursor names; none for a text that is no cursor of this order."""
    try:
        place = tuple(json.loads(urlsafe_b64decode(cursor)))
        return [key for key in keys if key > place]
    except (ValueError, TypeError, RecursionError):
        return []


def _countable(requests: Iterable[FacetRequest], notes: list[Note]) -> Iterator[FacetRequest]:
    for request in requests:
        if request.field in FACETS:
            yield request
        else:
            notes.append(remark("no-facet", "%(field)s has no facet.", field=request.field))


def _facet(live: Mapping[str, IndexedDocument], matching: _Found, query: Query, request: FacetRequest) -> Facet:
    """Counts over all matches, as if the field's own `any` filters were not there."""
    others = [f for f in query.filters if f.field != request.field or f.mode != "any"]
    narrowed = _restricted(live, matching, others, query.years)
    counts = Counter(value for record_id in narrowed for value in live[record_id].values(request.field))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    limit = max(0, request.limit)
    return Facet(request.field, tuple(FacetValue(*item) for item in ordered[:limit]), len(ordered) > limit)
