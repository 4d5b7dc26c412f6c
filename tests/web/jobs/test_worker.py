"""Workers as real processes, one of which is killed: no job is run by two, none is lost, each goes on where it was."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from tests.fakes.feed import Feed
from tests.fakes.oai_server import Answer, Repository, serve
from tests.web.jobs.working import STEPS

PATIENCE_SECONDS = 240

pytestmark = pytest.mark.skipif(
    os.environ.get("BOOKWHEEL_PEOPLE_URL", "") != "", reason="the tests' database is not the workers'"
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    (tmp_path / "bookwheel.toml").touch()
    return tmp_path


@contextmanager
def worker(*arguments: Path) -> Iterator["subprocess.Popen[bytes]"]:
    script = str(Path(__file__).with_name("working.py"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script, *map(str, arguments)], env=environment, stdout=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def until(come: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not come():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def outcomes(catalogue: Path, name: str) -> list[str]:
    """How the runs of a job ended, the first one first."""
    with closing(sqlite3.connect(catalogue / "people.sqlite3")) as connection:
        found = connection.execute(
            "SELECT outcome FROM jobs_run JOIN jobs_job ON jobs_job.id = job_id WHERE name = ? ORDER BY jobs_run.id",
            [name],
        )
        return [outcome for (outcome,) in found]


def test_of_two_workers_one_runs_a_job_and_the_other_goes_on_when_it_is_killed(catalogue: Path) -> None:
    log = catalogue / "log"
    log.touch()

    def steps() -> list[tuple[int, int]]:
        return [(int(pid), int(step)) for pid, step in map(str.split, log.read_text().splitlines())]

    with worker(catalogue, log) as one, worker(catalogue, log) as other:
        until(lambda: len(steps()) >= STEPS // 3)
        killed = one if steps()[0][0] == one.pid else other
        killed.kill()
        killed.wait()
        until(lambda: outcomes(catalogue, "count")[-1] == "done")
    before = [row for row in steps() if row[0] == killed.pid]
    # None of the other's steps stands among those of the one that was killed.
    assert steps()[: len(before)] == before
    after = steps()[len(before) :]
    assert {pid for pid, _ in after} == {one.pid, other.pid} - {killed.pid}
    # The step it died in is done again, and no other.
    assert after[0][1] - before[-1][1] in (0, 1)
    assert [step for _, step in after] == list(range(after[0][1], STEPS))
    assert outcomes(catalogue, "count") == ["killed", "done"]


def test_a_harvest_whose_worker_is_killed_goes_on_behind_the_last_page(catalogue: Path) -> None:
    feed = Feed()
    for number in range(30):
        feed.put(f"oai:x:{number}", title=f"Title {number}")
    dead = Event()

    def wait_for_the_kill(answer: Answer) -> Answer:
        dead.wait(PATIENCE_SECONDS)
        return replace(answer, cut="connect")

    repository = Repository(feed, page_size=2, faults={6: wait_for_the_kill})
    with serve(repository) as url:
        (catalogue / "bookwheel.toml").write_text(
            f'accounts = false\n[sources.x]\nurl = "{url}"\nevery = "1 day"\nformat = "oai_doaj"\n'
        )
        with worker(catalogue) as killed:
            until(lambda: len(repository.requests) > 5)
            killed.kill()
            killed.wait()
            dead.set()
        with worker(catalogue):
            until(lambda: "done" in outcomes(catalogue, "harvest:x"))
            until(lambda: "done" in outcomes(catalogue, "index"))
    assert outcomes(catalogue, "harvest:x") == ["killed", "done"]
    lists = [request for request in repository.requests if request.parameters["verb"] == "ListRecords"]
    assert len(lists) <= 15 + 1
