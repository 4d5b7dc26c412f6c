"""A catalogue whose records were first seen on different days, and one with a store that says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.web.stub import SEED, StubLibrary, sample

from bookwheel.config import Config
from bookwheel.engines.tantivy import TantivyEngine
from bookwheel.library import Library
from bookwheel.records.model import Record, Text
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.search.query import Query
from bookwheel.search.results import SearchResult
from bookwheel.store import Store
from bookwheel.store.model import Received
from bookwheel.web.library import use

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class DatedLibrary(StubLibrary):
    """The record of number n came n days after `BEGAN`; an engine answers."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for number, document in enumerate(self._documents.values()):
            moment = f"{BEGAN + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}"
            dated = {**document, "first_indexed": (moment,), "last_indexed": (moment,)}
            self._documents[document["id"][0]] = dated

    def search(self, query: Query) -> SearchResult:
        self.asked.append(query)
        return self.engine.search(query)


@pytest.fixture
def dated() -> Iterator[DatedLibrary]:
    library = DatedLibrary((SEED, *(sample(number) for number in range(59))), state="first")
    with use(library):
        yield library


@pytest.fixture
def reader(dated: DatedLibrary) -> Client:
    """Asks for pages and feeds of `dated`."""
    return Client(raise_request_exception=False)


@dataclass
class Kept:
    """A catalogue with a store, an index on disk and a clock of its own."""

    library: Library
    moment: datetime = BEGAN

    def harvest(self, *numbers: int, title: str = "Bees", deleted: bool = False) -> None:
        """As a source gives them today."""
        store = self.library.store
        run = store.start_run("sample", "harvest")
        store.save_page(run, [_received(number, title, deleted) for number in numbers])
        store.finish_run(run, "complete")
        self.library.index()


def _received(number: int, title: str, deleted: bool) -> Received:
    record: Record = sample(number, title=Text(f"{title} {number}"))
    payload = b"" if deleted else record.title.value.encode()
    raw = RawRecord("sample", record.source_identifier, "2026-01-01T00:00:00Z", "oai_dc", payload, deleted)
    return Received(record.id, raw, Reading(None if deleted else replace(record)))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made: list[Kept] = []
    store = Store.open("sqlite://", now=lambda: made[0].moment if made else BEGAN)
    store.migrate()
    engine = TantivyEngine(tmp_path / "index", memory_mb=16, threads=1)
    made.append(Kept(Library(Config(tmp_path), store, engine)))
    with made[0].library as library, use(library):
        yield made[0]


Later = Callable[[int], None]


@pytest.fixture
def later(kept: Kept) -> Later:
    """So many days pass."""

    def pass_days(days: int) -> None:
        kept.moment += timedelta(days=days)

    return pass_days
