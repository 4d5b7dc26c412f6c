"""What a question must find, worked out with strings alone: the judge of every engine, the reference engine too."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise, product

from bookwheel.search.analysis import folded_words, isn, stems
from bookwheel.search.fields import field_values
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    Field,
    Filter,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Wildcard,
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
        case Wildcard(text):
            return any(fnmatchcase(word, text.lower()) for line in word_lines(kind, document) for word in line.split())
        case Fuzzy(text, distance):
            (wanted,) = folded_words(text)
            found = {word for line in word_lines(kind, document) for word in line.split()}
            return any(edits(wanted, word) <= distance for word in found)
        case Near():
            # The one text of more words says the same word again and again.
            return any(stretches(node, tuple(line.split()[:200])) for line in word_lines(kind, document))
        case Heading(_, _, subjects) if subjects:
            names = {subject.lower() for subject in subjects}
            return any(value.lower() in names for value in field_values(document, "topic_facet"))
        case Heading(text):
            return all(finds(Word(word), SEARCH_TYPES["TextWord"], document) for word in folded_words(text))
        case Boost(part):
            return finds(part, kind, document)
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
        case AtLeast(parts, minimum):
            return sum(finds(part, kind, document) for part in parts) >= minimum


def lines(kind: SearchType, document: Document) -> Iterable[tuple[bool, str]]:
    """For each column of the type: whether it is stemmed, and its values in one line, a sign between two of them."""
    for weighted in kind.columns:
        column = TEXT_COLUMNS[weighted.column]
        values: list[str] = []
        for field in column.sources:
            values += [value for value in field_values(document, field) if value not in values]
        yield column.stemmed, line(tuple(values), column.stemmed)


def word_lines(kind: SearchType, document: Document) -> list[str]:
    return [line for stemmed, line in lines(kind, document) if not stemmed]


def stretches(node: Node, words: tuple[str, ...]) -> set[tuple[int, int]]:
    """Where a part of a Near begins and where it has ended."""
    match node:
        case Word(text) | Phrase(text) | Prefix(text) | Wildcard(text):
            pattern = text.lower() if isinstance(node, Wildcard) else " ".join(folded_words(text))
            pieces = (pattern + "*" * isinstance(node, Prefix)).split()
            ends = range(len(pieces), len(words) + 1)
            return {
                (end - len(pieces), end)
                for end in ends
                if all(map(fnmatchcase, words[end - len(pieces) : end], pieces))
            }
        case Or(parts):
            return {each for part in parts for each in stretches(part, words)}
        case Near(parts, distance, ordered):
            found = [stretches(part, words) for part in parts]
            return {
                (min(choice)[0], max(end for _, end in choice))
                for first in found[0]
                for choice in product([first], *(close(first, each) for each in found[1:]))
                if is_near(choice, distance, ordered)
            }
    return set()


def close(first: tuple[int, int], others: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of the others those up to twenty places away: more than any Near of the tests is wide."""
    starts = range(first[0] - 20, first[1] + 20)
    return [(start, start + width) for start in starts for width in range(20) if (start, start + width) in others]


def is_near(choice: tuple[tuple[int, int], ...], distance: int, ordered: bool) -> bool:
    in_order = sorted(choice)
    if ordered and list(choice) != in_order:
        return False
    gaps = [later[0] - sooner[1] for sooner, later in pairwise(in_order)]
    return all(gap >= 0 for gap in gaps) and sum(gaps) <= distance


@lru_cache(maxsize=200_000)
def edits(one: str, other: str) -> int:
    """Letters to put in, leave out, change or swap, at least."""
    if not one or not other:
        return len(one) + len(other)
    if one[-1] == other[-1]:
        return edits(one[:-1], other[:-1])
    if abs(len(one) - len(other)) > 3:
        return 4
    steps = [edits(one[:-1], other), edits(one, other[:-1]), edits(one[:-1], other[:-1])]
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]:
        steps.append(edits(one[:-2], other[:-2]))
    return 1 + min(steps)


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
    if field == "first_indexed" and " TO " in value and "soon" not in value:
        # Written in one way, moments stand in the order of their letters.
        low, high = value.strip("[]").split(" TO ")
        return any((low == "*" or low <= each) and (high == "*" or each <= high) for each in values if each[0] == "2")
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
