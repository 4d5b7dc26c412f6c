"""What people type into the search box, cut into tokens: words, phrases, operators, prefixes, ranges, parentheses.

Every text can be cut. A backslash takes the next character as it is. One pass, linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from bookwheel.search.prefixes import target_named

Kind: TypeAlias = Literal[
    "word", "phrase", "everything", "range", "prefix", "and", "or", "not", "near", "minus", "(", ")"
]


@dataclass(frozen=True, slots=True)
class BoxToken:
    """`text` is what stands inside, escapes undone. `suffix` is what follows a word or phrase: "*", "~3", "^2".

    Of a "near" `text` is the operator ("NEAR", "PRE") and `high` the distance. `start` and `end` are its place.

    `is_escaped`: something in it was escaped, so it is a plain word whatever it looks like.
    `high` and `ends` belong to ranges: the second bound, and the brackets ("[]").
    """

    kind: Kind
    text: str = ""
    suffix: str = ""
    is_escaped: bool = False
    high: str = ""
    ends: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


QUOTES = '"“”„‟«»＂'
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or"}

_BLANK = re.compile(r"[\s—―]+")
"""A dash between two thoughts parts words as a blank does."""
_PREFIX = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,40}):(?=\S)")
_SPACED_PREFIX = re.compile(r"([A-Za-z]{3,5}): (?=[0-9h])", re.IGNORECASE)
"""Identifiers are pasted with a blank: "doi: 10.1155/…"."""
_RANGE = re.compile(r"([\[{])\s*([^\s\[\]{}\"\\]+)\s+(?:TO|to)\s+([^\s\[\]{}\"\\]+)\s*([\]}])")
_SUFFIX = re.compile(r"(?:~[0-9]{0,4}(?:\.[0-9]{1,4})?|\^[0-9]{1,4}(?:\.[0-9]{1,4})?)+(?=[\s)]|$)")
_BOOST = re.compile(r"\^[0-9]{1,4}(?:\.[0-9]{1,4})?(?=[\s)]|$)")
_NEAR = re.compile(r"(NEAR|PRE)/([0-9]{1,2})(?=[\s(\"]|$)")
_WORD_CHARACTERS = re.compile(rf"[^\s—―()\\{QUOTES}~^]+")


def box_tokens(text: str) -> list[BoxToken]:
    """The tokens of a search text. Quotes and parentheses may be left open or closed too often: see `parse`."""
    found: list[BoxToken] = []
    place = 0
    while place < len(text):
        if match := _BLANK.match(text, place):
            place = match.end()
            continue
        start = place
        if text[place] in "()":
            token, place = _parenthesis(text, place)
        elif text[place] in QUOTES:
            token, place = _phrase(text, place)
        else:
            token, place = _other(text, place)
        found.append(replace(token, start=start, end=place))
    return found


def has_open_quote(text: str) -> bool:
    """Whether a quotation mark lacks its partner."""
    marks = re.sub(r"\\.", "", text, flags=re.DOTALL)
    return sum(marks.count(mark) for mark in QUOTES) % 2 == 1


def _parenthesis(text: str, place: int) -> tuple[BoxToken, int]:
    if text[place] == "(":
        return BoxToken("("), place + 1
    match = _BOOST.match(text, place + 1)
    return BoxToken(")", suffix=match[0] if match else ""), match.end() if match else place + 1


def _phrase(text: str, start: int) -> tuple[BoxToken, int]:
    """A phrase, or an empty word for a quotation mark that is never closed."""
    inside: list[str] = []
    is_escaped = False
    place = start + 1
    while place < len(text) and text[place] not in QUOTES:
        if text[place] == "\\" and place + 1 < len(text):
            is_escaped = True
            place += 1
        inside.append(text[place])
        place += 1
    if place >= len(text):
        return BoxToken("word"), start + 1
    suffix = _SUFFIX.match(text, place + 1)
    end = suffix.end() if suffix else place + 1
    return BoxToken("phrase", "".join(inside), suffix[0] if suffix else "", is_escaped), end


def _other(text: str, place: int) -> tuple[BoxToken, int]:
    if text.startswith("*:*", place):
        return BoxToken("everything"), place + 3
    if text[place] in "+-" and place + 1 < len(text) and not text[place + 1].isspace():
        return BoxToken("minus" if text[place] == "-" else "word"), place + 1
    for pattern in (_PREFIX, _SPACED_PREFIX):
        match = pattern.match(text, place)
        if match and (target := target_named(match[1])) and (pattern is _PREFIX or target.exact):
            return BoxToken("prefix", match[1]), match.end()
    if match := _NEAR.match(text, place):
        return BoxToken("near", match[1], high=match[2]), match.end()
    if match := _RANGE.match(text, place):
        return BoxToken("range", match[2], high=match[3], ends=match[1] + match[4]), match.end()
    return _word(text, place)


def _word(text: str, start: int) -> tuple[BoxToken, int]:
    inside: list[str] = []
    is_escaped = False
    suffix = ""
    last_escaped = -1
    place = start
    while place < len(text):
        if match := _WORD_CHARACTERS.match(text, place):
            inside.append(match[0])
            place = match.end()
        elif text[place] == "\\" and place + 1 < len(text):
            is_escaped = True
            inside.append(text[place + 1])
            place += 2
            last_escaped = place
        elif match := _SUFFIX.match(text, place):
            suffix = match[0]
            place = match.end()
            break
        elif text[place] in "~^\\":
            inside.append(text[place])
            place += 1
        else:
            break
    word = "".join(inside)
    if not is_escaped and word in _OPERATORS:
        return BoxToken(_OPERATORS[word], word), place
    if word.endswith("*") and last_escaped != place - len(suffix):
        word, suffix = word[:-1], f"*{suffix}"
    return BoxToken("word", word, suffix, is_escaped), place
