"""The one opened Library of this process, and what the pages ask of it.

Pages call `library()`; tests put another catalogue in its place with `use(…)`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from bookwheel.config import Config
from bookwheel.errors import CatalogueError
from bookwheel.exports.shelf import Listed
from bookwheel.jobs.matching import Reached
from bookwheel.jobs.providing import Provider
from bookwheel.jobs.recently import Recent
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.search.engine import Engine, Stretch
from bookwheel.search.explain import Understanding
from bookwheel.search.offers import Offer
from bookwheel.search.query import Query
from bookwheel.search.results import Document, FacetValue, Hit, SearchResult
from bookwheel.search.scoring import Explanation
from bookwheel.search.suggestions import Suggestion
from bookwheel.search.why import Inquiry
from bookwheel.store import Store
from bookwheel.store.keys import Keys
from bookwheel.vocabulary.file import VocabularyFile

if TYPE_CHECKING:
    from bookwheel.library import Found


class Catalogue(Protocol):
    """The part of `bookwheel.library.Library` that pages use."""

    @property
    def config(self) -> Config: ...
    @property
    def facets(self) -> Sequence[str]: ...
    @property
    def provider(self) -> Provider: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def state(self) -> str: ...
    @property
    def vocabulary(self) -> VocabularyFile: ...
    @property
    def styles(self) -> Mapping[str, Listed]: ...
    @property
    def store(self) -> Store: ...
    @property
    def engine(self) -> Engine: ...

    def search(self, query: Query) -> SearchResult: ...
    def record(self, record_id: str) -> "Found | None": ...
    def found(self, record_ids: Iterable[str]) -> "Mapping[str, Found]": ...
    def reading(self, record_id: str) -> tuple[RawRecord, Reading] | None: ...
    def payloads(self, record_id: str) -> Sequence[RawRecord]: ...
    def export(
        self, query: Query, format_name: str, style: str = "", offset: int = 0, limit: int | None = None
    ) -> Iterator[bytes]: ...
    def export_records(self, record_ids: Iterable[str], format_name: str, style: str = "") -> Iterator[bytes]: ...
    def similar(self, record_id: str, size: int = 5) -> Sequence[Hit]: ...
    def versions(self, record_id: str, size: int = 20) -> Sequence[Hit]: ...
    def count(self) -> int: ...
    def suggest(self, field: str, prefix: str, limit: int = 10) -> Sequence[str]: ...
    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> Sequence[FacetValue]: ...
    def suggestions(self, query: Query, result: SearchResult) -> Sequence[Suggestion]: ...
    def offers(self, query: Query) -> Sequence[Offer]: ...
    def understand(self, query: Query, result: SearchResult | None = None) -> Understanding: ...
    def explain(self, query: Query, record_id: str) -> Explanation | None: ...
    def why(self, query: Query, papers: str) -> Inquiry: ...
    def reached(self, now: datetime) -> Reached: ...
    def recently(self, query: Query, since: datetime) -> Recent: ...
    def documents(self, record_ids: Iterable[str]) -> Mapping[str, Document]: ...


_opened: Catalogue | None = None
_lock = Lock()


def library() -> Catalogue:
    """The process's catalogue, opened at the first call. Raises what `Library.open` raises."""
    global _opened
    if _opened is None:
        with _lock:
            if _opened is None:
                _opened = _open()
    return _opened


@contextmanager
def use(catalogue: Catalogue) -> Iterator[Catalogue]:
    """Answer from this catalogue inside the block."""
    global _opened
    before, _opened = _opened, catalogue
    try:
        yield catalogue
    finally:
        _opened = before


def _open() -> Catalogue:
    from bookwheel.library import Library

    folder = os.environ.get("BOOKWHEEL_CATALOGUE")
    if not folder:
        raise CatalogueError("no catalogue to serve: BOOKWHEEL_CATALOGUE is not set. 'bookwheel serve' sets it.")
    return Library.open(Path(folder))
