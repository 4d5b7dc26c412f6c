"""A query tree printed in the language of the search box: `parse(write(tree)).tree == tree`."""

from __future__ import annotations

import re

from bookwheel.records.identifiers import detect
from bookwheel.search.lexer import QUOTES, BoxToken, box_tokens
from bookwheel.search.parse import reads_as_title_in_capitals
from bookwheel.search.query import And, Everything, Exact, Field, Node, Not, Or, Phrase, Prefix, Range, Word


def write(tree: Node) -> str:
    """The text a reader could have typed for the tree; "" for everything.

    The law holds for trees as the parser makes them: And and Or have two parts or more and none of their own kind, Not
    holds no Not, texts hold a letter or digit.
    """
    if tree == Everything():
        return ""
    text = _written(tree)
    return f"({text})" if reads_as_title_in_capitals(box_tokens(text), text) else text


def _written(node: Node) -> str:
    match node:
        case Everything():
            return "*:*"
        case Word(text):
            return _word(text)
        case Phrase(text, slop):
            return f"{_quoted(text)}~{slop}" if slop else _quoted(text)
        case Prefix(text):
            return f"{text}*" if _reads_as(text, f"{text}*", "*") else f"{_escaped(text)}*"
        case Range(name, low, high):
            return f"{name}:[{low or '*'} TO {high or '*'}]"
        case Exact(name, value):
            return f"{name}:{_quoted(value)}"
        case Field(name, part):
            return f"{name}:{_grouped(part)}"
        case Not(part):
            return f"NOT {_grouped(part)}"
        case And(parts):
            return " AND ".join(_joinable(part) for part in parts)
        case Or(parts):
            return " OR ".join(_joinable(part) for part in parts)


def _joinable(node: Node) -> str:
    return f"({_written(node)})" if isinstance(node, And | Or) else _written(node)


def _grouped(node: Node) -> str:
    return f"({_written(node)})" if isinstance(node, And | Or | Not) else _written(node)


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
