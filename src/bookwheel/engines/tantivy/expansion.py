"""The words of a column that a pattern stands for: the most frequent ones, and how many documents have them.

The engine would look for all of them itself, and takes seconds, or gives up, where there are very many.
"""

from __future__ import annotations

import re

from bookwheel.engines.tantivy.snapshot import CommonWords, Expansion, Snapshot
from bookwheel.errors import TooBroadError
from bookwheel.search.deadline import passed
from bookwheel.search.wildcards import beginning, is_pattern

MAX_EXPANSIONS = 200
"""Words a pattern may stand for in one column (reliability 1.4)."""

_MOST_LOOKED_AT = 20_000
"""Words with a pattern's beginning that are looked at, the most frequent ones."""

_MOST_OF_A_LETTER = 1_000
"""Words of each first letter that are looked at for a pattern without a beginning, the most frequent ones."""

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρστυφχψω"
"""First letters looked at for a pattern without a beginning, besides those of the pattern's own alphabet."""

_ALPHABET = 128
"""Letters of one alphabet stand together in Unicode in rows of so many."""


def expanded(snapshot: Snapshot, column: str, pattern: str) -> Expansion:
    """The words of a column of the engine that fit a folded pattern, or the word itself that is none."""
    if not is_pattern(pattern):
        return Expansion((pattern,), snapshot.searcher.doc_freq(column, pattern))
    key = (column, pattern)
    if (found := snapshot.expansions.get(key)) is None:
        found = snapshot.expansions[key] = _expanded(snapshot, column, pattern)
    return found


def _expanded(snapshot: Snapshot, column: str, pattern: str) -> Expansion:
    start = beginning(pattern)
    if pattern == f"{start}*" and start:
        counted, is_cut = snapshot.searcher.terms_with_prefix(column, start, None, MAX_EXPANSIONS + 1), False
    else:
        counted, is_cut = _fitting(snapshot, column, pattern, start)
    chosen = counted[:MAX_EXPANSIONS]
    return Expansion(
        tuple(word for word, _ in chosen), sum(count for _, count in chosen), is_cut or len(counted) > MAX_EXPANSIONS
    )


def _fitting(snapshot: Snapshot, column: str, pattern: str, start: str) -> tuple[list[tuple[str, int]], bool]:
    """Words and counts by falling count, and whether some that may fit were not looked at."""
    if start:
        lists = [common_words(snapshot, column, start, _MOST_LOOKED_AT)]
    else:
        lists = [_of_letter(snapshot, column, letter) for letter in first_letters(pattern)]
    fits = _in_lines(pattern)
    found = [(word, words.counts[word]) for words in lists for word in fits.findall(words.lines) if word]
    found.sort(key=lambda item: (-item[1], item[0]))
    return found, any(words.is_cut for words in lists)


def _of_letter(snapshot: Snapshot, column: str, letter: str) -> CommonWords:
    if passed():
        raise TooBroadError("The words that fit a pattern could not be looked up in time. Write out its first letters.")
    return common_of_letter(snapshot, column, letter)


def common_of_letter(snapshot: Snapshot, column: str, letter: str) -> CommonWords:
    """The most frequent words of a column with this first letter; kept as long as the commit is the newest."""
    key = (column, letter)
    if (found := snapshot.words.get(key)) is None:
        found = snapshot.words[key] = common_words(snapshot, column, letter, _MOST_OF_A_LETTER)
    return found


def common_words(snapshot: Snapshot, column: str, start: str, most: int) -> CommonWords:
    """So many words of a column that begin so, the most frequent ones."""
    counts = dict(snapshot.searcher.terms_with_prefix(column, start, None, most))
    return CommonWords(counts, "\n".join(counts), len(counts) >= most)


def first_letters(pattern: str) -> str:
    """What words may begin with that fit a folded pattern without a beginning."""
    rows = {ord(letter) // _ALPHABET for letter in pattern if not letter.isascii()}
    own = (chr(row * _ALPHABET + place) for row in rows for place in range(_ALPHABET))
    return "".join(dict.fromkeys((*_LETTERS, *(letter for letter in own if letter.isalnum()))))


def _in_lines(pattern: str) -> re.Pattern[str]:
    """Finds the lines of a text that fit a pattern."""
    written = "".join({"*": "[^\\n]*?", "?": "[^\\n]"}.get(sign, re.escape(sign)) for sign in pattern)
    return re.compile(f"^{written}$", re.MULTILINE)
