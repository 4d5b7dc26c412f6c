"""What a person was told is kept is on the disk: the settings of people's SQLite, and what a kill leaves (N8)."""

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from tests.serving import plain_environment, started_together

from bookwheel.web.people.database import database

WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
"""synchronous=2 is FULL: a commit is on the disk before it is answered."""


def settings_of(opened: BaseDatabaseWrapper) -> dict[str, object]:
    with opened.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED}


def test_every_connection_writes_through_to_the_disk(tmp_path: Path) -> None:
    """Each thread has a connection of its own, and each of them must be told."""
    handler = ConnectionHandler({"default": database("", tmp_path / "people.sqlite3")})
    found: list[dict[str, object]] = []

    def ask() -> None:
        found.append(settings_of(handler["default"]))
        handler.close_all()

    ask()
    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ask()
    assert found == [WANTED] * 5


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_the_tests_themselves_keep_foreign_keys() -> None:
    assert settings_of(connection)["foreign_keys"] == 1


WRITER = """
import pathlib, sys
from bookwheel.web.people.setup import set_up
set_up(pathlib.Path(sys.argv[1]))
from bookwheel.web.people.models import Person
for number in range(1_000_000):
    Person.objects.create(email=f"{number}@example.org")
    print(number, flush=True)
"""


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    (tmp_path / "bookwheel.toml").touch()
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=plain_environment()) as writer:
        assert writer.stdout is not None
        for _ in range(50):
            told = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        told = max([told, *(int(line) for line in writer.stdout if line.endswith("\n"))])
    with closing(sqlite3.connect(tmp_path / "people.sqlite3")) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = [
            int(email.partition("@")[0]) for (email,) in kept.execute("SELECT email FROM people_person ORDER BY id")
        ]
    # The last write may be kept although nobody was told of it.
    assert found in (list(range(told + 1)), list(range(told + 2)))


def test_processes_that_start_together_make_the_tables_once(tmp_path: Path) -> None:
    (tmp_path / "bookwheel.toml").touch()
    assert started_together(tmp_path) == ["", "", "", ""]
    with closing(sqlite3.connect(tmp_path / "people.sqlite3")) as made:
        names = made.execute("SELECT app, name FROM django_migrations").fetchall()
    assert len(names) == len(set(names)) > 0
