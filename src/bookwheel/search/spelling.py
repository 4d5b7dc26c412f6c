"""Which word was likely meant by one that no record has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.search.edit_distance import is_within

COLUMNS = ("title_words", "author", "topic_words", "description_words")
"""Text columns whose words are spelled well enough to correct by."""

_FEW_BEARERS = 2
"""A word of so few records may be a slip of their authors; of more it is a word."""

_MUCH_MORE = 100
"""How many times as many records another spelling needs to make a rare word a slip."""

_WORTH_OF_AN_EDIT = 50
"""A spelling one more edit away must be of so many times as many records to be the likelier one."""


def most_edits(word: str) -> int:
    """Edits that may lie between a word and what was meant: none in short words and those with digits."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 6 else 2


def is_better(count: int, known: int) -> bool:
    """Whether a spelling `count` records have may stand in for one that `known` records have."""
    return count > 0 if known == 0 else known <= _FEW_BEARERS and count >= known * _MUCH_MORE


class Vocabulary:
    """Words with the number of records that have them, to be asked for those near in spelling."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._by_length: dict[int, list[tuple[int, str, int]]] = {}
        for word, count in counts.items():
            if word.isalpha():
                self._by_length.setdefault(len(word), []).append((_letters(word), word, count))

    def near(self, word: str) -> Iterator[tuple[str, int, int]]:
        """Other words within `most_edits`: the word, its count, and how many edits away."""
        most, letters = most_edits(word), _letters(word)
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            for theirs, other, count in self._by_length.get(length, ()):
                # An edit takes away one letter and brings one: most words differ in more and need no closer look.
                if (theirs ^ letters).bit_count() <= 2 * most and other != word and is_within(word, other, most):
                    yield other, count, 1 if is_within(word, other, 1) else 2


def likeliest(near: Iterable[tuple[str, int, int]], limit: int) -> list[tuple[str, int]]:
    """Words and counts of `Vocabulary.near`, the likeliest to be meant first, ties by word."""
    ranked = sorted(set(near), key=lambda each: (-each[1] / _WORTH_OF_AN_EDIT ** each[2], each[0]))
    return [(word, count) for word, count, _ in ranked[: max(0, limit)]]


def _letters(word: str) -> int:
    """A bit for each letter that occurs; letters of other scripts share bits."""
    found = 0
    for letter in word:
        found |= 1 << ord(letter) % 64
    return found
