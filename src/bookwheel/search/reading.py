"""How a question is asked: relaxed where few records have all its words, with synonyms and headings looked up.

A `Query` holds what was typed and the tree of its text. The `Reading` of it is what the engine is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bookwheel.search.clauses import Clause
from bookwheel.search.headings import Explosion, Thesaurus, headings_of, with_subjects
from bookwheel.search.parse import Parsed, parse
from bookwheel.search.query import Heading, Note, Query, YearRange
from bookwheel.search.relax import FEW, relaxed
from bookwheel.search.synonyms import Expansion, Lookup, is_widened, widened


class Vocabularies(Lookup, Thesaurus, Protocol):
    """What is known of words and headings in a catalogue."""

    def is_empty(self) -> bool:
        """Whether there is no vocabulary at all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`query` is the question as it is asked; its text is the reader's.

    `relaxed` tells whether some of the words were enough. `expansions` are the synonyms there are for its words; they
    are part of the question when `has_synonyms`. `can_have_synonyms`: there are vocabularies, and words to look up.
    """

    query: Query
    relaxed: bool = False
    has_synonyms: bool = False
    can_have_synonyms: bool = False
    expansions: tuple[Expansion, ...] = ()
    explosions: tuple[Explosion, ...] = ()


def read(query: Query, vocabularies: Vocabularies, synonyms: bool, count: Callable[[Query], int]) -> Reading:
    """The reading of a query. `synonyms` is the catalogue's own choice, `count` the records a query finds."""
    if vocabularies.is_empty():
        is_relaxed, asked = _relaxed(query, query, count)
        return Reading(asked, is_relaxed)
    exploded, explosions = _exploded(query, vocabularies)
    wanted = synonyms if query.synonyms is None else query.synonyms
    possible = is_widened(query)
    strict = widened(exploded.tree, query.search_type, vocabularies) if possible else None
    asked = replace(exploded, tree=strict.tree) if strict and wanted else exploded
    is_relaxed, looser = _relaxed(exploded, asked, count)
    if strict and wanted and is_relaxed:
        looser = replace(looser, tree=widened(looser.tree, query.search_type, vocabularies).tree)
    return Reading(
        looser,
        is_relaxed,
        has_synonyms=bool(strict and strict.expansions and wanted),
        can_have_synonyms=possible,
        expansions=strict.expansions if strict else (),
        explosions=explosions,
    )


def _relaxed(query: Query, asked: Query, count: Callable[[Query], int]) -> tuple[bool, Query]:
    """The query relaxed, where it may be and too few records have all of `asked`; else `asked`.

    Filters and years play no part, so that every page and facet of a question has the same reading.
    """
    looser = relaxed(query)
    if looser is None or count(replace(asked, filters=(), years=YearRange(), page=1, after="")) >= FEW:
        return False, asked
    return True, looser


def _exploded(query: Query, vocabularies: Thesaurus) -> tuple[Query, tuple[Explosion, ...]]:
    headings = headings_of(query.tree)
    if not headings:
        return query, ()
    explosions = tuple(Explosion(each, vocabularies.heading(each.text, each.exploded)) for each in headings)
    notes = without_settled(query.notes, query, explosions)
    return replace(query, tree=with_subjects(query.tree, explosions), notes=notes), explosions


def without_settled(notes: Sequence[Note], query: Query, explosions: Sequence[Explosion]) -> tuple[Note, ...]:
    """The notes on a query without those on headings that are asked for as they were meant."""
    unknown = {each.heading for each in explosions if each.found is None}
    parsed = parse(query.text, query.search_type, query.syntax)
    return tuple(
        note
        for note in notes
        if note.kind != "heading" or not unknown.isdisjoint(_meant(note, query.text, parsed) or unknown)
    )


def _meant(note: Note, text: str, parsed: Parsed) -> tuple[Heading, ...]:
    """The headings a note is about: those at its place in the text, or in the smallest part around it."""
    if note.start is None or note.end is None or parsed.clause is None:
        return ()
    # A line that a later one names has no place among the parts, but can be read by itself.
    at_its_place = headings_of(parse(text[note.start : note.end], syntax=parsed.syntax).tree)
    return at_its_place or headings_of(_around(parsed.clause, note.start, note.end).node)


def _around(clause: Clause, start: int, end: int) -> Clause:
    for part in clause.parts:
        if part.start <= start and end <= part.end:
            return _around(part, start, end)
    return clause
