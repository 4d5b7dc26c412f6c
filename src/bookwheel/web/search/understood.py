"""How a search was understood, as a value: its parts with counts, what was done otherwise, and other syntaxes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_noop
from markupsafe import Markup

from bookwheel.search.explain import Kind, Part, PatternWords, Printed, Understanding
from bookwheel.search.headings import Explosion
from bookwheel.search.query import Note, Query
from bookwheel.search.synonyms import Expansion
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.web.catalog import labels, markup
from bookwheel.web.catalog.addresses import search_address

_KINDS: dict[Kind, str] = {
    "all": gettext_noop("all of these"),
    "any": gettext_noop("any of these"),
    "none": gettext_noop("none of this"),
    "some": gettext_noop("some of these"),
    "word": gettext_noop("in any of its forms"),
    "term": gettext_noop("or another name of it"),
    "ignored": gettext_noop("not needed"),
    "phrase": gettext_noop("as a phrase"),
    "prefix": gettext_noop("words that begin so"),
    "wildcard": gettext_noop("words of this pattern"),
    "fuzzy": gettext_noop("in similar spelling"),
    "near": gettext_noop("near one another"),
    "heading": gettext_noop("as a subject heading"),
    "years": gettext_noop("years"),
    "value": gettext_noop("this whole value"),
}
_GROUPS: tuple[Kind, ...] = ("all", "any", "none", "some")

_LABELS = (gettext_noop("Search box"),)
"""The label of a syntax that is no name."""

MOST_PLACES = 12
"""Places shown of one remark."""
MOST_SUBJECTS = 12
"""Headings named of those a heading was exploded to."""


@dataclass(frozen=True, slots=True)
class PartView:
    """A part as typed, or a group with its own parts. `count` is the number of records it finds by itself."""

    text: str
    how: str
    field: str
    count: int | None
    parts: tuple["PartView", ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as typed with its remarks marked; `number` is 0 and `count` None where it is no line of the strategy."""

    number: int
    text: Markup
    count: int | None


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on all its `places`, as quoted; `more` are further ones. `honoured` is False where something else was
    done than asked."""

    text: str
    places: tuple[str, ...]
    more: int
    honoured: bool


@dataclass(frozen=True, slots=True)
class Widening:
    """A term, pattern or heading of the search, and the words it stands for; `more` are those not named."""

    term: str
    words: tuple[str, ...]
    more: int = 0
    source: str = ""


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
    """What the panel shows.

    `typed` is the reader's text with the places of remarks marked, of a strategy as its `lines`. `how` says how the
    parts are joined. `remarks` are those on places: those on the whole stand above the results. `lost` counts the
    places where something was done otherwise than asked. `synonyms` is "on", "off" or "none", and `switch` the address
    of the same search with them or without.
    """

    syntax: str
    choices: tuple[SyntaxLink, ...]
    typed: Markup
    lines: tuple[LineView, ...]
    how: str
    parts: tuple[PartView, ...]
    has_more: bool
    remarks: tuple[Remark, ...]
    lost: int
    synonyms: str
    switch: str
    expansions: tuple[Widening, ...]
    headings: tuple[Widening, ...]
    patterns: tuple[Widening, ...]
    ignored: tuple[str, ...]
    printed: tuple[PrintedView, ...]
    is_reproducible: bool


def understood_panel(query: Query, understanding: Understanding) -> UnderstoodPanel:
    """The panel for a search with words."""
    kind = understanding.kind
    spans = sorted((note.start, note.end) for note in understanding.notes if note.start is not None and note.end)
    is_strategy = any(part.line for part in understanding.parts)
    other = replace(query, synonyms=understanding.synonyms != "on", page=1)
    return UnderstoodPanel(
        syntax=gettext(understanding.label),
        choices=tuple(_choice(query, name, understanding.syntax) for name in SYNTAXES),
        typed=markup.marked(query.text, spans),
        lines=_lines(query.text, understanding.parts, spans) if is_strategy else (),
        how=gettext(_KINDS[kind]) if kind in _GROUPS else "",
        # The words a relaxed reading does without stand in a line of their own.
        parts=() if is_strategy else tuple(_view(part) for part in understanding.parts if part.kind != "ignored"),
        has_more=understanding.has_more,
        remarks=_remarks(query.text, understanding.notes),
        lost=sum(not note.honoured and note.start is not None for note in understanding.notes),
        synonyms=understanding.synonyms if understanding.expansions else "none",
        switch=search_address(other),
        expansions=tuple(map(_expansion, understanding.expansions)),
        headings=tuple(_heading(each) for each in understanding.headings if each.found),
        patterns=tuple(_pattern(each) for each in understanding.patterns if each.found.words),
        ignored=understanding.ignored,
        printed=tuple(_printed(each) for each in understanding.printed),
        is_reproducible=understanding.reproducible,
    )


def _view(part: Part) -> PartView:
    inner = tuple(map(_view, part.parts))
    how = gettext(_KINDS[part.kind]) if part.kind in _KINDS else ""
    field = labels.search_type(part.search_type) if part.search_type else ""
    return PartView("" if inner else part.text, how, field, part.count, inner)


def _lines(text: str, parts: Sequence[Part], spans: Sequence[tuple[int, int]]) -> tuple[LineView, ...]:
    """The text line by line. A line without a part goes on with the one before, or is none of the strategy's."""
    found = []
    start = 0
    for row in text.split("\n"):
        end = start + len(row)
        part = next((part for part in parts if start <= part.start < end), None)
        # The number a line bears stands before it already.
        begin = part.start if part else start
        inside = [
            (max(low, begin) - begin, min(high, end) - begin) for low, high in spans if low < end and high > begin
        ]
        if row.strip():
            marked = markup.marked(text[begin:end], inside)
            found.append(LineView(part.line if part else 0, marked, part.count if part else None))
        start = end + 1
    return tuple(found)


def _remarks(text: str, notes: Sequence[Note]) -> tuple[Remark, ...]:
    """Remarks on places, those that say the same as one."""
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for note in notes:
        if note.start is not None and note.end is not None:
            place = " ".join(text[note.start : note.end].split())
            found.setdefault((labels.remark(note), note.honoured), {})[place] = None
    return tuple(
        Remark(words, tuple(places)[:MOST_PLACES], max(0, len(places) - MOST_PLACES), honoured)
        for (words, honoured), places in found.items()
    )


def _expansion(expansion: Expansion) -> Widening:
    return Widening(expansion.term, expansion.also, source=expansion.vocabulary)


def _heading(explosion: Explosion) -> Widening:
    found = explosion.found
    if found is None:
        return Widening(explosion.heading.text, ())
    shown = found.subjects[:MOST_SUBJECTS]
    return Widening(explosion.heading.text, shown, max(0, len(found.subjects) - len(shown)), found.vocabulary)


def _pattern(pattern: PatternWords) -> Widening:
    words = tuple(f"{each.value} {labels.number(each.count)}" for each in pattern.found.words)
    return Widening(pattern.pattern, words, max(0, pattern.found.total - len(words)))


def _choice(query: Query, name: str, used: str) -> SyntaxLink:
    address = search_address(replace(query, syntax=name, page=1))
    return SyntaxLink(gettext(SYNTAXES[name].label), address, name == used)


def _printed(printed: Printed) -> PrintedView:
    loses = tuple(dict.fromkeys(map(labels.remark, printed.notes)))
    return PrintedView(printed.syntax, gettext(printed.label), printed.text, loses)
