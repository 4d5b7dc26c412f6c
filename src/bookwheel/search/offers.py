"""Ways on from a search that found nothing, each with the number of records it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bookwheel.search.engine import Engine
from bookwheel.search.lexer import box_tokens
from bookwheel.search.parse import parse
from bookwheel.search.query import Filter, Query, YearRange
from bookwheel.search.suggestions import suggestions


@dataclass(frozen=True, slots=True)
class Offer:
    """A search that finds `count` records, more than none.

    `kind` is "without-filter" (of `filter`), "without-years", "unfiltered", "all-fields", "any-word" or "spelling".
    """

    kind: str
    query: Query
    count: int
    filter: Filter | None = None


MAX_FILTERS = 8
"""Filters that are tried one by one: each costs a count."""


def offers(engine: Engine, query: Query) -> tuple[Offer, ...]:
    """What leads to hits, the nearest to what was asked first: fewer restrictions, other fields, other words."""
    bare = replace(query, facets=(), notes=(), page=1, after="")
    tried = ((kind, offer, without, counted(engine, offer)) for kind, offer, without in _candidates(engine, bare))
    return tuple(Offer(kind, offer, count, without) for kind, offer, without, count in tried if count)


def counted(engine: Engine, query: Query) -> int:
    """How many records a query finds."""
    return engine.search(replace(query, facets=(), page=1, size=0, after="")).total


def unfiltered(query: Query) -> Query:
    """The query without filters and years."""
    return replace(query, filters=(), years=YearRange(), page=1, after="")


def _candidates(engine: Engine, query: Query) -> Iterator[tuple[str, Query, Filter | None]]:
    for restriction in query.filters[:MAX_FILTERS]:
        yield "without-filter", query.without_filter(restriction), restriction
    if query.years != YearRange():
        yield "without-years", replace(query, years=YearRange()), None
    if len(query.filters) + (query.years != YearRange()) > 1:
        yield "unfiltered", unfiltered(query), None
    for suggestion in suggestions(engine, query):
        if suggestion.kind == "replace":
            yield "spelling", _asked(query, suggestion.text), None
    if query.search_type != "AllFields" and query.text:
        yield "all-fields", _asked(replace(query, search_type="AllFields"), query.text), None
    if text := _any_word(query.text):
        yield "any-word", _asked(query, text), None


def _asked(query: Query, text: str) -> Query:
    return replace(query, text=text, tree=parse(text, query.search_type, query.syntax).tree)


def _any_word(text: str) -> str:
    """The words of a text joined by OR; "" for a text with operators, phrases or fields, or what looks like them."""
    tokens = box_tokens(text)
    if len(tokens) < 2 or any(token.kind != "word" or token.suffix or token.is_mere_text for token in tokens):
        return ""
    return " OR ".join(text.split())
