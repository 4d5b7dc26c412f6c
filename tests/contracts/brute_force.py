"""What a question must find, worked out with strings alone: the judge of every engine, the reference engine too."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bookwheel.search.analysis import folded_words, isn, stems
from bookwheel.search.fields import field_values
from bookwheel.search.query import (
    And,
    Everything,
    Exact,
    Field,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Word,
)
from bookwheel.search.ranking import SEARCH_TYPES, TEXT_COLUMNS, SearchType
from bookwheel.search.results import Document


def found(query: Query, documents: Iterable[Document]) -> set[str]:
    """Ids of the documents a query finds."""
    kind = SEARCH_TYPES[query.search_type]
    return {
        document["id"][0]
        for document in documents
        if finds(query.tree, kind, document) and passes(query.filters, document) and is_of_years(query, document)
    }


def finds(node: Node, kind: SearchType, document: Document) -> bool:
    match node:
        case Everything():
            return True
        case Word(text):
            return is_whole(text, kind, document) or any(
                f" {' '.join(stems(text) if stemmed else folded_words(text))} " in line
                for stemmed, line in lines(kind, document)
            )
        case Phrase(text, slop):
            plain = [line for stemmed, line in lines(kind, document) if not stemmed]
            if is_whole(text, kind, document):
                return True
            if slop:
                first, second = folded_words(text)
                return any(are_near(line.split(), first, second, slop) for line in plain)
            return any(f" {' '.join(folded_words(text))} " in line for line in plain)
        case Prefix(text):
            beginning = f" {' '.join(folded_words(text))}"
            return any(beginning in line for stemmed, line in lines(kind, document) if not stemmed)
        case Range(_, low, high):
            return any(int(low or 0) <= year <= int(high or 9999) for year in years(document))
        case Exact(field, value):
            return bears(document, field, value)
        case Field(name, part):
            return finds(part, SEARCH_TYPES[name], document)
        case And(parts):
            return all(finds(part, kind, document) for part in parts)
        case Or(parts):
            return any(finds(part, kind, document) for part in parts)
        case Not(part):
            return not finds(part, kind, document)


def lines(kind: SearchType, document: Document) -> Iterable[tuple[bool, str]]:
    """For each column of the type: whether it is stemmed, and its values in one line, a sign between two of them."""
    for weighted in kind.columns:
        column = TEXT_COLUMNS[weighted.column]
        values: list[str] = []
        for field in column.sources:
            values += [value for value in field_values(document, field) if value not in values]
        yield column.stemmed, line(tuple(values), column.stemmed)


@lru_cache(maxsize=20_000)
def line(values: tuple[str, ...], stemmed: bool) -> str:
    words = (stems(value) if stemmed else folded_words(value) for value in values)
    return f" {' | '.join(' '.join(each) for each in words)} "


def are_near(words: list[str], first: str, second: str, slop: int) -> bool:
    """Whether two words stand as if moved at most `slop` places."""
    firsts = [place for place, word in enumerate(words) if word == first]
    seconds = [place for place, word in enumerate(words) if word == second]
    return any(abs(b - a - 1) <= slop for a in firsts for b in seconds)


def is_whole(text: str, kind: SearchType, document: Document) -> bool:
    return any(bears(document, field, text) for field in kind.exact)


def bears(document: Document, field: str, value: str) -> bool:
    values = field_values(document, field)
    if field in ("issn", "isbn"):
        return isn(value) != "" and isn(value) in {isn(each) for each in values}
    if field == "publishDateSort":
        return value.isdecimal() and int(value) in years(document)
    return value in values


def years(document: Document) -> list[int]:
    return [int(value) for value in document.get("publishDateSort", ()) if value.isdecimal()]


def is_of_years(query: Query, document: Document) -> bool:
    low, high = query.years.low, query.years.high
    if low is None and high is None:
        return True
    return any((low or 0) <= year <= (high or 9999) for year in years(document))


def passes(filters: Iterable[Filter], document: Document) -> bool:
    any_of: dict[str, bool] = {}
    for restriction in filters:
        has = bears(document, restriction.field, restriction.value)
        if restriction.mode == "any":
            any_of[restriction.field] = any_of.get(restriction.field, False) or has
        elif has != (restriction.mode == "all"):
            return False
    return all(any_of.values())
