"""A tree in the language of the box."""

from __future__ import annotations

import re

from bookwheel.records.identifiers import detect
from bookwheel.search.lexer import QUOTES, BoxToken, box_tokens
from bookwheel.search.notes import Notes
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    Field,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from bookwheel.search.syntaxes.box import reads_as_title_in_capitals


def write(tree: Node, notes: Notes) -> str:
    """The text a reader could have typed for the tree; "" for everything."""
    if tree == Everything():
        return ""
    text = _Writer(notes).written(tree)
    return f"({text})" if reads_as_title_in_capitals(box_tokens(text), text) else text


class _Writer:
    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def written(self, node: Node) -> str:
        match node:
            case Everything():
                return "*:*"
            case Word(text):
                return _word(text)
            case Phrase(text, slop):
                return f"{_quoted(text)}~{slop}" if slop else _quoted(text)
            case Prefix(text):
                is_plain = _reads_as(text, f"{text}*", "*") and "*" not in text and "?" not in text
                return f"{text}*" if is_plain else f"{_escaped(text)}*"
            case Wildcard(text):
                return self._wildcard(text)
            case Fuzzy(text, distance):
                return f"{text}~{distance}" if _reads_as(text, text, "") else f"{_escaped(text)}~{distance}"
            case Near(parts, distance, ordered):
                return f" {'PRE' if ordered else 'NEAR'}/{distance} ".join(self._one(part) for part in parts)
            case Heading(text, exploded):
                return f"{'mh' if exploded else 'mh_noexp'}:{_quoted(text)}"
            case Boost(part, weight):
                return f"({self.written(part)})^{weight:.15g}"
            case Range(name, low, high):
                return f"{name}:[{low or '*'} TO {high or '*'}]"
            case Exact(name, value):
                return f"{name}:{_quoted(value)}"
            case Field(name, part):
                return f"{name}:{self._one(part)}"
            case Not(part):
                return f"NOT {self._one(part, near_needs_none=True)}"
            case And(parts):
                return " AND ".join(self._joinable(part) for part in parts)
            case AtLeast(parts, minimum):
                self.notes.lost(
                    "write", "That %(minimum)s of several parts are enough cannot be written.", minimum=minimum
                )
                return self.written(Or(parts))
            case Or(parts):
                return " OR ".join(self._joinable(part) for part in parts)

    def _joinable(self, node: Node) -> str:
        return f"({self.written(node)})" if isinstance(node, And | Or | AtLeast) else self.written(node)

    def _one(self, node: Node, *, near_needs_none: bool = False) -> str:
        needs = isinstance(node, And | Or | AtLeast | Not) or (isinstance(node, Near) and not near_needs_none)
        return f"({self.written(node)})" if needs else self.written(node)

    def _wildcard(self, text: str) -> str:
        if not text.endswith("?"):
            return text
        self.notes.lost(
            "write", "A ? at the end of a word asks a question in the box; %(word)s is written with *.", word=text
        )
        return text.rstrip("?*") + "*"


def _word(text: str) -> str:
    """The word as it is where it reads as itself, with its signs escaped where it does not."""
    is_plain = _reads_as(text, text, "") and detect(text) is None and "*" not in text and "?" not in text
    return text if is_plain else _escaped(text)


def _reads_as(word: str, text: str, suffix: str) -> bool:
    return "\\" not in word and box_tokens(text) == [BoxToken("word", word, suffix)]


def _escaped(text: str) -> str:
    return "\\" + text[0] + _SIGN.sub(r"\\\g<0>", text[1:])


_SIGN = re.compile(rf"[\s—―()\\~^*:{QUOTES}]")


def _quoted(text: str) -> str:
    return '"' + re.sub(rf"[\\{QUOTES}]", r"\\\g<0>", text) + '"'
