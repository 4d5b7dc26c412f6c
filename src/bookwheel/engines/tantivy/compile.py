"""A query tree becomes the engine's query, as the head of `ranking` says words, phrases and prefixes are to match.

The engine's own parser never sees what a reader typed: it can be crashed by it (reliability 0, fact 6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.expansion import MAX_EXPANSIONS, expanded
from bookwheel.engines.tantivy.near import Column, TooManyShapes, near_query, parts_query
from bookwheel.engines.tantivy.schema import SCHEMA, text_column
from bookwheel.engines.tantivy.snapshot import Expansion, Snapshot
from bookwheel.engines.tantivy.sorting import quoted
from bookwheel.errors import TooBroadError
from bookwheel.search.added import ADDED, Span, span_of
from bookwheel.search.analysis import folded_words, stem
from bookwheel.search.deadline import passed
from bookwheel.search.fields import field_named
from bookwheel.search.headings import SUBJECT, as_words, ways_to_write
from bookwheel.search.notes import remark
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    Field,
    Filter,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Note,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Wildcard,
    Word,
    YearRange,
)
from bookwheel.search.ranking import SEARCH_TYPES, TEXT_COLUMNS, SearchType, Weighted, plain_words, search_type_named
from bookwheel.search.wildcards import pattern_words

MAX_CLAUSES = 1_000
"""Parts a tree may have; the parser allows fewer, this is for trees made by programs."""

MAX_DEPTH = 100
"""Levels of a tree: the engine recurses, and a stack that runs over takes the process with it."""

_MOST_YEAR = 10**9
"""A year beyond cannot be indexed, and a much greater number is none the engine can take."""

_EXACT_WEIGHT = 20.0
"""A whole identifier or value says more than any word: above a title's words in ranking.SEARCH_TYPES."""


@dataclass
class Compiler:
    """Compiles for one snapshot, since prefixes and facet values are looked up in it. `notes` gathers remarks."""

    snapshot: Snapshot
    notes: list[Note] = field(default_factory=list)
    _clauses: int = 0

    def question(self, query: Query) -> tantivy.Query:
        """The query's tree with its boosts, without its filters."""
        return self.ranked(self.matching(query), query)

    def matching(self, query: Query) -> tantivy.Query:
        """The query's tree alone: enough to count."""
        return self._node(query.tree, _kind(query), 0)

    def ranked(self, matching: tantivy.Query, query: Query) -> tantivy.Query:
        """What `matching` gave, with the boosts that bring the best to the front."""
        boosts = list(self._boosts(query.tree, _kind(query)))
        if not boosts:
            return matching
        return _boolean((Occur.Must, matching), *((Occur.Should, boost) for boost in boosts))

    def clause(self, node: Node, kind: SearchType) -> tantivy.Query:
        """One clause of a tree as it counts there, without boosts."""
        return self._node(node, kind, 0)

    def restrictions(self, filters: Sequence[Filter], years: YearRange) -> list[tuple[Occur, tantivy.Query]]:
        """Clauses that restrict without scoring. Several `any` values of a field are alternatives."""
        clauses: list[tuple[Occur, tantivy.Query]] = []
        alternatives: dict[str, list[tantivy.Query]] = {}
        for restriction in filters:
            exact = self._whole_value(restriction.field, restriction.value)
            if restriction.mode == "any":
                alternatives.setdefault(restriction.field, []).append(exact)
            else:
                clauses.append((Occur.Must if restriction.mode == "all" else Occur.MustNot, _unscored(exact)))
        clauses += [(Occur.Must, _unscored(_any(queries))) for queries in alternatives.values()]
        if years != YearRange():
            clauses.append((Occur.Must, _unscored(year_range(years.low, years.high))))
        return clauses

    def _node(self, node: Node, kind: SearchType, depth: int) -> tantivy.Query:
        self._clauses += 1
        if depth > MAX_DEPTH or self._clauses > MAX_CLAUSES:
            self._note(
                "too-large",
                "The question has more than %(most)s parts, or is too deep; the rest was left out.",
                most=MAX_CLAUSES,
            )
            return tantivy.Query.empty_query()
        if passed():
            raise TooBroadError("The search has too many parts to be prepared in time. Leave some of them out.")
        match node:
            case Everything():
                return everything()
            case Word(text):
                return self._word(text, kind)
            case Phrase(text, slop):
                return self._phrase(text, slop, kind)
            case Prefix(text):
                return self._prefix(text, kind)
            case Wildcard(text):
                return self._wildcard(text, kind)
            case Fuzzy(text, distance):
                return self._fuzzy(text, distance, kind)
            case Near():
                return self._near(node, kind)
            case Heading(_, _, subjects) if subjects:
                return self._subjects(subjects)
            case Heading():
                return self._node(as_words(node), kind, depth + 1)
            case Boost(part, weight):
                return _boosted(self._node(part, kind, depth + 1), max(0.0, weight))
            case Range(name, low, high):
                return self._range(name, low, high)
            case Exact(name, value):
                return tantivy.Query.const_score_query(self._whole_value(name, value), _EXACT_WEIGHT)
            case Field(name, part):
                return self._node(part, search_type_named(name), depth + 1)
            case And(parts):
                return self._all(parts, kind, depth)
            case Or(parts):
                return _any([self._node(part, kind, depth + 1) for part in parts])
            case Not(part):
                return self._all((node,), kind, depth)
            case AtLeast(parts, minimum):
                return _at_least([self._node(part, kind, depth + 1) for part in parts], max(1, minimum))

    def _all(self, parts: Iterable[Node], kind: SearchType, depth: int) -> tantivy.Query:
        clauses = [
            (Occur.MustNot, self._node(part.part, kind, depth + 1))
            if isinstance(part, Not)
            else (Occur.Must, self._node(part, kind, depth + 1))
            for part in parts
        ]
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, everything()))
        return _boolean(*clauses)

    def _word(self, text: str, kind: SearchType) -> tantivy.Query:
        words = folded_words(text)
        return _best([*_in_columns(words, kind.columns, 0), *self._exact(text, kind)], kind.tie)

    def _phrase(self, text: str, slop: int, kind: SearchType) -> tantivy.Query:
        words = folded_words(text)
        return _best([*_in_columns(words, kind.word_columns, slop), *self._exact(text, kind)], kind.tie)

    def _prefix(self, text: str, kind: SearchType) -> tantivy.Query:
        words = folded_words(text)
        if len(words) != 1:
            return self._near(Prefix(text), kind)
        return self._pattern(f"{words[0]}*", kind)

    def _wildcard(self, text: str, kind: SearchType) -> tantivy.Query:
        words = pattern_words(text)
        if len(words) != 1:
            return self._near(Wildcard(text), kind)
        return self._pattern(words[0], kind)

    def _pattern(self, pattern: str, kind: SearchType) -> tantivy.Query:
        """Words of a pattern; each of them counts alike, whatever its frequency."""
        found = []
        for column in kind.word_columns:
            name = text_column(column.column)
            if words := self._words_of(name, pattern).words:
                matching = tantivy.Query.term_set_query(SCHEMA, name, list(words))
                found.append(tantivy.Query.const_score_query(matching, column.weight))
        return _best(found, kind.tie)

    def _words_of(self, column: str, pattern: str) -> Expansion:
        """The most frequent words of a column that fit a pattern."""
        found = expanded(self.snapshot, column, pattern)
        if found.is_cut:
            self._note_cut(pattern)
        return found

    def _note_cut(self, pattern: str) -> None:
        self._note(
            "prefix-too-short",
            "%(pattern)s stands for more than %(most)s words, or for too many to look at; "
            "the most frequent were searched.",
            pattern=pattern,
            most=MAX_EXPANSIONS,
        )

    def _fuzzy(self, text: str, distance: int, kind: SearchType) -> tantivy.Query:
        words = folded_words(text)
        if len(words) != 1:
            return _best(list(_in_columns(words, kind.word_columns, 0)), kind.tie)
        found = []
        for column in kind.word_columns:
            name = text_column(column.column)
            similar = tantivy.Query.fuzzy_term_query(SCHEMA, name, words[0], max(0, min(distance, 2)), True, False)
            found.append(tantivy.Query.const_score_query(similar, column.weight))
        return _best(found, kind.tie)

    def _near(self, node: Near | Wildcard | Prefix, kind: SearchType) -> tantivy.Query:
        found = []
        for column in kind.word_columns:
            name = text_column(column.column)
            place = Column(name, partial(self._words_of, name), self._note_cut)
            try:
                matching = near_query(place, node)
            except TooManyShapes:
                self._note(
                    "near-too-wide",
                    "Words near one another can stand in too many ways; they were searched anywhere in one field.",
                )
                matching = parts_query(place, node) if isinstance(node, Near) else None
            if matching is not None:
                found.append(tantivy.Query.const_score_query(matching, column.weight))
        return _best(found, kind.tie)

    def _range(self, name: str, low: str | None, high: str | None) -> tantivy.Query:
        row = field_named(name)
        if row is None or row.kind != "year":
            self._note("no-range", "%(field)s cannot be asked for a range; only years can.", field=name)
            return tantivy.Query.empty_query()
        limits = [_year(text) for text in (low, high)]
        return year_range(*limits)

    def _exact(self, text: str, kind: SearchType) -> list[tantivy.Query]:
        return [tantivy.Query.const_score_query(self._whole_value(name, text), _EXACT_WEIGHT) for name in kind.exact]

    def _subjects(self, subjects: Iterable[str]) -> tantivy.Query:
        """Documents that bear one of these subjects, in any usual case of letters; all of them alike."""
        written = {way for subject in subjects for way in ways_to_write(subject)}
        numbers = self.snapshot.dictionary.ids(SUBJECT, written)
        if not numbers:
            return tantivy.Query.empty_query()
        matching = tantivy.Query.term_set_query(SCHEMA, schema.facet_column(SUBJECT), numbers)
        return tantivy.Query.const_score_query(matching, _EXACT_WEIGHT)

    def _whole_value(self, name: str, value: str) -> tantivy.Query:
        if name == schema.ID:
            return tantivy.Query.term_query(SCHEMA, schema.ID, quoted(value))
        if name == schema.YEAR:
            if not schema.is_year(value):
                return tantivy.Query.empty_query()
            return tantivy.Query.term_query(SCHEMA, schema.YEAR, int(value))
        if name == ADDED and (span := span_of(value)):
            return _added_within(span)
        if name in schema.FACET_COLUMNS:
            number = self.snapshot.dictionary.id(name, value)
            if number is None:
                return tantivy.Query.empty_query()
            return tantivy.Query.term_query(SCHEMA, schema.facet_column(name), number)
        term = schema.exact_term(name, value)
        return tantivy.Query.term_query(SCHEMA, schema.EXACT, term) if term else tantivy.Query.empty_query()

    def _boosts(self, tree: Node, kind: SearchType) -> Iterable[tantivy.Query]:
        words = plain_words(tree) if kind.phrase_boost or kind.title_boost else ()
        if len(words) > 1 and kind.phrase_boost:
            phrases = list(_in_columns(list(words), kind.word_columns, 0))
            yield _boosted(_best(phrases, 0.0), kind.phrase_boost)
        if words and kind.title_boost:
            title = tantivy.Query.term_query(SCHEMA, schema.EXACT, schema.title_term(" ".join(words)))
            yield tantivy.Query.const_score_query(title, kind.title_boost)

    def _note(self, kind: str, text: str, **values: object) -> None:
        note = remark(kind, text, None, None, honoured=False, **values)
        if note not in self.notes:
            self.notes.append(note)


def _kind(query: Query) -> SearchType:
    return SEARCH_TYPES.get(query.search_type) or SEARCH_TYPES["AllFields"]


def everything() -> tantivy.Query:
    """All documents, without the reserved row of the watermark."""
    reserved = tantivy.Query.term_query(SCHEMA, schema.SYSTEM, schema.WATERMARK)
    return _boolean((Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, reserved))


def year_range(low: int | None, high: int | None) -> tantivy.Query:
    """Documents of these years, both included."""
    if low is None and high is None:
        return tantivy.Query.exists_query(schema.YEAR)
    low, high = (limit if limit is None else max(-_MOST_YEAR, min(limit, _MOST_YEAR)) for limit in (low, high))
    return tantivy.Query.range_query(SCHEMA, schema.YEAR, tantivy.FieldType.Integer, low, high)


def _added_within(span: Span) -> tantivy.Query:
    """Documents first seen in this time; one of unknown time is in none."""
    low = 0 if span.low is None else span.low
    return tantivy.Query.range_query(SCHEMA, schema.ADDED_COLUMN, tantivy.FieldType.Integer, low, span.high)


def restricted(question: tantivy.Query, clauses: Sequence[tuple[Occur, tantivy.Query]]) -> tantivy.Query:
    """A question under restrictions; its scores stay what they were."""
    return _boolean((Occur.Must, question), *clauses) if clauses else question


def _in_columns(words: list[str], columns: Iterable[Weighted], slop: int) -> Iterable[tantivy.Query]:
    if not words:
        return
    stems = [stem(word) for word in words]
    for column in columns:
        wanted = stems if TEXT_COLUMNS[column.column].stemmed else words
        yield _boosted(_words_query(text_column(column.column), wanted, slop), column.weight)


def _words_query(column: str, words: list[str], slop: int) -> tantivy.Query:
    if len(words) == 1:
        return tantivy.Query.term_query(SCHEMA, column, words[0])
    return tantivy.Query.phrase_query(SCHEMA, column, list(words), slop)


def _year(text: str | None) -> int | None:
    return int(text) if text is not None and schema.is_year(text) else None


def _best(queries: Sequence[tantivy.Query], tie: float) -> tantivy.Query:
    if len(queries) < 2:
        return queries[0] if queries else tantivy.Query.empty_query()
    return tantivy.Query.disjunction_max_query(queries, tie)


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) < 2:
        return queries[0] if queries else tantivy.Query.empty_query()
    return _boolean(*((Occur.Should, query) for query in queries))


def _at_least(queries: Sequence[tantivy.Query], minimum: int) -> tantivy.Query:
    if minimum > len(queries):
        return tantivy.Query.empty_query()
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries], minimum)


def _boolean(*clauses: tuple[Occur, tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query(list(clauses))


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return tantivy.Query.boost_query(query, weight)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
