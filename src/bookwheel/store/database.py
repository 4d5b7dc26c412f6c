"""Opens the database and says in one line what it refuses.

SQLite runs in write-ahead mode, so that readers never wait for a harvest. `synchronous=FULL` makes every
committed page outlive a power cut: change numbers are then never given out twice, and an index is never ahead
of its store. It costs one fsync a page; docs/decisions/0004 has the measurement.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from bookwheel.errors import StoreError

BUSY_SECONDS = 30
"""How long a writer waits for another; a page is written in a tenth of a second."""

CHUNK = 5_000
"""Values in one IN list; SQLite takes 32,766 parameters, PostgreSQL 65,535."""

T = TypeVar("T")

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA foreign_keys=ON",
    # Negative is kilobytes. The indexes over identifiers are hit at random by every page.
    "PRAGMA cache_size=-65536",
    # In pages of 4 kB: a checkpoint every 16 MB copies a page of an index once where it was changed by many
    # commits.
    "PRAGMA wal_autocheckpoint=4000",
    # In bytes: a file grown by one long reader shrinks again.
    "PRAGMA journal_size_limit=67108864",
)

# What a database says, and what an operator can do about it.
_REFUSALS = (
    ("disk is full", "the disk is full. Nothing is lost: free space and run the command again"),
    ("No space left on device", "the disk is full. Nothing is lost: free space and run the command again"),
    (
        "database is locked",
        f"another program held it for over {BUSY_SECONDS} s. Nothing is lost: run the command again",
    ),
    (
        "not a database",
        "the file is no SQLite database. Was it overwritten? Restore it from a backup, or move it away",
    ),
    ("malformed", "the file is damaged. Restore it from a backup"),
    ("unable to open", "the file cannot be opened. Does its folder exist, and may it be read and written?"),
    ("readonly", "the file may not be written. Check its permissions"),
    (
        "disk I/O error",
        "the disk failed. Nothing of this page was kept: check the disk, then run the command again",
    ),
    ("no such table", "the tables are missing. Any command makes them, such as 'bookwheel status'"),
    ("UndefinedTable", "the tables are missing. Any command makes them, such as 'bookwheel status'"),
)


def connect(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; nothing is opened before the first use.

    "sqlite://" lives in memory, for one thread, and is gone with the engine. Raises StoreError for an address
    nobody can serve.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite":
            return create_engine(address)
        in_memory = address.database in (None, "", ":memory:")
        engine = create_engine(address, **({"poolclass": StaticPool} if in_memory else {}))
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"database_url {url!r} is no address of a database: {error}") from error
    except ModuleNotFoundError as error:
        raise StoreError(f"database_url {url!r} needs the package {error.name!r}: install it") from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing_engine(engine: Engine) -> Engine:
    """The same engine, whose transactions take SQLite's write lock at their start.

    A transaction that reads first and asks for the lock later may be refused at once, whatever the timeout.
    """
    return engine.execution_options(takes_write_lock=True)


@contextmanager
def refusals_told(engine: Engine) -> Iterator[None]:
    """Turns what the database refuses into StoreError: which database, what, and what to do."""
    try:
        yield
    except DBAPIError as error:
        where = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string()
        said = f"{type(error.orig).__name__}: {error.orig}"
        advice = next((advice for sign, advice in _REFUSALS if sign in said), None)
        first_line = said.splitlines()[0]
        raise StoreError(f"{where}: {advice or first_line}.") from error


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists short enough for an IN."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _prepare_sqlite(connection: Any, _: object) -> None:
    # The driver would begin transactions by its own rules; _begin_sqlite does it by ours.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    takes_write_lock = connection.get_execution_options().get("takes_write_lock")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if takes_write_lock else "BEGIN")
