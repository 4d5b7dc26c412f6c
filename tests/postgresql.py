"""A PostgreSQL that the tests start themselves: Debian's programs, a cluster in a temporary folder, gone at the end.

It listens on a socket inside its own folder, which nobody else may enter: no port, no password. What makes it safe
against power failures is off, for nothing here outlives the tests.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

UNPRIVILEGED = ("postgres", "nobody")
"""Whom PostgreSQL runs as when the tests run as root, which it refuses: the first of these that there is."""

_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=40"
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    folder: Path
    programs: Path

    def url(self, name: str = "postgres") -> str:
        """SQLAlchemy's address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def new(self, name: str) -> str:
        """Makes an empty database; its address."""
        _run(self.folder, [self.programs / "createdb", "-h", self.folder, "-U", "postgres", name])
        return self.url(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """One server for all tests. Each makes the databases it needs; skips where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL in PATH or /usr/lib/postgresql: install Debian's package postgresql")
    with _running(programs) as cluster:
        yield cluster


@contextmanager
def _running(programs: Path) -> Iterator[Cluster]:
    # Not pytest's own temporary folder: that is closed to the user whom PostgreSQL runs as. And a socket's path is
    # cut off at about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="bookwheel-postgresql-") as name:
        folder = Path(name)
        if user := _other_user():
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"
        _run(folder, [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
        control = [programs / "pg_ctl", "-D", data, "-w", "-t", str(_START_SECONDS)]
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {_QUICK}"
        _run(folder, [*control, "-l", log, "-o", options, "start"])
        try:
            yield Cluster(folder, programs)
        finally:
            _run(folder, [*control, "-m", "immediate", "stop"])


def _programs() -> Path | None:
    """The folder that holds initdb: the one in PATH, else Debian's newest."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda path: int(path.parent.name), default=None)


def _other_user() -> str | None:
    """Whom to run PostgreSQL as; None where the tests run as somebody it accepts."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _run(folder: Path, command: list[Any]) -> None:
    """Run one of PostgreSQL's programs; what it says is told when it fails."""
    user = _other_user()
    as_user: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    # Not through pipes: the server that pg_ctl leaves behind would hold them open for ever.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ.get("PATH", "/usr/bin"), "LC_ALL": "C.UTF-8"},
            **as_user,
        )
        said.seek(0)
        assert done.returncode == 0, f"{command[0]} failed:\n{said.read().decode(errors='replace')}"
