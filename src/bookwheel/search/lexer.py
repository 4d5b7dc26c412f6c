"""What people type into the search box, cut into tokens: words, phrases, operators, prefixes, ranges, parentheses.

Every text can be cut. A backslash takes the next character as it is. One pass, linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from bookwheel.search.analysis import folded_words
from bookwheel.search.function_words import FUNCTION_WORDS
from bookwheel.search.prefixes import target_named

Kind: TypeAlias = Literal[
    "word", "phrase", "everything", "range", "prefix", "and", "or", "not", "near", "minus", "(", ")"
]


@dataclass(frozen=True, slots=True)
class BoxToken:
    """`text` is what stands inside, escapes undone. `suffix` is what follows a word or phrase: "*", "~3", "^2".

    Of a "near" `text` is the operator ("NEAR", "PRE") and `high` the distance. `start` and `end` are its place.

    `is_escaped`: something in it was escaped, so it is a plain word whatever it looks like.
    `is_mere_text`: it looks like an operator or a wildcard, but the text around it is a sentence, so it is a word.
    `high` and `ends` belong to ranges: the second bound, and the brackets ("[]").
    """

    kind: Kind
    text: str = ""
    suffix: str = ""
    is_escaped: bool = False
    is_mere_text: bool = False
    high: str = ""
    ends: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


MIN_SENTENCE = 8
"""Words that make a sentence of a text: what looks like an operator in it may be a word."""

MIN_JOINING = 2
"""Function words a text needs besides, so that a hyphen in it is a dash: a list of terms has hardly one."""

MIN_AROUND_SIGN = 3
"""Other words that tell that `*` or `?` behind a digit belongs to a name or a number: "CYP2D6*4", "2?mA"."""

QUOTES = '"“”„‟«»＂'
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or"}

_BLANK = re.compile(r"(?:[\s—―]|--+(?=\s))+")
"""A dash between two thoughts parts words as a blank does."""
_PREFIX = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,40}):(?=\S)")
_SPACED_PREFIX = re.compile(r"([A-Za-z]{3,5}): (?=[0-9h])", re.IGNORECASE)
"""Identifiers are pasted with a blank: "doi: 10.1155/…"."""
_RANGE = re.compile(r"([\[{])\s*([^\s\[\]{}\"\\]+)\s+(?:TO|to)\s+([^\s\[\]{}\"\\]+)\s*([\]}])")
_SUFFIX = re.compile(r"(?:~[0-9]{0,4}(?:\.[0-9]{1,4})?|\^[0-9]{1,4}(?:\.[0-9]{1,4})?)+(?=[\s)]|$)")
_BOOST = re.compile(r"\^[0-9]{1,4}(?:\.[0-9]{1,4})?(?=[\s)]|$)")
_NEAR = re.compile(r"(NEAR|PRE)/([0-9]{1,2})(?=[\s(\"]|$)")
_SIGN_BEHIND_DIGIT = re.compile(r"[0-9][*?][0-9A-Za-zµμ]")
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
        if text[place] == "-" and found and found[-1].kind in (")", "phrase") and found[-1].end == place:
            # "(ARB)-based": a hyphen, and no NOT.
            place += 1
            continue
        if text[place] in "()":
            token, place = _parenthesis(text, place)
        elif text[place] in QUOTES:
            token, place = _phrase(text, place)
        else:
            token, place = _other(text, place)
        found.append(replace(token, start=start, end=place))
    return _with_mere_text(found)


def _with_mere_text(tokens: list[BoxToken]) -> list[BoxToken]:
    """The tokens, those marked that look like operators or wildcards but are words of a text without operators."""
    doubtful = {place: least for place in range(len(tokens)) if (least := _words_that_make_it_text(tokens, place))}
    others = [token for place, token in enumerate(tokens) if place not in doubtful]
    if not doubtful or any(token.kind not in ("word", "phrase", "(", ")") or token.suffix for token in others):
        return tokens
    words = [token.text for token in others if token.kind == "word"]
    is_dash_likely = sum(word in FUNCTION_WORDS for text in words for word in folded_words(text)) >= MIN_JOINING
    return [
        replace(token, kind="word", is_mere_text=True)
        if len(words) >= doubtful.get(place, len(words) + 1) and (token.kind != "minus" or is_dash_likely)
        else token
        for place, token in enumerate(tokens)
    ]


def _words_that_make_it_text(tokens: list[BoxToken], place: int) -> int:
    """How many plain words around a token make a mere word of it; 0 for a token that is what it looks like."""
    token = tokens[place]
    before, behind, next_but_one = (
        tokens[other].kind if 0 <= other < len(tokens) else "" for other in (place - 1, place + 1, place + 2)
    )
    if token.kind in ("and", "or") and (before == "(" or behind == ")"):
        return MIN_SENTENCE  # "(outside OR)"
    if token.kind == "minus" and before == behind == next_but_one == "word":
        return MIN_SENTENCE  # "a program -in the group": who excludes a word writes it last.
    if token.kind == "word" and not token.suffix and not token.is_escaped and _SIGN_BEHIND_DIGIT.search(token.text):
        return MIN_AROUND_SIGN
    return 0


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
        elif inside and (match := _SUFFIX.match(text, place)):
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
