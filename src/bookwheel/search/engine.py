"""The contract every search engine keeps; `tests/contracts/engine.py` proves it for each."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from bookwheel.records.raw import Problem
from bookwheel.search.query import Query
from bookwheel.search.results import Document, FacetValue, Hit, SearchResult

MAX_OFFSET = 10_000
"""Hits that can be paged through by number (`page * size`); a cursor goes on from there (reliability 1.4, S6)."""


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

    def get(self, record_ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents by id, copies applied; unknown ids are absent."""

    def suggest(self, field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Values of a facet field that contain a word with this prefix, folded, most frequent first."""

    def browse(self, field: str, start: str = "", size: int = 20) -> tuple[FacetValue, ...]:
        """Values of a facet field in alphabetical order from `start` on, with the count of records that bear them."""

    def similar(self, record_id: str, size: int = 5) -> tuple[Hit, ...]:
        """Records on the same matter, best first, without the record and without other versions of it."""

    def update(self, watermark: int) -> AbstractContextManager[Writer]:
        """Change the live index. A clean exit commits changes and `watermark` together; an exception abandons both."""

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
