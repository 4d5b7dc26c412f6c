"""Words near one another, as the engine's phrases with fixed places.

The engine's loose phrases let words cross over and stand on one another, so their looseness is exact only for two words
that cannot be the same one. Everything else is written out: each way the parts can stand is one phrase whose words have
fixed places, and the phrases are alternatives. `a NEAR/1 b` is "a b", "a _ b", "b a" and "b _ a".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy.schema import SCHEMA
from bookwheel.search.analysis import folded_words
from bookwheel.search.query import Boost, Fuzzy, Near, Node, Or, Phrase, Prefix, Wildcard, Word
from bookwheel.search.wildcards import beginning, is_pattern, pattern_words

MAX_SHAPES = 400
"""Phrases one Near may become in one column; each costs a look at its words' places."""

Slot = tuple[str, ...]
"""Patterns, one of which the word of a place fits."""


class TooManyShapes(Exception):  # noqa: N818 - a signal within the engine, no error of anybody.
    """The parts of a Near can stand in more ways than can be tried."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Words at places counted from the first; `width` is the places taken, empty ones among them."""

    slots: tuple[tuple[int, Slot], ...]
    width: int


def near_query(column: str, node: Near | Wildcard) -> tantivy.Query | None:
    """What finds a Near, or a pattern of several words, in a column; None when it can find nothing.

    Raises TooManyShapes.
    """
    if isinstance(node, Near) and (query := _crossing(column, node)) is not None:
        return query
    queries = [_phrase(column, shape.slots, 0) for shape in _shapes(node)]
    if not queries:
        return None
    return queries[0] if len(queries) == 1 else _any(queries)


def parts_query(column: str, node: Near) -> tantivy.Query | None:
    """What finds all parts of a Near in a column, wherever they stand."""
    queries = [_part(column, part) for part in node.parts]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else None


def _part(column: str, part: Node) -> tantivy.Query:
    try:
        return _any([_phrase(column, shape.slots, 0) for shape in _shapes(part)])
    except TooManyShapes:
        found = parts_query(column, part) if isinstance(part, Near) else None
        return found or tantivy.Query.empty_query()


def _crossing(column: str, node: Near) -> tantivy.Query | None:
    """Two words that are never the same, in any order: two loose phrases, however far apart."""
    if node.ordered or node.distance == 0 or len(node.parts) != 2:
        return None
    first, second = (_shapes(part) for part in node.parts)
    if len(first) != 1 or len(second) != 1 or first[0].width != 1 or second[0].width != 1:
        return None
    one, other = first[0].slots[0][1], second[0].slots[0][1]
    if any(_may_meet(a, b) for a, b in product(one, other)):
        return None
    return _any(
        [
            _phrase(column, ((0, one), (1, other)), node.distance),
            _phrase(column, ((0, other), (1, one)), node.distance),
        ]
    )


def _may_meet(one: str, other: str) -> bool:
    """Whether a word could fit both patterns: their beginnings agree as far as both go."""
    if not is_pattern(one) and not is_pattern(other):
        return one == other
    a, b = beginning(one), beginning(other)
    return a.startswith(b) or b.startswith(a)


def _shapes(node: Node) -> list[Shape]:
    match node:
        case Word(text) | Phrase(text) | Fuzzy(text):
            return _sequence(folded_words(text))
        case Prefix(text):
            words = folded_words(text)
            return _sequence([*words[:-1], *(f"{word}*" for word in words[-1:])])
        case Wildcard(text):
            return _sequence(pattern_words(text))
        case Or(parts):
            return _alternatives([shape for part in parts for shape in _shapes(part)])
        case Boost(part):
            return _shapes(part)
        case Near(parts, distance, ordered):
            return list(dict.fromkeys(_arrangements([_shapes(part) for part in parts], distance, ordered)))
    return []


def _sequence(words: list[str]) -> list[Shape]:
    return [Shape(tuple((place, (word,)) for place, word in enumerate(words)), len(words))] if words else []


def _alternatives(shapes: list[Shape]) -> list[Shape]:
    """The shapes, single words among them as one that takes any of them."""
    single = [pattern for shape in shapes if shape.width == 1 for pattern in shape.slots[0][1]]
    longer = [shape for shape in shapes if shape.width > 1]
    return [*([Shape(((0, tuple(dict.fromkeys(single))),), 1)] if single else []), *dict.fromkeys(longer)]


def _arrangements(found: Sequence[list[Shape]], distance: int, ordered: bool) -> Iterator[Shape]:
    """Each choice of shapes, in each order, with each way to share the free places among the gaps."""
    made = 0
    for chosen in product(*found):
        for row in [chosen] if ordered else permutations(chosen):
            for gaps in _gaps(len(row) - 1, distance):
                made += 1
                if made > MAX_SHAPES:
                    raise TooManyShapes
                yield _in_a_row(row, gaps)


def _gaps(count: int, most: int) -> Iterator[tuple[int, ...]]:
    if count <= 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in _gaps(count - 1, most - first):
            yield (first, *rest)


def _in_a_row(row: Sequence[Shape], gaps: tuple[int, ...]) -> Shape:
    slots: list[tuple[int, Slot]] = []
    place = 0
    for number, shape in enumerate(row):
        slots += [(place + offset, slot) for offset, slot in shape.slots]
        place += shape.width + (gaps[number] if number < len(gaps) else 0)
    return Shape(tuple(slots), place)


def _phrase(column: str, slots: Sequence[tuple[int, Slot]], slop: int) -> tantivy.Query:
    literal = all(len(slot) == 1 and not is_pattern(slot[0]) for _, slot in slots)
    if len(slots) == 1:
        word = slots[0][1]
        if literal:
            return tantivy.Query.term_query(SCHEMA, column, word[0])
        return tantivy.Query.regex_query(SCHEMA, column, _regex(word))
    if literal:
        return tantivy.Query.phrase_query(SCHEMA, column, [(place, slot[0]) for place, slot in slots], slop)
    patterns: list[str | tuple[int, str]] = [(place, _regex(slot)) for place, slot in slots]
    return tantivy.Query.regex_phrase_query(SCHEMA, column, patterns, slop)


def _regex(slot: Slot) -> str:
    """The engine's regular expression for a place: it is matched against whole words."""
    written = [pattern_expression(pattern) for pattern in slot]
    return written[0] if len(written) == 1 else f"({'|'.join(written)})"


def pattern_expression(pattern: str) -> str:
    """A pattern as the engine's regular expression. Letters and digits mean themselves; other signs are escaped."""
    return "".join(
        {"*": ".*", "?": "."}.get(sign, sign if sign.isalnum() else f"\\x{{{ord(sign):x}}}") for sign in pattern
    )


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
