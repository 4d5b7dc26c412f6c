"""`bookwheel jobs` and `bookwheel work` as an operator types them; that workers survive each other is tested in
tests/web/jobs/test_worker.py."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.cli.conftest import SEED, Typed

from bookwheel.cli.serve import free_port

SETTINGS = """\
accounts = {}

[sources.in]
type = "folder"
path = "incoming"
every = "1 day"
"""


@pytest.fixture
def catalogue(empty: Path) -> Path:
    """A catalogue with a folder that is harvested daily, in which one file lies."""
    (empty / "incoming").mkdir()
    file = empty / "incoming" / "seed.xml"
    file.write_bytes(SEED.read_bytes())
    # Older than a file that may still be written.
    os.utime(file, (time.time() - 3600,) * 2)
    (empty / "bookwheel.toml").write_text(SETTINGS.format("true"))
    return empty


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "bookwheel", *map(str, arguments)]


def test_what_is_due_is_run_with_what_follows_from_it(catalogue: Path) -> None:
    ended = json.loads(subprocess.check_output(command("work", "--once", "--json", "--catalogue", catalogue)))
    told = {each["name"]: each["sentence"] for each in ended}
    assert told["harvest:in"].startswith("1 fetched: 1 stored")
    assert told["index"].startswith("1 records added")


@pytest.mark.django_db
def test_a_job_is_paused_and_resumed(typed: Typed, catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKWHEEL_CATALOGUE", str(catalogue))
    assert typed("jobs", "run", "harvest:in", "--catalogue", catalogue).out.startswith("harvest:in: a worker runs it")
    assert "asked" in typed("jobs", "list", "--catalogue", catalogue).out
    assert typed("jobs", "pause", "harvest:in", "--catalogue", catalogue).out == "harvest:in: paused.\n"
    assert "paused" in typed("jobs", "list", "--catalogue", catalogue).out
    outcome = typed("jobs", "resume", "harvest:in", "--json", "--catalogue", catalogue)
    assert json.loads(outcome.out) == {"resumed": "harvest:in"}
    assert "paused" not in typed("jobs", "list", "--catalogue", catalogue).out
    outcome = typed("jobs", "run", "harvest:inn", "--catalogue", catalogue)
    assert outcome.code == 4
    assert "Did you mean 'harvest:in'?" in outcome.err


def test_the_server_runs_jobs_and_takes_its_worker_along_when_it_ends(catalogue: Path) -> None:
    (catalogue / "bookwheel.toml").write_text(SETTINGS.format("false"))
    port = free_port("127.0.0.1", 0)
    with subprocess.Popen(command("serve", "--port", port, "--catalogue", catalogue), stdout=subprocess.PIPE) as server:
        try:
            worker = _harvested_by(catalogue)
        finally:
            server.terminate()
            started = time.monotonic()
            server.wait(timeout=120)
    assert time.monotonic() - started < 20
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def _harvested_by(catalogue: Path) -> int:
    """The process that harvested, once it has, which takes it a few seconds."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(catalogue / "people.sqlite3")) as connection:
            for (worker,) in connection.execute(
                "SELECT worker FROM jobs_run JOIN jobs_job ON job_id = jobs_job.id "
                "WHERE name = 'harvest:in' AND outcome = 'done'"
            ):
                return int(worker.split(":")[1])
        time.sleep(0.1)
    raise AssertionError("the server's worker did not harvest")


def test_a_worker_ends_soon_after_it_is_told_to(catalogue: Path) -> None:
    with subprocess.Popen(command("work", "--catalogue", catalogue), stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert worker.wait(timeout=120) == 0
    assert time.monotonic() - started < 10
