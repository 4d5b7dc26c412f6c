"""A catalogue whose searches a real engine answers, with keys in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from tests.web.stub import SEED, StubLibrary, sample

from bookwheel.search.query import Query
from bookwheel.search.results import SearchResult
from bookwheel.store.keys import Keys
from bookwheel.web.library import use


@dataclass
class EngineLibrary(StubLibrary):
    def search(self, query: Query) -> SearchResult:
        self.asked.append(query)
        return self.engine.search(query)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[EngineLibrary]:
    records = (SEED, *(sample(number) for number in range(60)))
    made = EngineLibrary(records, keys=Keys(tmp_path / "keys.sqlite3"), state="first")
    with use(made):
        yield made


@pytest.fixture
def asking(library: EngineLibrary) -> Client:
    """Asks the API of `library`."""
    return Client(raise_request_exception=False)
