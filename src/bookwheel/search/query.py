"""The question: one tree for every syntax and engine, and the Query around it.

A tree holds the reader's words as typed; each engine analyses them with `analysis`, so that all agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

FilterMode: TypeAlias = Literal["all", "any", "none"]


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every record."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or what analysis makes several words of ("SARS-CoV-2"), which then stand side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, unstemmed; `slop` is how many places they may lie apart in all."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so: `leuk*`."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of this pattern, unstemmed: "*" stands for any letters or none, "?" for exactly one (`wildcards.py`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that become this one, unstemmed, by at most `distance` letters put in, left out, changed or swapped."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Near:
    """Words and phrases, unstemmed, that stand near one another in a field, whose values stand one place apart.

    The parts are words, phrases, prefixes, wildcards, alternatives of them, and other Nears. They stand in a stretch of
    words, none overlapping another, where at most `distance` words belong to none of them; `ordered` asks for them in
    this order. Distance 0 in order is a phrase of patterns.
    """

    parts: tuple[Node, ...]
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A subject heading as indexers gave it, `exploded` with all that stands below it (`headings.py`).

    `subjects` are the whole subjects that satisfy it, where a vocabulary says so; with none its words are asked.
    """

    text: str
    exploded: bool = True
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boost:
    """`part`, its score multiplied by `weight`; finds what the part finds."""

    part: Node
    weight: float


@dataclass(frozen=True, slots=True)
class Range:
    """Years from `low` to `high`, both included; None is open. `field` is an index field of type year."""

    field: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Exact:
    """A whole value of an exact field: `id`, `doi_str_mv`, `issn`, a facet."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """`part` asked of one field or search type instead of the query's own."""

    field: str
    part: Node


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Matches where at least `minimum` of the parts do; every part that does adds its score (`relax.py`)."""

    parts: tuple[Node, ...]
    minimum: int


Node: TypeAlias = (
    Everything
    | Word
    | Phrase
    | Prefix
    | Wildcard
    | Fuzzy
    | Near
    | Heading
    | Range
    | Exact
    | Boost
    | Field
    | And
    | Or
    | Not
    | AtLeast
)


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet value asked for: `all` must have it, `any` one of the field's `any` values, `none` must not.

    VuFind writes them `field:"value"`, `~field:"value"`, `-field:"value"`. The value may be a range of moments where
    the field is the first-seen date (`added.py`).
    """

    field: str
    value: str
    mode: FilterMode = "all"


@dataclass(frozen=True, slots=True)
class YearRange:
    """Years from `low` to `high`, both included, None is open; a restriction beside the filters."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """Values of a facet wanted: at most `limit`, by falling count, ties by value."""

    field: str
    limit: int = 30


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on how the question was understood. `kind` is stable for tests; `text` is English.

    `start` and `end` are places in the reader's text, in characters; None for a remark on the whole. What is not
    `honoured` was asked for and done otherwise, so another system, or the same text elsewhere, may find other records.
    `template` is the text with `%(name)s` for each of `values`, for those who say it in another language; "" when the
    text has no values. `notes.remark` makes a note of both.
    """

    kind: str
    text: str
    start: int | None = None
    end: int | None = None
    honoured: bool = True
    template: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an engine.

    `text` is what the reader typed, `tree` what was made of it. `page` counts from 1; `size` is hits a page.
    `syntax` is the language of the text when the reader chose one; "" leaves it to `syntaxes.detect`.
    `synonyms`: whether words may also be searched by their synonyms; None leaves it to the catalogue.
    `sort` is a name of `ranking.SORTS`. `after` is a cursor from an earlier result: the page behind it, whatever
    `page` says.
    """

    text: str = ""
    tree: Node = Everything()
    search_type: str = "AllFields"
    filters: tuple[Filter, ...] = ()
    years: YearRange = YearRange()
    facets: tuple[FacetRequest, ...] = ()
    sort: str = "relevance"
    page: int = 1
    size: int = 20
    after: str = ""
    syntax: str = ""
    synonyms: bool | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @property
    def offset(self) -> int:
        """Hits before this page, from 0."""
        return (self.page - 1) * self.size

    def with_filter(self, wanted: Filter) -> Query:
        """The query narrowed by one more filter, from its first page."""
        if wanted in self.filters:
            return self
        return replace(self, filters=(*self.filters, wanted), page=1, after="")

    def without_filter(self, dropped: Filter) -> Query:
        """The query without that filter, from its first page."""
        return replace(self, filters=tuple(f for f in self.filters if f != dropped), page=1, after="")
