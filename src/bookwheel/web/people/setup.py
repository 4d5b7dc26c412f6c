"""Sets Django up for a catalogue outside its server, as commands and the worker need it, and makes its tables."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bookwheel.config import read_config
from bookwheel.errors import CatalogueError


def set_up(folder: Path) -> None:
    """After this, models and settings are those of the catalogue in `folder`, its tables up to date.

    Raises CatalogueError for a folder that is none, ConfigError, and CatalogueError when the database refuses.
    """
    read_config(folder)
    os.environ["BOOKWHEEL_CATALOGUE"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.web.settings")
    django.setup()
    migrate()


def migrate() -> None:
    """Bring the people's tables up to date; quick when they are. Raises CatalogueError when the database refuses."""
    try:
        if _is_behind():
            with _alone():
                if _is_behind():
                    call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, sqlite3.Error) as error:
        where = connection.settings_dict["NAME"]
        raise CatalogueError(
            f"{where}: the people's database refuses: {error}. Restore a backup, or mend it."
        ) from error


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: of two that find the same migration missing, both would apply it.

    The lock is let go when the process that holds it dies, however it dies.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    elif ":memory:" in name or "mode=memory" in name:
        yield
    else:
        # A file beside the database, for the database itself is written meanwhile.
        with closing(sqlite3.connect(f"{name}.lock", timeout=_WAIT_SECONDS, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield


_LOCK = 0x626F6F6B
"""Number of the lock among those of the database; any number, as long as it stays the same."""

_WAIT_SECONDS = 120
