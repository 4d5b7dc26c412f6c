"""The answer: hits, facets and remarks, as values a page, an API or a test can read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from bookwheel.search.query import Fuzzy, Note, Prefix, Wildcard

Document: TypeAlias = Mapping[str, tuple[str, ...]]
"""VuFind field name -> values, never empty, in the source's order; dates ISO 8601."""

Pattern: TypeAlias = Prefix | Wildcard | Fuzzy
"""What stands for several words of the index."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. `score` is 0.0 when the order is not by relevance."""

    id: str
    score: float
    document: Document


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """Values by falling count, ties by value. `has_more` says that values beyond the limit exist."""

    field: str
    values: tuple[FacetValue, ...]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What an engine answers. `total` counts all matches exactly; `next_after` is the cursor behind the last hit."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Facet] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Note, ...] = ()
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of an index, the most frequent first, each with about how many records have it; `total` counts all of them,
    and is a least number when it `is_cut`."""

    words: tuple[FacetValue, ...]
    total: int
    is_cut: bool = False


def one_of_each_work(hits: Iterable[Hit], besides: Document = MappingProxyType({})) -> Iterator[Hit]:
    """The hits in order, without those that share a work key with an earlier one or with the document `besides`."""
    seen = _work_keys(besides)
    for hit in hits:
        keys = _work_keys(hit.document)
        if not keys & seen:
            yield hit
        seen |= keys


def _work_keys(document: Document) -> set[str]:
    return {key for name in ("work_keys_str_mv", "work_ids_str_mv") for key in document.get(name, ())}
