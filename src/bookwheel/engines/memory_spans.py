"""Where in a column the parts of a Near stand, tried one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bookwheel.search.analysis import folded_words
from bookwheel.search.query import Boost, Fuzzy, Near, Node, Or, Phrase, Prefix, Wildcard, Word
from bookwheel.search.wildcards import pattern_regex, pattern_words

Column = Sequence[str | None]
Span = tuple[int, int]
"""First and last place, both included."""


def spans(node: Node, column: Column) -> list[Span]:
    """All stretches of a column a node stands in, in order; none for a node that is no part of a Near."""
    match node:
        case Word(text) | Phrase(text) | Fuzzy(text):
            return _sequences([_Literal(word) for word in folded_words(text)], column)
        case Prefix(text):
            words = folded_words(text)
            return _sequences([*map(_Literal, words[:-1]), *map(_Beginning, words[-1:])], column)
        case Wildcard(text):
            return _sequences([_Pattern(word) for word in pattern_words(text)], column)
        case Or(parts):
            return sorted({span for part in parts for span in spans(part, column)})
        case Boost(part):
            return spans(part, column)
        case Near(parts, distance, ordered):
            found = [spans(part, column) for part in parts]
            return sorted(set(_near(found, distance, ordered))) if parts else []
    return []


class _Literal:
    def __init__(self, text: str) -> None:
        self.text = text

    def fits(self, word: str) -> bool:
        return word == self.text


class _Beginning(_Literal):
    def fits(self, word: str) -> bool:
        return word.startswith(self.text)


class _Pattern(_Literal):
    def fits(self, word: str) -> bool:
        return pattern_regex(self.text).fullmatch(word) is not None


def _sequences(wanted: list[_Literal], column: Column) -> list[Span]:
    if not wanted:
        return []
    found = []
    for start in range(len(column) - len(wanted) + 1):
        words = column[start : start + len(wanted)]
        if all(word is not None and each.fits(word) for each, word in zip(wanted, words, strict=True)):
            found.append((start, start + len(wanted) - 1))
    return found


def _near(found: list[list[Span]], distance: int, ordered: bool) -> Iterator[Span]:
    """The stretches in which one span of each list stands, near enough."""
    widest = [max((end - start + 1 for start, end in each), default=0) for each in found]
    reach = distance + sum(widest)

    def place(chosen: list[Span]) -> Iterator[Span]:
        if len(chosen) == len(found):
            start, end = min(s for s, _ in chosen), max(e for _, e in chosen)
            free = end - start + 1 - sum(e - s + 1 for s, e in chosen)
            if free <= distance:
                yield start, end
            return
        candidates = found[len(chosen)]
        first = 0 if not chosen else bisect_left(candidates, (chosen[0][0] - reach, 0))
        for start, end in candidates[first:]:
            if chosen and start > chosen[0][1] + reach:
                break
            if ordered and chosen and start <= chosen[-1][1]:
                continue
            if all(end < s or start > e for s, e in chosen):
                yield from place([*chosen, (start, end)])

    yield from place([])
