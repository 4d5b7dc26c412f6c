"""The contract every search engine keeps; `tests/contracts/engine.py` proves it for each."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from bookwheel.records.raw import Problem
from bookwheel.search.query import Query
from bookwheel.search.results import Document, FacetValue, Hit, Pattern, SearchResult, WordList
from bookwheel.search.scoring import Explanation

MAX_OFFSET = 10_000
"""Hits that can be paged through by number (`page * size`); a cursor goes on from there (reliability 1.4, S6)."""


TITLES = "title"
"""The one field that is no facet and has a list of values all the same: the titles, by `title_sort`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of an alphabetical list: at most `size` values, from `start` on, or those next behind the value `after`,
    or those next before the value `before`. With several of them given, `before` counts first, then `after`.
    """

    start: str = ""
    size: int = 20
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """What an engine can do; pages ask these, never an engine's name."""

    persistent: bool
    """Survives the process."""
    similar: bool
    cursor: bool


class Writer(Protocol):
    """Changes of one transaction. Nothing is seen by readers before the clean exit of its context."""

    def add(self, document: Document) -> None:
        """Put a document in place of any with the same `id`."""

    def delete(self, record_id: str) -> None:
        """Remove a document; unknown ids are no error."""


class Engine(Protocol):
    features: Features

    def search(self, query: Query) -> SearchResult:
        """Answer a query. Never raises for anything a reader typed; what cannot be honoured becomes a note."""

    def ids(self, query: Query) -> Iterator[str]:
        """The ids of all records a query finds, each once, by rising id as the engine keeps it; of one commit.

        However many they are, no document is read. For jobs: page, size, sort, facets and the deadline do not matter.
        """

    def get(self, record_ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents by id, copies applied; unknown ids are absent."""

    def suggest(self, field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Values of a facet field that contain a word with this prefix, folded, most frequent first.

        Of `TITLES`: titles with the words side by side, the last one a prefix; those that begin so first.
        What is not found before the deadline is left out.
        """

    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> tuple[FacetValue, ...]:
        """Values of a facet field in alphabetical order, with the count of records that bear them.

        With `within` of the records a search finds, counted as its facets are. With `containing` only values that
        have its words, the last one a prefix; of a great many such values those indexed first.
        Of `TITLES`: every title with the number of records of that title; neither `within` nor `containing` apply.
        """

    def frequency(self, word: str) -> int:
        """About how many records have a folded word in title, authors, subjects or abstract; 0 exactly for none."""

    def spellings(self, word: str, limit: int = 3) -> tuple[FacetValue, ...]:
        """Other words of titles, authors, subjects and abstracts near to a folded word in spelling, the likeliest to be
        meant first, each with about how many records have it."""

    def words_of(self, pattern: Pattern, limit: int = 10) -> WordList:
        """The words of titles, authors, subjects and abstracts that a pattern of one word stands for, the most frequent
        first. Of a similar spelling only words that begin with one of its first two letters are looked at.

        The list is cut where the deadline passes before all words are found.
        """

    def similar(self, record_id: str, size: int = 5) -> tuple[Hit, ...]:
        """Records on the same matter, best first, without the record and without other versions of it."""

    def explain(self, query: Query, record_id: str) -> Explanation | None:
        """Why the query gives a record the score it does; None when it does not find it. Filters are left aside."""

    def update(self, watermark: int) -> AbstractContextManager[Writer]:
        """Change the live index. A clean exit commits changes and `watermark` together; an exception abandons both.

        Raises IndexBusyError while another process changes or rebuilds it.
        """

    def rebuild(self, watermark: int) -> AbstractContextManager[Writer]:
        """Fill a new generation beside the live one. A clean exit swaps it in at once; an exception throws it away."""

    def watermark(self) -> int:
        """The store's change number up to which the live index is complete; 0 for a fresh or lost index."""

    def count(self) -> int:
        """Documents that readers can find."""

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the index files; empty when sound."""

    def close(self) -> None:
        """Release files and threads; the engine is not used afterwards."""
