"""Patterns of words: "*" stands for any letters or none, "?" for exactly one letter or digit."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache

from bookwheel.search.analysis import folded_words

_STANDS_FOR = {"ꙮ": "*", "ꙭ": "?"}
"""Letters hardly anybody writes, to carry the signs of a pattern through the analysis, which drops signs."""

_CARRY = str.maketrans({sign: letter for letter, sign in _STANDS_FOR.items()} | dict.fromkeys(_STANDS_FOR, " "))
_BACK = str.maketrans({letter.lower(): sign for letter, sign in _STANDS_FOR.items()} | _STANDS_FOR)


def pattern_words(text: str) -> list[str]:
    """The folded words of a text, its signs * and ? kept: "Hæm*-Wom?n" is ["haem*", "wom?n"]."""
    return [word.translate(_BACK) for word in folded_words(text.translate(_CARRY))]


def is_pattern(word: str) -> bool:
    return "*" in word or "?" in word


def beginning(pattern: str) -> str:
    """The letters before the first sign: "wom?n*" begins with "wom"."""
    return _SIGN.split(pattern, maxsplit=1)[0]


def letters(pattern: str) -> int:
    """Letters and digits in it, signs apart."""
    return len(_SIGN.sub("", pattern))


@lru_cache(maxsize=1_000)
def pattern_regex(pattern: str) -> re.Pattern[str]:
    """What a folded word must match in full. Linear in the word: no star is tried twice."""
    return re.compile(translate(pattern))


_SIGN = re.compile(r"[*?]")
