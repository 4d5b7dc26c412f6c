"""A whole small catalogue with people and all that they can make, asked once at every address by everybody.

The crawl is made once for all tests of this folder, inside a transaction that is taken back: what remains are values.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from tests.formats.cases import case
from tests.web.conftest import PASSWORD, make_person
from tests.web.oai.conftest import Repository
from tests.web.safety.crawling import Answer, addresses_of, browser_of, contents, crawl
from tests.web.safety.examples import make
from tests.web.safety.kinds import HIDDEN_PIECE, ROLES, SECRET, SEED, Example, Role, World
from tests.web.safety.routes import Route, all_routes
from tests.web.safety.tables import Tables, changed, dump

from bookwheel.config import Config, OaiConfig, SourceConfig
from bookwheel.engines.memory import MemoryEngine
from bookwheel.library import Library
from bookwheel.records.raw import Rejected
from bookwheel.store import Store
from bookwheel.store.model import Received
from bookwheel.web.library import use
from bookwheel.web.people.models import Person

PUBLIC_URL = "http://testserver"


@dataclass(frozen=True, slots=True)
class Crawled:
    """What everybody was answered everywhere."""

    answers: tuple[Answer, ...]
    made: tuple[Example, ...]
    addresses: Mapping[Route, tuple[str, ...]]
    before: Tables
    """The people's database when everything was made."""
    changes: Mapping[Role, Tables]
    """Rows of it that are others after a role has asked everything."""
    store_is_unchanged: bool

    def of(self, role: Role) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.role == role)


def canary(kind: str, visibility: str) -> str:
    """A text that stands nowhere else."""
    return f"canary {kind} {visibility} q7w"


@pytest.fixture(scope="session")
def safety_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A catalogue with a store in a file: the seed record and twelve others, one of them deleted."""
    folder = tmp_path_factory.mktemp("safety")
    source = SourceConfig(url="http://oai.example", user="somebody", password=SECRET, api_key=SECRET)
    config = Config(
        folder,
        public_url=PUBLIC_URL,
        oai=OaiConfig("librarian@example.org"),
        comments="on",
        ratings=True,
        mail_password=SECRET,
        sources={"doaj": source},
    )
    store = Store.open(f"sqlite:///{folder / 'records.sqlite3'}")
    store.migrate()
    with Library(config, store, MemoryEngine()) as library:
        repository = Repository(library)
        seed = case(SEED)
        repository.save(Received(SEED, seed.raw, seed.reading))
        for number in range(12):
            repository.put(number, f"Bees, volume {number}")
        repository.put(3, "", deleted=True)
        run = store.start_run("doaj", "harvest")
        store.save_page(run, (), (Rejected("doaj", "x:1", HIDDEN_PIECE, HIDDEN_PIECE.encode()),))
        store.finish_run(run, "complete")
        library.index()
        yield library


@pytest.fixture
def world(safety_library: Library) -> Iterator[World]:
    """People without things yet, in the catalogue."""
    with catalogue_in_use(safety_library):
        yield World(people())


@pytest.fixture(scope="session")
def crawled(safety_library: Library, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Crawled:
    with django_db_blocker.unblock(), catalogue_in_use(safety_library), transaction.atomic():
        world = World(people())
        make(world, canary)
        made = dump()
        store_before = contents(_store_of(safety_library))
        answers: list[Answer] = []
        changes = {}
        for role in ROLES:
            client = browser_of(role, world)
            before = dump()
            answers.extend(crawl(client, role, world))
            changes[role] = changed(before, dump())
        same = contents(_store_of(safety_library)) == store_before
        addresses = {route: addresses_of(route, world) for route in all_routes()}
        transaction.set_rollback(True)
    return Crawled(tuple(answers), tuple(world.made), addresses, made, changes, same)


@contextmanager
def catalogue_in_use(library: Library) -> Iterator[None]:
    chosen = replace(settings.BOOKWHEEL, public_url=PUBLIC_URL, comments="on", ratings=True, mail_password=SECRET)
    with use(library), override_settings(BOOKWHEEL=chosen):
        yield


def people() -> Mapping[Role, Person]:
    """One for each role, with a verified address."""
    roles = {"curator": "curator", "operator": "operator"}
    return {
        role: make_person(f"{role}@example.org", _hashed(), name=f"The {role} q7w", role=roles.get(role, "reader"))
        for role in ROLES
        if role != "stranger"
    }


@cache
def _hashed() -> str:
    """Made once: it is meant to take long."""
    return make_password(PASSWORD)


def _store_of(library: Library) -> Path:
    return library.config.folder / "records.sqlite3"
