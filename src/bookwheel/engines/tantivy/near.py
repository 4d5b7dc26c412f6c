"""Words near one another, as the engine's phrases with fixed places.

The engine's loose phrases let words cross over and stand on one another, so their looseness is exact only for two words
that cannot be the same one. Everything else is written out: each way the parts can stand is one phrase whose words have
fixed places, and the phrases are alternatives. `a NEAR/1 b` is "a b", "a _ b", "b a" and "b _ a".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import NamedTuple

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy.schema import SCHEMA
from bookwheel.engines.tantivy.snapshot import Expansion
from bookwheel.search.analysis import folded_words
from bookwheel.search.query import Boost, Fuzzy, Near, Node, Or, Phrase, Prefix, Wildcard, Word
from bookwheel.search.wildcards import beginning, is_pattern, pattern_words

MAX_SHAPES = 400
"""Phrases one Near may become in one column; each costs a look at its words' places."""

Slot = tuple[str, ...]
"""Patterns, one of which the word of a place fits."""


class Column(NamedTuple):
    """A column of the engine: its name, what gives the words in it that fit a pattern, and what is told of a pattern
    of which not all words could be asked."""

    name: str
    words: Callable[[str], Expansion]
    cut: Callable[[str], None]


class TooManyShapes(Exception):  # noqa: N818 - a signal within the engine, no error of anybody.
    """The parts of a Near can stand in more ways than can be tried."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Words at places counted from the first; `width` is the places taken, empty ones among them.

    Words of a shape that `is_loose` may lie apart.
    """

    slots: tuple[tuple[int, Slot], ...]
    width: int
    is_loose: bool = False


def near_query(column: Column, node: Near | Wildcard | Prefix) -> tantivy.Query | None:
    """What finds a Near, or a pattern of several words, in a column; None when it can find nothing.

    Raises TooManyShapes.
    """
    slop = node.distance if isinstance(node, Near) else 0
    queries = [_phrase(column, shape.slots, slop if shape.is_loose else 0) for shape in shapes(node)]
    if not queries:
        return None
    return queries[0] if len(queries) == 1 else _any(queries)


def shapes(node: Node) -> list[Shape]:
    """The phrases a node stands for, any of which will do. Raises TooManyShapes."""
    if isinstance(node, Near) and (crossing := _crossing(node)):
        return crossing
    return _shapes(node)


def parts_query(column: Column, node: Near) -> tantivy.Query | None:
    """What finds all parts of a Near in a column, wherever they stand."""
    queries = [_part(column, part) for part in node.parts]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else None


def _part(column: Column, part: Node) -> tantivy.Query:
    try:
        return _any([_phrase(column, shape.slots, 0) for shape in _shapes(part)])
    except TooManyShapes:
        found = parts_query(column, part) if isinstance(part, Near) else None
        return found or tantivy.Query.empty_query()


def _crossing(node: Near) -> list[Shape]:
    """Two words that are never the same, in any order, as two loose phrases, however far apart; else none."""
    if node.ordered or node.distance == 0 or len(node.parts) != 2:
        return []
    first, second = (_shapes(part) for part in node.parts)
    if len(first) != 1 or len(second) != 1 or first[0].width != 1 or second[0].width != 1:
        return []
    one, other = first[0].slots[0][1], second[0].slots[0][1]
    if any(_may_meet(a, b) for a, b in product(one, other)):
        return []
    return [Shape(((0, a), (1, b)), 2, is_loose=True) for a, b in ((one, other), (other, one))]


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


def _phrase(column: Column, slots: Sequence[tuple[int, Slot]], slop: int) -> tantivy.Query:
    words = [dict.fromkeys(word for pattern in slot for word in column.words(pattern).words) for _, slot in slots]
    if not all(words):
        return tantivy.Query.empty_query()
    if len(slots) == 1:
        return tantivy.Query.term_set_query(SCHEMA, column.name, list(words[0]))
    if all(len(each) == 1 for each in words):
        literal: list[str | tuple[int, str]] = [
            (place, word) for (place, _), each in zip(slots, words, strict=True) for word in each
        ]
        return tantivy.Query.phrase_query(SCHEMA, column.name, literal, slop)
    patterns: list[str | tuple[int, str]] = [(place, _regex(column, slot)) for place, slot in slots]
    return tantivy.Query.regex_phrase_query(SCHEMA, column.name, patterns, slop)


_LONGEST_REGEX = 900
"""Bytes of the words and patterns of one place: the engine takes regular expressions of up to 1,000 states."""


def _regex(column: Column, slot: Slot) -> str:
    """The engine's regular expression for a place, which is matched against whole words.

    The words of a pattern that fits very many are written out, since the engine gives up on so many.
    """
    written: list[str] = []
    size = 0
    for pattern in slot:
        found = column.words(pattern)
        for choice in found.words if found.is_cut else (pattern,):
            size += len(choice.encode())
            if size > _LONGEST_REGEX:
                column.cut(pattern)
                break
            written.append(_expression(choice))
    return written[0] if len(written) == 1 else f"({'|'.join(written)})"


def _expression(pattern: str) -> str:
    """A pattern as the engine's regular expression. Letters and digits mean themselves; other signs are escaped."""
    return "".join(
        {"*": ".*", "?": "."}.get(sign, sign if sign.isalnum() else f"\\x{{{ord(sign):x}}}") for sign in pattern
    )


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
