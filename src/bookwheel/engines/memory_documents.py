"""One document as the memory engine keeps it, and whether a query tree matches it.

The rules are those at the head of `search.ranking`, written down in the plainest way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

from bookwheel.engines.memory_spans import spans
from bookwheel.search.added import ADDED, seconds, span_of
from bookwheel.search.analysis import folded_words, isn, stem, stems, title_key
from bookwheel.search.edit_distance import is_within
from bookwheel.search.fields import field_named, field_values, with_copies
from bookwheel.search.headings import SUBJECT, as_words, ways_to_write
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    Field,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from bookwheel.search.ranking import TEXT_COLUMNS, SearchType, column_values, plain_words, search_type_named
from bookwheel.search.results import Document

Score: TypeAlias = float

_YEAR = "publishDateSort"
_EXACT_SCORE = 20.0


class IndexedDocument:
    """A document with its words. `shown` has the copies; `columns` are words with None between two values."""

    def __init__(self, document: Document) -> None:
        self.document = {name: tuple(values) for name, values in document.items()}
        self.id = self.document["id"][0]
        self.shown = with_copies(self.document)
        self._values: dict[str, set[str]] = {}
        self.columns: dict[str, list[str | None]] = {}
        for name, column in TEXT_COLUMNS.items():
            words: list[str | None] = []
            for value in column_values(self.document, column):
                words += [*([None] if words else []), *(stems(value) if column.stemmed else folded_words(value))]
            self.columns[name] = words

    def own(self, field: str) -> tuple[str, ...]:
        """Values the document was given for a field, copies not made."""
        return self.document.get(field, ())

    def values(self, field: str) -> set[str]:
        """The different values indexed for a facet or exact field."""
        if field not in self._values:
            own = map(str, self.years) if field == _YEAR else field_values(self.document, field)
            self._values[field] = set(own)
        return self._values[field]

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(int(value) for value in self.own(_YEAR) if value.isdecimal() and len(value) <= 9)

    def is_of(self, low: int | None, high: int | None) -> bool:
        """Whether it is of a year in the range, both ends included."""
        return any((low is None or low <= year) and (high is None or year <= high) for year in self.years)

    def bears(self, field: str, value: str) -> bool:
        """Whether a whole value of a field is this one."""
        row = field_named(field)
        if row is None or row.kind not in ("exact", "isn", "date", "year"):
            return False
        if row.kind == "isn":
            return bool(isn(value)) and isn(value) in map(isn, self.values(field))
        if row.kind == "year":
            return value.isdecimal() and len(value) <= 9 and int(value) in self.years
        if field == ADDED and (span := span_of(value)):
            return self.added is not None and span.holds(self.added)
        return value in self.values(field)

    @cached_property
    def added(self) -> int | None:
        """When it was first seen, in seconds since 1970."""
        return seconds(next(iter(self.own(ADDED)), ""))

    @cached_property
    def matter(self) -> frozenset[str]:
        """Stems of title and topics: what the work is about."""
        return frozenset(word for name in ("title", "topic") for word in self.columns[name] if word)

    @cached_property
    def works(self) -> set[str]:
        """Keys it shares with other versions of the work."""
        return self.values("work_keys_str_mv") | self.values("work_ids_str_mv")

    @cached_property
    def titles(self) -> set[str]:
        return set(map(title_key, column_values(self.document, TEXT_COLUMNS["title"])))


def score(tree: Node, kind: SearchType, document: IndexedDocument) -> Score | None:
    """How well a document matches, boosts included; None when it does not."""
    points = _score(tree, kind, document)
    if points is None:
        return None
    words = plain_words(tree)
    if len(words) > 1 and kind.phrase_boost:
        in_columns = [
            weighted.weight * _tally(words, document.columns[weighted.column]) for weighted in kind.word_columns
        ]
        points += kind.phrase_boost * max(in_columns, default=0.0)
    if words and " ".join(words) in document.titles:
        points += kind.title_boost
    return points


def clause_score(node: Node, kind: SearchType, document: IndexedDocument) -> Score | None:
    """The score of one clause, without the boosts of the whole; None when it does not match."""
    return _score(node, kind, document)


def _score(node: Node, kind: SearchType, document: IndexedDocument) -> Score | None:
    match node:
        case Everything():
            return 0.0
        case Word(text):
            return _best(_word(folded_words(text), kind, document), text, kind, document)
        case Phrase(text, slop):
            return _best(_phrase(folded_words(text), slop, kind, document), text, kind, document)
        case Prefix(text):
            return _combined(_prefix(folded_words(text), kind, document), kind.tie)
        case Wildcard() | Near():
            return _near(node, kind, document)
        case Fuzzy(text, distance):
            return _fuzzy(folded_words(text), distance, kind, document)
        case Heading(_, _, subjects) if subjects:
            written = {way for subject in subjects for way in ways_to_write(subject)}
            return None if written.isdisjoint(document.values(SUBJECT)) else _EXACT_SCORE
        case Heading():
            return _score(as_words(node), kind, document)
        case Boost(part, weight):
            points = _score(part, kind, document)
            return None if points is None else points * max(0.0, weight)
        case Range(field, low, high):
            row = field_named(field)
            is_year = row is not None and row.kind == "year"
            return 0.0 if is_year and document.is_of(_year(low), _year(high)) else None
        case Exact(field, value):
            return _EXACT_SCORE if document.bears(field, value) else None
        case Field(field, part):
            return _score(part, search_type_named(field), document)
        case And(parts):
            scores = [_score(part, kind, document) for part in parts]
            return None if None in scores else sum(filter(None, scores))
        case Or(parts):
            found = [points for part in parts if (points := _score(part, kind, document)) is not None]
            return sum(found) if found else None
        case Not(part):
            return 0.0 if _score(part, kind, document) is None else None
        case AtLeast(parts, minimum):
            found = [points for part in parts if (points := _score(part, kind, document)) is not None]
            return sum(found) if len(found) >= max(1, minimum) else None


def _best(scores: list[Score], text: str, kind: SearchType, document: IndexedDocument) -> Score | None:
    """The scores of the columns together with those of whole values."""
    exact = [_EXACT_SCORE for field in kind.exact if document.bears(field, text)]
    return _combined(scores + exact, kind.tie)


def _combined(scores: Sequence[Score], tie: float) -> Score | None:
    """Disjunction-max: the best counts whole, the others `tie` times; None when nothing matched."""
    found = sorted((points for points in scores if points), reverse=True)
    return found[0] + tie * sum(found[1:]) if found else None


def _word(words: list[str], kind: SearchType, document: IndexedDocument) -> list[Score]:
    scores = []
    for weighted in kind.columns:
        wanted = [stem(word) for word in words] if TEXT_COLUMNS[weighted.column].stemmed else words
        scores.append(weighted.weight * _tally(wanted, document.columns[weighted.column]))
    return scores


def _phrase(words: list[str], slop: int, kind: SearchType, document: IndexedDocument) -> list[Score]:
    return [w.weight * _tally(words, document.columns[w.column], slop) for w in kind.word_columns]


def _prefix(words: list[str], kind: SearchType, document: IndexedDocument) -> list[Score]:
    scores = []
    for weighted in kind.word_columns if words else ():
        column = document.columns[weighted.column]
        endings = {word for word in column if word and word.startswith(words[-1])}
        found = any(_tally([*words[:-1], ending], column) for ending in endings)
        scores.append(weighted.weight if found else 0.0)
    return scores


def _near(node: Wildcard | Near, kind: SearchType, document: IndexedDocument) -> Score | None:
    scores = [w.weight if spans(node, document.columns[w.column]) else 0.0 for w in kind.word_columns]
    return _combined(scores, kind.tie)


def _fuzzy(words: list[str], distance: int, kind: SearchType, document: IndexedDocument) -> Score | None:
    """Of several words ("T-cell") none is searched in another spelling."""
    if len(words) != 1:
        return _combined(_phrase(words, 0, kind, document), kind.tie)
    scores = []
    for weighted in kind.word_columns:
        found = any(word and is_within(words[0], word, distance) for word in document.columns[weighted.column])
        scores.append(weighted.weight if found else 0.0)
    return _combined(scores, kind.tie)


def _tally(words: Sequence[str], column: Sequence[str | None], slop: int = 0) -> float:
    """How much a column speaks of the words side by side: 0.0 is not at all; often and in few words is much."""
    times = _times(words, column, slop)
    return times / (times + 1 + len(column) / 100)


def _times(words: Sequence[str], column: Sequence[str | None], slop: int) -> int:
    """How many times the words stand in the column.

    A word at `place` as number n of the phrase has the shift `place - n`. The phrase is found where every word has a
    shift, and the shifts are at most `slop` apart (Lucene's rule).
    """
    if not words or not all(word in column for word in words):
        return 0
    shifts = [{place - n for place, word in enumerate(column) if word == wanted} for n, wanted in enumerate(words)]
    least = set().union(*shifts)
    return sum(all(any(s in other for s in range(low, low + slop + 1)) for other in shifts) for low in least)


def _year(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) <= 9 else None
