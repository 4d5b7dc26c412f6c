"""A catalogue with two sources, records, a deletion and pieces in quarantine, behind the operators' pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.fakes.feed import Feed
from tests.fakes.oai_server import Repository, serve
from tests.web.conftest import PASSWORD, signed_in
from tests.web.jobs.clock import Clock

from bookwheel.config import Config, SourceConfig
from bookwheel.engines.memory import MemoryEngine
from bookwheel.library import Library
from bookwheel.records.raw import Rejected
from bookwheel.store import Store
from bookwheel.web.jobs.asking import settle
from bookwheel.web.jobs.table import planned
from bookwheel.web.library import use
from bookwheel.web.people.models import Person

SECRET = "a-key-nobody-may-see"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Library]:
    """Five records of the source "x", the last of them deleted, all indexed; three pieces in quarantine."""
    feed = Feed()
    for number in range(5):
        feed.put(f"oai:x:{number}", title=f"Title {number}")
    with serve(Repository(feed, page_size=2)) as url:
        sources = {
            "x": SourceConfig(url=url, user="somebody", password=SECRET, api_key=SECRET, every="1 day"),
            "y": SourceConfig(type="folder", path="in"),
        }
        config = Config(folder=tmp_path, sources=sources)
        store = Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}")
        store.migrate()
        with Library(config, store, MemoryEngine()) as library:
            library.harvest("x")
            feed.delete("oai:x:4")
            library.harvest("x")
            run = store.start_run("x", "harvest")
            pieces = {"text": b"<script>&amp;</script>", "bytes": b"\xff\x00\x01", "long": b"a" * 30_000}
            store.save_page(run, (), tuple(rejected(name, payload) for name, payload in pieces.items()))
            store.finish_run(run, "complete")
            library.index()
            settle((each.wanted for each in planned(config).values()), Clock()())
            with use(library):
                yield library


def rejected(name: str, payload: bytes) -> Rejected:
    return Rejected("x", f"oai:x:{name}", f"{name}: cannot be read", payload, 7, "2026-01-01T00:00:00Z")


@pytest.fixture
def browser(kept: Library, operator: Person) -> Client:
    """An operator who has just given the password again."""
    return fresh(operator)


def fresh(person: Person) -> Client:
    client = signed_in(person)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client
