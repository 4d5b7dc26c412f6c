"""Harvests as jobs: politely beside other runs, and with the index behind them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.fakes.feed import Feed
from tests.fakes.oai_server import Repository, serve
from tests.web.jobs.clock import Clock, Given, job, jobs

from bookwheel.config import Config, SourceConfig
from bookwheel.engines.memory import MemoryEngine
from bookwheel.errors import SourceError
from bookwheel.library import Library
from bookwheel.store import Store
from bookwheel.web.jobs import filling
from bookwheel.web.jobs.running import Later


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    feed = Feed()
    for number in range(5):
        feed.put(f"oai:x:{number}", title=f"Title {number}")
    with serve(Repository(feed, page_size=2)) as url:
        config = Config(folder=tmp_path, sources={"x": SourceConfig(url=url, every="1 day")})
        store = Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}")
        store.migrate()
        with Library(config, store, MemoryEngine()) as library:
            yield library


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    jobs(clock, index="", behind="", retry="")
    return clock


def test_a_harvest_tells_its_counts_and_has_the_index_follow(library: Library, clock: Clock) -> None:
    sentence = filling.harvest("x", Given(library, clock))
    assert sentence == "5 fetched: 5 stored, 0 unchanged, 0 deleted, 0 rejected."
    assert job("index").asked == clock()


def test_a_harvest_that_changed_nothing_asks_for_no_index(library: Library, clock: Clock) -> None:
    library.harvest("x")
    filling.harvest("x", Given(library, clock))
    assert job("index").asked is None


def test_what_an_interrupted_run_brought_is_indexed_too(library: Library, clock: Clock) -> None:
    library.harvest("x")
    filling.harvest("x", Given(library, clock, {"change": 0}))
    assert job("index").asked == clock()


def test_a_harvest_by_hand_is_not_disturbed(library: Library, clock: Clock) -> None:
    library.store.start_run("x", "harvest")
    with pytest.raises(Later, match="is being written by run 1"):
        filling.harvest("x", Given(library, clock))


def test_a_harvest_that_did_not_reach_its_end_fails_with_the_reason(library: Library, clock: Clock) -> None:
    with pytest.raises(SourceError):
        filling.harvest("x", Given(_broken(library), clock))


def _broken(library: Library) -> Library:
    config = Config(folder=library.config.folder, sources={"x": SourceConfig(type="folder", path="nowhere")})
    return Library(config, library.store, library.engine)


def test_reconciling_tells_its_counts(library: Library, clock: Clock) -> None:
    assert filling.reconcile("x", Given(library, clock)).startswith("5 fetched: 5 stored")


def test_progress_is_kept_where_operators_see_it(library: Library, clock: Clock) -> None:
    context = Given(library, clock)
    filling.harvest("x", context)
    assert context.progress[0] in ("2", "2 of 5")


def test_behind_the_index_come_the_jobs_that_wait_for_it(library: Library, clock: Clock) -> None:
    library.harvest("x")
    index = partial(filling.index, ("behind", "unknown"))
    assert index(Given(library, clock)).startswith("5 records added, 0 deleted")
    assert job("behind").asked == clock()
    assert library.count() == 5


def test_retrying_what_lies_in_quarantine(library: Library, clock: Clock) -> None:
    assert filling.retry(Given(library, clock)) == "0 pieces read again: 0 became records, 0 stay."
