"""What a subject heading asks for: the subjects that a vocabulary puts under it, or else the words of the heading.

Records bear subjects of many kinds, and most are keywords of their authors. A vocabulary with a tree (MeSH) tells which
of them are the heading, another name of it, or something below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bookwheel.search.analysis import folded_words
from bookwheel.search.query import And, AtLeast, Boost, Everything, Field, Heading, Node, Not, Or, Word

TEXT_WORD = "TextWord"

SUBJECT = "topic_facet"
"""The index field of whole subjects."""

MAX_HEADINGS = 4_000
"""Headings one heading is exploded to: all of MeSH's diseases are about 5,000, its largest part but one."""

MAX_SUBJECTS = 20_000
"""Names of headings that are looked for among the subjects of records; a tenth of a second for the whole number."""


@dataclass(frozen=True, slots=True)
class Exploded:
    """A heading as a vocabulary knows it: its preferred `name`, and the `subjects` that are it or stand below it.

    `count` is the number of headings these are the names of; `is_cut` when there are more than can be asked for.
    """

    name: str
    subjects: tuple[str, ...]
    count: int
    vocabulary: str
    is_cut: bool = False


class Thesaurus(Protocol):
    """Vocabularies whose headings stand in a tree."""

    def heading(self, text: str, exploded: bool) -> Exploded | None:
        """The heading of this name, with what stands below it when `exploded`; None for one that none knows."""


@dataclass(frozen=True, slots=True)
class Explosion:
    """A heading of the question and what it was exploded to; `found` is None for one that no vocabulary knows."""

    heading: Heading
    found: Exploded | None


def natural_order(heading: str) -> str:
    """A heading as it is said: "Tomography, Optical Coherence" is "Optical Coherence Tomography"."""
    return " ".join(reversed([part.strip() for part in re.split(r",(?!\d)", heading) if part.strip()]))


def as_words(heading: Heading) -> Node:
    """The heading's words, all of them, each in title, abstract or subjects.

    A record that bears the heading among its subjects has all its words there, and subjects count more than abstracts,
    so it is found and stands first.
    """
    words = tuple(Word(word) for word in folded_words(natural_order(heading.text)))
    if not words:
        return Everything()
    return Field(TEXT_WORD, words[0] if len(words) == 1 else And(words))


def ways_to_write(subject: str) -> tuple[str, ...]:
    """A subject in the cases of letters that keywords are written in: as it is, lower, capital, Title, UPPER."""
    lower = subject.lower()
    return tuple(dict.fromkeys([subject, lower, f"{subject[:1].upper()}{lower[1:]}", subject.title(), subject.upper()]))


def headings_of(tree: Node) -> tuple[Heading, ...]:
    """The headings a tree asks for, each once."""
    return tuple(dict.fromkeys(_headings(tree)))


def with_subjects(tree: Node, explosions: Sequence[Explosion]) -> Node:
    """The tree with the subjects of its headings, where a vocabulary knows them."""
    known = {each.heading: each.found.subjects for each in explosions if each.found}
    return _with_subjects(tree, known) if known else tree


def _headings(node: Node) -> Iterator[Heading]:
    match node:
        case Heading():
            yield node
        case And(parts) | Or(parts) | AtLeast(parts, _):
            for part in parts:
                yield from _headings(part)
        case Not(part) | Boost(part, _) | Field(_, part):
            yield from _headings(part)


def _with_subjects(node: Node, known: dict[Heading, tuple[str, ...]]) -> Node:
    match node:
        case Heading():
            return replace(node, subjects=known.get(node, ()))
        case And(parts) | Or(parts) | AtLeast(parts, _):
            return replace(node, parts=tuple(_with_subjects(part, known) for part in parts))
        case Not(part) | Boost(part, _) | Field(_, part):
            return replace(node, part=_with_subjects(part, known))
    return node
