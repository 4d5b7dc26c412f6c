"""Other spellings of a question: offered only where they find more, and never for a word the catalogue knows.

A drug or a name that no dictionary has is right when records have it: "lenalidomide" is not corrected. Words with
digits are left alone, so that no gene, number or hyphenated code becomes another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import NamedTuple

from bookwheel.search.analysis import tokens
from bookwheel.search.engine import Engine
from bookwheel.search.lexer import box_tokens
from bookwheel.search.parse import parse
from bookwheel.search.query import Query
from bookwheel.search.ranking import SEARCH_TYPES
from bookwheel.search.spelling import is_better, most_edits
from bookwheel.search.syntaxes import detect


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` in place of the text searched for finds `count` records, more than it.

    `kind` is "replace" (the other spelling) or "expand" (either spelling), VuFind's two forms.
    """

    text: str
    count: int
    kind: str


MAX_SUGGESTIONS = 3
"""Texts offered of each kind."""

_MAX_WORDS = 4
"""Unknown words of one question: with more it is another language, not a slip."""

_MAX_TRIED = 8
"""Combinations of spellings that are counted."""


def suggestions(engine: Engine, query: Query, total: int = 0) -> tuple[Suggestion, ...]:
    """Better spellings of the words of a query that finds `total` records, the likeliest first."""
    kind = SEARCH_TYPES.get(query.search_type)
    # Of a strategy the tags would be corrected: "[tiab]" to a word that records have.
    if kind is None or not kind.columns or (query.syntax or detect(query.text)) != "box":
        return ()
    places = [place for place in _places(query.text) if most_edits(place.word)]
    spellings = _spellings(engine, dict.fromkeys(place.word for place in places))
    if not 0 < len(spellings) <= _MAX_WORDS:
        return ()
    unknown = [place for place in places if place.word in spellings]
    found: list[Suggestion] = []
    for chosen in islice(product(*spellings.values()), _MAX_TRIED):
        spelled = dict(zip(spellings, chosen, strict=True))
        replaced = _found(engine, query, _with(query.text, unknown, spelled, "{other}"), total, "replace")
        found += replaced
        if replaced and not any(place.is_in_phrase for place in unknown):
            found += _found(engine, query, _with(query.text, unknown, spelled, "({typed} OR {other})"), total, "expand")
        if sum(each.kind == "replace" for each in found) >= MAX_SUGGESTIONS:
            break
    return tuple(sorted(found, key=lambda each: each.kind == "expand"))


class _Place(NamedTuple):
    """`text[start:end]` of the query is the folded `word`."""

    word: str
    start: int
    end: int
    is_in_phrase: bool


def _places(text: str) -> Iterator[_Place]:
    """The words a reader wrote out: no operators, names of fields, or words cut by a wildcard.

    What is several words to the analysis ("T-cell") stands side by side as a phrase does.
    """
    for token in box_tokens(text):
        if token.kind in ("word", "phrase") and not token.suffix.startswith("*"):
            inside = tokens(text[token.start : token.end])
            for word in inside:
                yield _Place(word.text, token.start + word.start, token.start + word.end, len(inside) > 1)


def _spellings(engine: Engine, words: Iterable[str]) -> dict[str, Sequence[str]]:
    """Other spellings of each word that no record, or next to none, has."""
    found: dict[str, Sequence[str]] = {}
    for word in words:
        known = engine.frequency(word)
        others = [near.value for near in engine.spellings(word) if is_better(near.count, known)]
        if others:
            found[word] = others
    return found


def _with(text: str, places: Sequence[_Place], spelled: dict[str, str], form: str) -> str:
    for place in sorted(places, key=lambda each: -each.start):
        typed = text[place.start : place.end]
        text = text[: place.start] + form.format(typed=typed, other=spelled[place.word]) + text[place.end :]
    return text


def _found(engine: Engine, query: Query, text: str, total: int, kind: str) -> list[Suggestion]:
    tree = parse(text, query.search_type, query.syntax).tree
    count = engine.search(replace(query, text=text, tree=tree, facets=(), page=1, size=0, after="")).total
    return [Suggestion(text, count, kind)] if count > total else []
