"""How a search was understood: in words, part by part, with what could not be honoured, and in every syntax."""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.search.analysis import folded_words
from bookwheel.search.clauses import Clause
from bookwheel.search.headings import natural_order
from bookwheel.search.parse import parse
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
    Note,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Wildcard,
    Word,
)
from bookwheel.search.ranking import SEARCH_TYPES
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.search.write import written

MAX_PARTS = 60
"""Parts of a search shown one by one, each counted by a question of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the search, as typed and in words, `depth` levels deep in it (from 0).

    `text[start:end]` of the reader's text is what it was read from. `count` is how many records it finds by itself,
    None until somebody counted (`Library.understand`).
    """

    text: str
    start: int
    end: int
    depth: int
    words: str
    tree: Node
    notes: tuple[Note, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """The search in one syntax, to be copied; `notes` say what that syntax cannot express."""

    syntax: str
    label: str
    text: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """`syntax` is the one the text was read in; `is_chosen` when the reader chose it.

    `notes` are those on the whole; those on a place stand with their part too. `has_more`: parts beyond the first
    `MAX_PARTS` are not shown.
    """

    syntax: str
    label: str
    is_chosen: bool
    words: str
    parts: tuple[Part, ...]
    printed: tuple[Printed, ...]
    notes: tuple[Note, ...]
    reproducible: bool
    has_more: bool = False


def describe(query: Query) -> Understanding:
    """How the text of a query was understood. Counts nothing and asks no engine."""
    parsed = parse(query.text, query.search_type, query.syntax)
    outline = list(_outline(parsed.clause)) if parsed.clause else []
    parts = tuple(_part(query.text, clause, depth, parsed.notes) for clause, depth in outline[:MAX_PARTS])
    printed = []
    for syntax in SYNTAXES.values():
        found = written(_asked(parsed.tree, query.search_type), syntax.name)
        printed.append(Printed(syntax.name, syntax.label, found.text, found.notes))
    return Understanding(
        syntax=parsed.syntax,
        label=SYNTAXES[parsed.syntax].label,
        is_chosen=query.syntax == parsed.syntax,
        words=in_words(parsed.tree),
        parts=parts,
        printed=tuple(printed),
        notes=parsed.notes,
        reproducible=parsed.reproducible,
        has_more=len(outline) > MAX_PARTS,
    )


def _asked(tree: Node, search_type: str) -> Node:
    """The tree with the query's own search type around it, which no syntax but the box has beside the text."""
    kind = SEARCH_TYPES.get(search_type)
    if kind is None or search_type == "AllFields" or not kind.columns or isinstance(tree, Field | Exact | Everything):
        return tree
    return Field(search_type, tree)


def _outline(clause: Clause, depth: int = 0) -> list[tuple[Clause, int]]:
    """The parts of a clause, or the clause itself when it has none; groups before what they hold."""
    if not clause.parts:
        return [(clause, depth)]
    found = []
    for part in clause.parts:
        if part.parts and not isinstance(part.node, Not):
            found.append((part, depth))
            found += _outline(part, depth + 1)
        else:
            found.append((part, depth))
    return found


def _part(text: str, clause: Clause, depth: int, notes: tuple[Note, ...]) -> Part:
    here = tuple(
        note
        for note in notes
        if note.start is not None and note.end is not None and note.start < clause.end and note.end > clause.start
    )
    shown = " ".join(text[clause.start : clause.end].split())
    return Part(shown, clause.start, clause.end, depth, in_words(clause.node), clause.node, here)


def in_words(node: Node) -> str:
    """A tree as an English phrase: `"lung cancer" in title and abstract, and not published 2010 to 2012`."""
    match node:
        case Everything():
            return "every record"
        case Word(text):
            return f"{text} in any form"
        case Phrase(text, slop):
            loose = f", up to {slop} words apart" if slop else ""
            return f"exactly “{text}”{loose}"
        case Prefix(text):
            return f"words that begin with {text}" if len(folded_words(text)) == 1 else f"“{text}…”"
        case Wildcard(text):
            return f"words like {text}"
        case Fuzzy(text, distance):
            return f"words spelled like {text} (up to {distance} letter{'s' * (distance > 1)} apart)"
        case Near(parts, distance, ordered):
            inner = f" {'then' if ordered else 'near'} ".join(_grouped(part) for part in parts)
            return inner if ordered and not distance else f"{inner} (at most {distance} words between)"
        case Heading(text):
            return f"all words of the heading “{natural_order(text)}” in title, abstract or subjects"
        case Boost(part, weight):
            return f"{_grouped(part)} (weight {weight:g})"
        case Range(_, low, high):
            return _years(low, high)
        case Exact(field, value):
            return f"{_label(field)} is “{value}”"
        case Field(name, part):
            return f"{_grouped(part)} in {_label(name)}"
        case And(parts):
            return " and ".join(_grouped(part) for part in parts)
        case AtLeast(parts, minimum):
            return f"at least {minimum} of: {', '.join(_grouped(part) for part in parts)}"
        case Or(parts):
            return " or ".join(_grouped(part) for part in parts)
        case Not(part):
            return f"not {_grouped(part)}"


def _grouped(node: Node) -> str:
    return f"({in_words(node)})" if isinstance(node, And | Or | Near) else in_words(node)


def _years(low: str | None, high: str | None) -> str:
    if low is None and high is None:
        return "published in a known year"
    if low is None:
        return f"published until {high}"
    if high is None:
        return f"published since {low}"
    return f"published in {low}" if low == high else f"published {low} to {high}"


def _label(name: str) -> str:
    kind = SEARCH_TYPES.get(name)
    return kind.label.lower() if kind else name
