"""How long a question takes, told before it is asked: the engine cannot be interrupted once it has begun.

The engine's lists of documents are read from their beginning to their end, so their lengths, which it knows, tell the
time. A part that must match few documents is only looked up in the lists of the others. The times were measured at
1,000,000 records on one core of a shared server of 2024 (`python -m bench.worst`), and are rather too long than too
short: a question that is refused can be narrowed, one that runs on holds up everybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf, prod
from typing import NamedTuple

from bookwheel.engines.tantivy import near, schema
from bookwheel.engines.tantivy.compile import MAX_DEPTH
from bookwheel.engines.tantivy.expansion import expanded
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.errors import TooBroadError
from bookwheel.search.added import ADDED, span_of
from bookwheel.search.analysis import folded_words, stem
from bookwheel.search.deadline import left
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Exact,
    Field,
    Filter,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from bookwheel.search.ranking import SEARCH_TYPES, TEXT_COLUMNS, SearchType, plain_words, search_type_named
from bookwheel.search.wildcards import pattern_words

_TERM = 13e-9
"""Seconds for a document in the list of a word that is scored."""

_SET = 4e-9
"""For a document in the lists of words that all count alike."""

_ALL = 8e-9
"""For a document where every one is looked at: everything, years, negations."""

_FUZZY = (1.5e-9, 1.5e-9, 5e-9)
"""For each document of the index and each column, by distance: the engine finds the words itself."""

_TOGETHER = 40e-9
"""For a document that has the rarest word of a phrase: does it have the others?"""

_PHRASE = 160e-9
"""For a document that has all words of a phrase: the places of the words are compared."""

_LOOSE_PHRASE = 130e-9
"""The same for each word of a phrase whose words may lie apart."""

_PATTERN_PHRASE = 65e-9
"""For a document in the lists of all the words that a place of a phrase may have."""

_LOOKUP = 60e-9
"""To look one document up in one list."""

_HIT = 15e-9
"""To count a hit and compare it with the best."""


class Cost(NamedTuple):
    """`matches` documents at most are found in `seconds`; `each` is for one document that other parts have found."""

    matches: float = 0.0
    seconds: float = 0.0
    each: float = 0.0

    def within(self, documents: float) -> Cost:
        """The cost where other parts leave no more documents than these."""
        seconds = min(self.seconds, documents * self.each)
        return Cost(min(self.matches, documents), seconds, self.each)


def admit(snapshot: Snapshot, query: Query, passes: float = 1, *, ranked: bool = False) -> None:
    """Raise TooBroadError for a question whose matches cannot be passed over so many times in the time left."""
    available = left()
    if available == inf:
        return
    if available <= 0 or seconds(snapshot, query, ranked=ranked) * passes > available:
        raise TooBroadError(
            "The search takes longer than there is time for. Leave out parts that very many records have, "
            "or phrases, wildcards and words near one another made of such words."
        )


def seconds(snapshot: Snapshot, query: Query, *, ranked: bool = True) -> float:
    """How long one pass over all matches of a query takes, its filters included, and its boosts where `ranked`."""
    kind = SEARCH_TYPES.get(query.search_type) or SEARCH_TYPES["AllFields"]
    estimate = _Estimate(snapshot)
    matching = estimate.of(query.tree, kind)
    words = plain_words(query.tree)
    if ranked and len(words) > 1 and kind.phrase_boost:
        boost = estimate.of(Phrase(" ".join(words)), kind).within(matching.matches)
        matching = Cost(matching.matches, matching.seconds + boost.seconds, matching.each + boost.each)
    filters = [estimate.filter(restriction) for restriction in query.filters if restriction.mode == "all"]
    found = _all([matching, *filters])
    return found.seconds + found.matches * _HIT


class _Estimate:
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._depth = 0
        self._whole = Cost(snapshot.count, snapshot.count * _ALL, _LOOKUP)

    def of(self, node: Node, kind: SearchType) -> Cost:
        if self._depth > MAX_DEPTH:
            return Cost()
        self._depth += 1
        try:
            return self._of(node, kind)
        finally:
            self._depth -= 1

    def _of(self, node: Node, kind: SearchType) -> Cost:
        match node:
            case Word(text):
                return self._word(folded_words(text), kind)
            case Phrase(text, slop):
                return self._phrase(folded_words(text), slop, kind)
            case Prefix(text):
                words = folded_words(text)
                return self._patterns([*words[:-1], *(f"{word}*" for word in words[-1:])], kind)
            case Wildcard(text):
                return self._patterns(pattern_words(text), kind)
            case Fuzzy(text, distance):
                return self._fuzzy(folded_words(text), distance, kind)
            case Near():
                return self._near(node, kind)
            case Heading(text, _, subjects):
                return self._whole if subjects else self.of(Word(text), search_type_named("TextWord"))
            case Boost(part):
                return self.of(part, kind)
            case Exact(name, value):
                return self.filter(Filter(name, value))
            case Field(name, part):
                return self.of(part, search_type_named(name))
            case And(parts):
                return self._and(parts, kind)
            case Or(parts) | AtLeast(parts):
                return self._any(self.of(part, kind) for part in parts)
            case Not():
                return self._and((node,), kind)
        return self._whole

    def filter(self, restriction: Filter) -> Cost:
        """Documents that bear a whole value; of values that are no facets there are few of each."""
        name, value = restriction.field, restriction.value
        if name in schema.FACET_COLUMNS:
            number = self._snapshot.dictionary.id(name, value)
            found = 0 if number is None else self._snapshot.searcher.doc_freq(schema.facet_column(name), number)
            return Cost(found, found * _SET, _LOOKUP)
        if name == schema.YEAR or (name == ADDED and span_of(value)):
            return self._whole
        return Cost(1_000, 1_000 * _SET, _LOOKUP)

    def _and(self, parts: Sequence[Node], kind: SearchType) -> Cost:
        must = [self.of(part, kind) for part in parts if not isinstance(part, Not)] or [self._whole]
        found = _all(must)
        without = [self.of(part.part, kind).within(found.matches) for part in parts if isinstance(part, Not)]
        return Cost(
            found.matches,
            found.seconds + sum(each.seconds for each in without),
            found.each + sum(each.each for each in without),
        )

    def _any(self, parts: Iterable[Cost]) -> Cost:
        costs = list(parts)
        matches = min(float(self._snapshot.count), sum(cost.matches for cost in costs))
        return Cost(matches, sum(cost.seconds for cost in costs), sum(cost.each for cost in costs))

    def _word(self, words: list[str], kind: SearchType) -> Cost:
        columns = ((schema.text_column(each.column), TEXT_COLUMNS[each.column].stemmed) for each in kind.columns)
        costs = []
        for column, stemmed in columns:
            wanted = [stem(word) for word in words] if stemmed else words
            counts = [self._count(column, word) for word in wanted] or [0]
            costs.append(self._literal(counts, 0) if len(counts) > 1 else Cost(counts[0], counts[0] * _TERM, _LOOKUP))
        return self._any(costs)

    def _phrase(self, words: list[str], slop: int, kind: SearchType) -> Cost:
        if len(words) < 2:
            return self._word(words, kind)
        return self._by_column(kind, lambda column: self._literal([self._count(column, word) for word in words], slop))

    def _patterns(self, words: list[str], kind: SearchType) -> Cost:
        return self._by_column(kind, lambda column: self._shape(column, [(word,) for word in words], 0))

    def _fuzzy(self, words: list[str], distance: int, kind: SearchType) -> Cost:
        if len(words) != 1:
            return self._phrase(words, 0, kind)
        count = self._snapshot.count
        reading = count * _FUZZY[max(0, min(distance, 2))]
        return self._by_column(kind, lambda _: Cost(count, reading, _LOOKUP))

    def _near(self, node: Near, kind: SearchType) -> Cost:
        try:
            shapes = near.shapes(node)
        except near.TooManyShapes:
            parts = [self.of(part, kind) for part in node.parts]
            return _all(parts)
        return self._by_column(
            kind,
            lambda column: self._any(
                self._shape(column, [slot for _, slot in shape.slots], node.distance if shape.is_loose else 0)
                for shape in shapes
            ),
        )

    def _shape(self, column: str, slots: Sequence[Sequence[str]], slop: int) -> Cost:
        """One phrase in one column, each of whose places may have any word of some patterns."""
        found = [[expanded(self._snapshot, column, pattern) for pattern in slot] for slot in slots]
        counts = [sum(each.documents for each in slot) for slot in found]
        if len(counts) == 1:
            matches = min(self._snapshot.count, counts[0])
            return Cost(matches, counts[0] * _SET + matches * _ALL, _LOOKUP)
        if all(len(each.words) == 1 for slot in found for each in slot[:1]) and all(len(slot) == 1 for slot in found):
            return self._literal(counts, slop)
        # Lists of the words of a place are put together before anything is compared.
        reading = sum(counts) * _PATTERN_PHRASE
        return Cost(min([float(self._snapshot.count), *counts]), reading, reading)

    def _literal(self, counts: Sequence[int], slop: int) -> Cost:
        """A phrase of words with so many documents each; how many have all of them is guessed."""
        rarest = min(counts, default=0)
        each = _LOOSE_PHRASE * len(counts) if slop else _PHRASE
        shares = (count / max(1, self._snapshot.count) for count in counts)
        together = rarest if slop else self._snapshot.count * prod(shares)
        return Cost(rarest, rarest * _TOGETHER + together * each, each + _LOOKUP * len(counts))

    def _by_column(self, kind: SearchType, cost: Callable[[str], Cost]) -> Cost:
        return self._any(cost(schema.text_column(each.column)) for each in kind.word_columns)

    def _count(self, column: str, word: str) -> int:
        return self._snapshot.searcher.doc_freq(column, word)


def _all(parts: Sequence[Cost]) -> Cost:
    """Parts that must all match: the one with the fewest leads."""
    leader, *others = sorted(parts, key=lambda part: part.matches) or [Cost()]
    reading = leader.seconds + sum(part.within(leader.matches).seconds for part in others)
    return Cost(leader.matches, reading, sum(part.each for part in parts))
