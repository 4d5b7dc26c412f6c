"""How a search was understood, as a value: its parts with counts, what was done otherwise, and other syntaxes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_noop
from markupsafe import Markup

from bookwheel.search.explain import Part, Printed
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Exact,
    Field,
    Fuzzy,
    Heading,
    Near,
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
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.web.catalog import labels, markup
from bookwheel.web.catalog.addresses import search_address
from bookwheel.web.library import Catalogue

_KINDS: dict[type, str] = {
    Word: gettext_noop("in any of its forms"),
    Phrase: gettext_noop("as a phrase"),
    Prefix: gettext_noop("words that begin so"),
    Wildcard: gettext_noop("words of this pattern"),
    Fuzzy: gettext_noop("in similar spelling"),
    Near: gettext_noop("near one another"),
    Heading: gettext_noop("as a subject heading"),
    Range: gettext_noop("years"),
    Exact: gettext_noop("this whole value"),
}
_GROUPS: dict[type, str] = {
    And: gettext_noop("all of these"),
    Or: gettext_noop("any of these"),
    Not: gettext_noop("none of this"),
    AtLeast: gettext_noop("several of these"),
}

_LABELS = (gettext_noop("Search box"),)
"""The label of a syntax that is no name."""


@dataclass(frozen=True, slots=True)
class PartView:
    """A part as typed, or a group with its own parts. `count` is the number of records it finds by itself."""

    text: str
    how: str
    field: str
    count: int | None
    parts: tuple["PartView", ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """`place` quotes what it is about, or is empty; `honoured` is False where something else was done than asked."""

    text: str
    place: str
    honoured: bool


@dataclass(frozen=True, slots=True)
class SyntaxLink:
    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PrintedView:
    """The search in one syntax; `loses` says in words what the syntax cannot say."""

    name: str
    label: str
    text: str
    loses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnderstoodPanel:
    """`typed` is the reader's text with the places of remarks marked; `how` says how the parts are joined."""

    syntax: str
    choices: tuple[SyntaxLink, ...]
    typed: Markup
    how: str
    parts: tuple[PartView, ...]
    has_more: bool
    remarks: tuple[Remark, ...]
    printed: tuple[PrintedView, ...]
    is_reproducible: bool


def understood_panel(catalogue: Catalogue, query: Query, notes: Sequence[Note]) -> UnderstoodPanel | None:
    """The panel for a search with words; None without. `notes` are the query's and the engine's."""
    if not query.text.strip():
        return None
    understanding = catalogue.understand(query)
    return UnderstoodPanel(
        syntax=gettext(understanding.label),
        choices=tuple(_choice(query, name, understanding.syntax) for name in SYNTAXES),
        typed=markup.marked(query.text, sorted(_places(notes))),
        how=gettext(_GROUPS[type(query.tree)]) if type(query.tree) in _GROUPS else "",
        parts=_nested(understanding.parts, query.search_type),
        has_more=understanding.has_more,
        remarks=tuple(_remark(query.text, note) for note in notes),
        printed=tuple(_printed(each) for each in understanding.printed),
        is_reproducible=understanding.reproducible
        and all(note.honoured and note.kind not in _APPROXIMATE for note in notes),
    )


_APPROXIMATE = ("relaxed", "meaning")
"""Kinds of notes on readings that depend on what else the catalogue holds."""


def _nested(parts: Sequence[Part], search_type: str, depth: int = 0) -> tuple[PartView, ...]:
    """The outline as a tree: parts that stand deeper belong to the one before them."""
    starts = [place for place, part in enumerate(parts) if part.depth == depth]
    ends = [*starts, len(parts)][1:]
    return tuple(
        _view(parts[start], search_type, _nested(parts[start + 1 : end], search_type, depth + 1))
        for start, end in zip(starts, ends, strict=True)
    )


def _view(part: Part, search_type: str, inner: tuple[PartView, ...]) -> PartView:
    node, name = part.tree, search_type
    while isinstance(node, Field | Boost):
        node, name = node.part, node.field if isinstance(node, Field) else name
    kind = type(node)
    if inner and kind in _GROUPS:
        return PartView("", gettext(_GROUPS[kind]), "", part.count, inner)
    how = _KINDS.get(kind) or _GROUPS.get(kind)
    is_of_words = kind not in (Exact, Range) and kind not in _GROUPS
    return PartView(
        part.text, gettext(how) if how else "", labels.search_type(name) if is_of_words else "", part.count, inner
    )


def _places(notes: Iterable[Note]) -> Iterable[tuple[int, int]]:
    return ((note.start, note.end) for note in notes if note.start is not None and note.end is not None)


def _remark(text: str, note: Note) -> Remark:
    place = text[note.start : note.end] if note.start is not None else ""
    return Remark(note.text, place, note.honoured)


def _choice(query: Query, name: str, used: str) -> SyntaxLink:
    address = search_address(replace(query, syntax=name, page=1))
    return SyntaxLink(gettext(SYNTAXES[name].label), address, name == used)


def _printed(printed: Printed) -> PrintedView:
    return PrintedView(printed.syntax, gettext(printed.label), printed.text, tuple(note.text for note in printed.notes))
