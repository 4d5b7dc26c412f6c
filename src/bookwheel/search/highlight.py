"""Which words of a text a query found: plain spans, which templates turn into marks after escaping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from bookwheel.search.analysis import Token, folded_words, stem, tokens
from bookwheel.search.edit_distance import is_within
from bookwheel.search.headings import as_words
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Field,
    Fuzzy,
    Heading,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from bookwheel.search.wildcards import pattern_regex, pattern_words


class Span(NamedTuple):
    """`text[start:end]` in characters."""

    start: int
    end: int


class Snippet(NamedTuple):
    """A stretch `text` of a longer text, from its character `start`; `spans` count within the stretch."""

    text: str
    start: int
    spans: tuple[Span, ...]


MAX_CHARACTERS = 100_000
"""Of a text that are looked at."""


def highlight(text: str, tree: Node) -> list[Span]:
    """Places of the words the tree asks for, in order, apart from one another.

    Words are found by their stem, words side by side and phrases as a whole, prefixes by their letters. What the tree
    excludes is not marked; fields are not told apart.
    """
    finders = _finders(tree)
    if not finders:
        return []
    words = tokens(text[:MAX_CHARACTERS])
    found = (Span(words[first].start, words[last].end) for find in finders for first, last in find(words))
    return _apart(sorted(set(found)))


def snippet(text: str, tree: Node, size: int = 300) -> Snippet:
    """The stretch of at most `size` characters with the most different matches, cut between words."""
    spans = highlight(text, tree)
    if len(text) <= size:
        return Snippet(text, 0, tuple(spans))
    start = _best_start(text, spans, size)
    end = min(len(text), start + size)
    if end < len(text) and (blank := text.rfind(" ", start + size // 2, end + 1)) > 0:
        end = blank
    inside = tuple(Span(s - start, e - start) for s, e in spans if start <= s and e <= end)
    return Snippet(text[start:end], start, inside)


_Finder = Callable[[Sequence[Token]], Iterable[tuple[int, int]]]
"""Gives the first and last token of every place found."""


@lru_cache(maxsize=200)
def _finders(tree: Node) -> tuple[_Finder, ...]:
    match tree:
        case Word(text) if words := folded_words(text):
            return (_side_by_side([stem(word) for word in words], stem),)
        case Phrase(text, slop) if words := folded_words(text):
            # Words of a loose phrase stand somewhere near; each is marked where it stands.
            return tuple(_side_by_side([word], str) for word in words) if slop else (_side_by_side(words, str),)
        case Prefix(text) if words := folded_words(text):
            return (_beginning(words),)
        case Wildcard(text) if words := pattern_words(text):
            return (_fitting([pattern_regex(word).match for word in words]),)
        case Fuzzy(text, distance) if words := folded_words(text):
            return (_fitting([partial(is_within, word, distance=distance) for word in words]),)
        case Heading():
            return _finders(as_words(tree))
        case Field(_, part) | Boost(part):
            return _finders(part)
        case And(parts) | Or(parts) | AtLeast(parts) | Near(parts):
            return tuple(finder for part in parts for finder in _finders(part))
    return ()


def _side_by_side(wanted: Sequence[str], form: Callable[[str], str]) -> _Finder:
    def find(words: Sequence[Token]) -> Iterable[tuple[int, int]]:
        for place in range(len(words) - len(wanted) + 1):
            if all(form(words[place + step].text) == word for step, word in enumerate(wanted)):
                yield place, place + len(wanted) - 1

    return find


def _fitting(wanted: Sequence[Callable[[str], object]]) -> _Finder:
    def find(words: Sequence[Token]) -> Iterable[tuple[int, int]]:
        for place in range(len(words) - len(wanted) + 1):
            if all(fits(words[place + step].text) for step, fits in enumerate(wanted)):
                yield place, place + len(wanted) - 1

    return find


def _beginning(wanted: Sequence[str]) -> _Finder:
    *before, prefix = wanted

    def find(words: Sequence[Token]) -> Iterable[tuple[int, int]]:
        for place in range(len(before), len(words)):
            first = place - len(before)
            if words[place].text.startswith(prefix) and [w.text for w in words[first:place]] == before:
                yield first, place

    return find


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap or touch without a sign between become one."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _best_start(text: str, spans: Sequence[Span], size: int) -> int:
    """Where the stretch with the most different words found begins, a little before the first of them."""
    lead = size // 4
    folded = [text[start:end].casefold() for start, end in spans]
    best, most = 0, 0
    for place, (first, _) in enumerate(spans):
        start = max(0, min(first - lead, len(text) - size))
        inside = [word for word, span in zip(folded[place:], spans[place:], strict=True) if span.end <= start + size]
        worth = len(set(inside)) * 100 + min(len(inside), 99)
        if worth > most:
            best, most = start, worth
    if best == 0:
        return 0
    blank = text.find(" ", best, best + lead)
    return blank + 1 if blank >= 0 else best
