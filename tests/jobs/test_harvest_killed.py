"""F1: a harvest killed anywhere, fifty times over, ends as if nothing had happened."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.fakes.feed import Feed
from tests.fakes.oai_server import Repository, serve

from bookwheel.config import SourceConfig
from bookwheel.jobs.harvest import harvest
from bookwheel.sources.oai import OaiSource
from bookwheel.store import Store

DEATHS = 50
RECORDS = 300
PAGE_SIZE = 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("seed", [1])
def test_f1_fifty_kills_lose_and_repeat_nothing(tmp_path: Path, seed: int) -> None:
    feed = Feed()
    for number in range(RECORDS):
        feed.put(f"oai:x:{number}", title=f"Title {number}", sets=("a",))
        feed.clock.moment += timedelta(minutes=1)
    repository = Repository(feed, page_size=PAGE_SIZE)
    store_url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    with Store.open(store_url) as store:
        store.migrate()
    with serve(repository) as url:
        script = str(Path(__file__).with_name("killed_harvests.py"))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        told = subprocess.run(
            [sys.executable, script, url, store_url, str(DEATHS), str(seed)],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            timeout=120,
        )
        complete = int(told.stdout)
        with Store.open(store_url) as store, OaiSource("x", SourceConfig(url=url)) as source:
            run = harvest(source, store)
            assert run.state == "complete"
            expected = {item.identifier: f"Title {item.identifier[6:]}" for item in feed.listed()}
            found = store.changes(0, 10 * RECORDS)
            assert {one.identifier: one.record and one.record.title.value for one in found} == expected
            assert len(found) == RECORDS
            assert all(len(store.versions(one.id)) == 1 for one in found)
            states = [run.state for run in store.runs(10 * DEATHS)]
            assert states.count("complete") <= complete + 1 <= states.count("complete") + 1
            assert sum(run.counts.stored for run in store.runs(10 * DEATHS)) == RECORDS
            assert store.check() == ()
    lists = [request for request in repository.requests if request.parameters["verb"] == "ListRecords"]
    assert len(lists) <= (complete + 1) * RECORDS // PAGE_SIZE + DEATHS
