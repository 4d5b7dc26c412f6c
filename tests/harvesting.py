"""A feed, a repository that serves it, a source that asks it and a store that keeps it, all on one simulated
clock.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx2
from tests.fakes import faults
from tests.fakes.feed import Feed
from tests.fakes.oai_server import URL, Answer, Fault, Repository

from bookwheel.config import SourceConfig
from bookwheel.jobs.harvest import harvest
from bookwheel.jobs.reconcile import Reconciled, reconcile
from bookwheel.sources.oai import OaiSource
from bookwheel.store import Store
from bookwheel.store.model import ListKey, Run


@dataclass
class World:
    """`feed` and `repository` are set up by a test; `harvest` and `reconcile` run against them."""

    feed: Feed = field(default_factory=Feed)
    page_size: int = 10
    options: dict[str, Any] = field(default_factory=dict)
    name: str = "x"

    def __post_init__(self) -> None:
        self.clock = self.feed.clock
        self.repository = Repository(self.feed, page_size=self.page_size, **self.options)
        self.store = Store.open("sqlite://", now=self.clock.now)
        self.store.migrate()

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def source(self, name: str = "") -> OaiSource:
        transport: httpx2.BaseTransport = self.repository.transport()
        return OaiSource(name or self.name, SourceConfig(url=URL), transport=transport, clock=self.clock)

    def harvest(self, name: str = "", **options: Any) -> Run:
        with self.source(name) as source:
            return harvest(source, self.store, **options)

    def reconcile(self, **options: Any) -> Reconciled:
        with self.source() as source:
            return reconcile(source, self.store, **options)

    def fill(self, count: int, *, apart: timedelta = timedelta(minutes=1), **options: Any) -> None:
        """Records `oai:x:0` and on, put into the feed one after the other."""
        for number in range(count):
            self.feed.put(f"oai:x:{number}", title=f"Title {number}", **options)
            self.clock.moment += apart

    def fault_at(self, request: int, fault: Fault) -> None:
        """A fault of the request with this number, counted from the next one, which is 1."""
        self.repository.faults[len(self.repository.requests) + request] = fault

    def breaks_down_at(self, request: int) -> None:
        """From that request on nothing but errors that no retry helps, until `is_repaired`."""
        first = len(self.repository.requests) + request
        broken = faults.status(503)

        def fault(answer: Answer) -> Answer:
            return broken(answer) if len(self.repository.requests) >= first else answer

        self.repository.fault = fault

    def is_repaired(self) -> None:
        self.repository.fault = None

    def completed(self, set_: str = "") -> str:
        """The greatest datestamp of the lists walked to their end."""
        return self.store.list_state(ListKey(self.name, set=set_, prefix="oai_doaj")).completed

    def state(self) -> dict[str, str | None]:
        """The store: identifier to title, None for a deleted one."""
        return {
            one.identifier: None if one.deleted or one.record is None else one.record.title.value
            for one in self.store.changes(0, 1_000_000)
        }

    def served(self) -> dict[str, str | None]:
        """What a list of everything would serve now, in the same form."""
        return {item.identifier: None if item.deleted else _title(item.metadata) for item in self.feed.listed()}

    def lacks_nothing(self) -> bool:
        """Whether all that the feed serves is stored as it is served."""
        state = self.state()
        return all(identifier in state and state[identifier] == title for identifier, title in self.served().items())


def first_page_for_ever() -> Fault:
    kept: list[Answer] = []

    def fault(answer: Answer) -> Answer:
        kept.append(answer)
        return kept[0]

    return fault


def two_pages_in_turn() -> Fault:
    kept: list[Answer] = []

    def fault(answer: Answer) -> Answer:
        kept.append(answer if len(kept) < 2 else kept[-2])
        return kept[-1]

    return fault


def empty_pages_for_ever() -> Fault:
    tokens = (f"token-{number}" for number in range(1000))
    return lambda answer: faults.token(next(tokens), records=0)(answer)


def _title(metadata: bytes) -> str:
    return metadata.partition(b"title>")[2].partition(b"<")[0].decode()
