"""A real worker, killed with SIGKILL at statements all over its run: nothing is lost, nothing told twice."""

import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.changing import DC
from tests.fakes.smtp_server import Letterbox, letterbox, part

from bookwheel.config import FILE_NAME
from bookwheel.library import Library
from bookwheel.records.raw import RawRecord
from bookwheel.store.model import Received

PATIENCE_SECONDS = 240
"""For a worker on a machine that does much else at the same time."""

WORKER = str(Path(__file__).parent / "worker.py")
READER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from bookwheel.web.people.setup import set_up
set_up(Path(sys.argv[1]))
from allauth.account.models import EmailAddress
from bookwheel.jobs.matching import Reached
from bookwheel.search.url import from_url
from bookwheel.web.alerts.subscribing import set_frequency
from bookwheel.web.people.models import Person
from bookwheel.web.searches.keeping import save
past = datetime.now(UTC) - timedelta(days=3)
for name in ("ada", "bert"):
    person = Person.objects.create_user(f"{name}@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for text in ("bees", "wasps"):
        set_frequency(save(person, from_url([("lookfor", text)]), text), "daily", Reached(0, past), past)
"""


def start(*arguments: str) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOOKWHEEL_")}

    return subprocess.Popen(
        [sys.executable, *arguments], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def run(*arguments: str) -> tuple[int, str]:
    """The exit code, and what was said of errors."""
    process = start(*arguments)
    _, said = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, said


def told(box: Letterbox) -> list[tuple[str, list[str]]]:
    """The recipient and the records of each mail; one that came twice with the same Message-ID counts once."""
    mails = {mail["Message-ID"]: (to, mail) for to, mail in box.mails}
    return sorted((to, sorted(re.findall(r"/Record/a-(\d)", part(mail, "plain")))) for to, mail in mails.values())


EVERYTHING = [str(number) for number in range(10)]
EXPECTED = [("ada@example.org", EVERYTHING), ("bert@example.org", EVERYTHING)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue with ten records that are new to two readers with two alerts each."""
    settings = 'public_url = "https://search.example.org"\nindex_memory_mb = 64\nindex_threads = 1\n'
    (tmp_path / FILE_NAME).write_text(settings, encoding="utf-8")
    with Library.open(tmp_path) as library:
        number = library.store.start_run("a", "harvest")
        received = []
        for name in range(10):
            payload = DC.format(f"{'Bees' if name % 2 else 'Wasps'} {name}", "Lovelace, Ada").encode()
            raw = RawRecord("a", f"oai:a:{name}", "2026-01-01T00:00:00Z", "oai_dc", payload)
            received.append(Received(f"a-{name}", raw, library._read(raw)))
        library.store.save_page(number, received)
        library.store.finish_run(number, "complete")
        library.index()
    code, said = run("-c", READER, str(tmp_path))
    assert code == 0, said
    return tmp_path


def test_worker_killed_anywhere_tells_all_once(folder: Path) -> None:
    moment = datetime.now(UTC) + timedelta(days=1)
    killed = 0
    with letterbox() as (box, controller):
        for kill_at in (12, 31, 10_000):
            code, said = run(WORKER, str(folder), str(controller.port), moment.isoformat(), str(kill_at))
            assert code in (0, -9), said
            killed += code == -9
            # The claims of the dead end; their digests go to the next.
            moment += timedelta(minutes=20)
    assert killed >= 2
    assert told(box) == EXPECTED
    with sqlite3.connect(folder / "people.sqlite3") as database:
        assert database.execute("SELECT DISTINCT state FROM alerts_digest").fetchall() == [("sent",)]


def test_two_workers_at_once_tell_all_once(folder: Path) -> None:
    moment = datetime.now(UTC) + timedelta(days=1)
    with letterbox() as (box, controller):
        arguments = (WORKER, str(folder), str(controller.port), moment.isoformat(), "0")
        workers = [start(*arguments) for _ in range(2)]
        for worker in workers:
            _, said = worker.communicate(timeout=PATIENCE_SECONDS)
            assert worker.returncode == 0, said
        # A digest that one of them left to the other waits for nobody.
        code, said = run(*arguments)
        assert code == 0, said
    assert told(box) == EXPECTED
    assert len(box.mails) == 2
