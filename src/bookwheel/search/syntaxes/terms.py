"""Words, phrases and patterns as databases have them: unstemmed, several words always a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bookwheel.search.analysis import folded_words
from bookwheel.search.limits import MIN_PREFIX
from bookwheel.search.notes import Notes
from bookwheel.search.prefixes import YEAR
from bookwheel.search.query import Exact, Near, Node, Or, Phrase, Prefix, Range, Wildcard
from bookwheel.search.wildcards import beginning, is_pattern, letters, pattern_words


def term(text: str, notes: Notes, start: int, end: int) -> Node | None:
    """A term in which * stands for any letters and ? for one; None when it has no word.

    `start` and `end` are its place in the reader's text.
    """
    if not is_pattern(text):
        return Phrase(text) if folded_words(text) else None
    return in_a_row([node for word in text.split() if (node := word_or_pattern(word, notes, start, end)) is not None])


def in_a_row(nodes: list[Node]) -> Node | None:
    """Words and patterns side by side: a phrase, a prefix of several words, or a Near of distance 0."""
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    *before, last = nodes
    if all(isinstance(node, Phrase) for node in before) and isinstance(last, Phrase | Prefix):
        text = " ".join(node.text for node in (*before, last) if isinstance(node, Phrase | Prefix))
        return Prefix(text) if isinstance(last, Prefix) else Phrase(text)
    return Near(tuple(nodes), 0, ordered=True)


def word_or_pattern(word: str, notes: Notes, start: int, end: int) -> Node | None:
    """One word, of which the last sign may be a *; None when it has no letters."""
    words = pattern_words(word)
    if not any(map(letters, words)):
        return None
    if not any(map(is_pattern, words)):
        return Phrase(word)
    plain = Phrase(re.sub(r"[*?]", "", word))
    if any(is_pattern(each) and not beginning(each) for each in words):
        notes.lost(
            "leading-wildcard", "A word cannot begin with a wildcard; its letters were searched as a word.", start, end
        )
        return plain
    if any(letters(each) < MIN_PREFIX for each in words if is_pattern(each)):
        notes.lost(
            "short-prefix",
            "A wildcard needs %(least)s letters; %(word)s was searched as a word.",
            start,
            end,
            least=MIN_PREFIX,
            word=plain.text,
        )
        return plain
    if word.endswith("*") and not is_pattern(word[:-1]):
        return Prefix(word[:-1])
    return Wildcard(word)


def alternatives(nodes: Iterable[Node]) -> Node:
    found = tuple(dict.fromkeys(nodes))
    return found[0] if len(found) == 1 else Or(found)


def name(text: str, notes: Notes, start: int, end: int) -> Node | None:
    """An author as databases write them: "Gerber C" is a Gerber whose next name begins with C."""
    words = text.replace("*", "").replace("$", "").replace(",", " ").split()
    if not words or not folded_words(" ".join(words)):
        return None
    *family, last = words
    if family and len(last) <= 3 and last.isupper():
        if len(last) > 1:
            notes.lost("initials", "Of the initials %(initials)s the first was searched.", start, end, initials=last)
        return Prefix(" ".join([*family, last[0]]))
    if text.rstrip().endswith(("*", "$")):
        return Prefix(" ".join(words))
    return Phrase(" ".join(words))


_DATE = re.compile(r"([0-9]{4})(?:[/-]([0-9]{1,2}))?(?:[/-]([0-9]{1,2}))?")


def years(low: str, high: str, notes: Notes, start: int, end: int) -> Range | None:
    """The years from one date to another; None for what is no date. "", "*", 1000 and years from 2999 are open."""
    bounds: list[str | None] = []
    for text in (low, high):
        match = _DATE.fullmatch(text.strip())
        if match is None and text.strip() not in ("", "*"):
            return None
        if match and match[2] and not _is_whole_year(match, is_high=text is high and low is not high):
            notes.lost("date", "Records are dated by their year; months and days were left out.", start, end)
        bounds.append(match[1] if match and "1000" < match[1] < "2999" else None)
    return Range(YEAR, bounds[0], bounds[1])


def _is_whole_year(match: re.Match[str], *, is_high: bool) -> bool:
    day = (int(match[2]), int(match[3] or (31 if is_high else 1)))
    return day == ((12, 31) if is_high else (1, 1))


LANGUAGES = {
    "eng": "English", "fre": "French", "ger": "German", "spa": "Spanish", "por": "Portuguese", "ita": "Italian",
    "rus": "Russian", "chi": "Chinese", "jpn": "Japanese", "pol": "Polish", "dut": "Dutch", "tur": "Turkish",
}  # fmt: skip
"""Codes of MEDLINE for the names the index bears; names need no entry."""


def language(text: str) -> Exact:
    """Records in a language, by its English name or MEDLINE's code."""
    key = text.strip().lower()
    return Exact("language", LANGUAGES.get(key, key.capitalize()))
