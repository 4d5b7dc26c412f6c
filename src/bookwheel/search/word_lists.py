"""Which words of an index a pattern stands for: what `leuk*` or `lenalidomid~` finds, to be shown to the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bookwheel.search.analysis import folded_words
from bookwheel.search.edit_distance import is_within
from bookwheel.search.query import Fuzzy, Prefix
from bookwheel.search.results import FacetValue, Pattern, WordList
from bookwheel.search.wildcards import beginning, pattern_regex, pattern_words


def beginnings(pattern: Pattern) -> tuple[str, ...]:
    """What the words of a pattern may begin with; () for one of several words or of none.

    Of a spelling only words that begin with one of its first two letters are looked at.
    """
    words = _words(pattern)
    if len(words) != 1:
        return ()
    return tuple(dict.fromkeys(words[0][:2])) if isinstance(pattern, Fuzzy) else (beginning(words[0]),)


def matcher(pattern: Pattern) -> Callable[[str], bool]:
    """Whether a folded word is one of a pattern's; of one word."""
    word = _words(pattern)[0]
    if isinstance(pattern, Fuzzy):
        return lambda other: other.startswith(beginnings(pattern)) and is_within(word, other, pattern.distance)
    if isinstance(pattern, Prefix):
        return lambda other: other.startswith(word)
    fits = pattern_regex(word).match
    return lambda other: fits(other) is not None


def word_list(counts: Mapping[str, int], limit: int, *, is_cut: bool = False) -> WordList:
    """The most frequent words, ties by word."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return WordList(tuple(FacetValue(*item) for item in ranked[: max(0, limit)]), len(ranked), is_cut)


def _words(pattern: Pattern) -> list[str]:
    return folded_words(pattern.text) if isinstance(pattern, Fuzzy | Prefix) else pattern_words(pattern.text)
