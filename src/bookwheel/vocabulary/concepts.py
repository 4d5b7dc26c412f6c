"""What a vocabulary holds: concepts, each with its names and its places in a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookwheel.search.headings import natural_order

MAX_TERMS = 500
"""Names of one concept that are kept: the longest list of MeSH has 209."""

MAX_CHARACTERS = 300
"""Of a name: nobody types more, and no record bears more as a subject."""


@dataclass(frozen=True, slots=True)
class Concept:
    """`name` is the preferred one, `synonyms` are the others, as the file writes them.

    `code` is the vocabulary's own number, "" where it has none: then the concept is a rule somebody wrote, and holds
    whatever else its words mean. `trees` are numbers like "C14.280.647": what begins with one and a dot stands below.
    `one_way`: the name is also searched by the synonyms, and they not by the name.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    code: str = ""
    trees: tuple[str, ...] = ()
    one_way: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """All names, each once, the preferred one first."""
        named = dict.fromkeys([self.name, *self.synonyms])
        return tuple(term for term in named if 0 < len(term) <= MAX_CHARACTERS)[:MAX_TERMS]


def as_said(term: str) -> str:
    """A name as people write it: "Infarction, Myocardial" is "Myocardial Infarction".

    Marks of SNOMED's kinds ("tick paralysis (disorder)") are left out.
    """
    return natural_order(_KIND.sub("", term))


_KIND = re.compile(r"\s*\((?:disorder|finding|morphologic abnormality|procedure|substance|qualifier value)\)$")
