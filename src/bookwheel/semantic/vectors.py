"""The vectors of a catalogue's records, in one SQLite file: bytes by record id.

The file knows which model made them and up to which change of the store they reach, written in the same transaction
as the vectors: a run killed anywhere goes on where the file really stands (as the index does, decision 4).
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bookwheel.errors import EngineError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (record TEXT PRIMARY KEY, digest BLOB NOT NULL, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (model TEXT NOT NULL, watermark INTEGER NOT NULL);
"""

_CHUNK = 500
"""Ids asked for at once: SQLite takes at least 999 parameters."""


class Row(NamedTuple):
    """A record's vector; `digest` is of the text it was made from."""

    record: str
    digest: bytes
    vector: bytes


class Vectors:
    """The file, open. Threads may share it; one process at a time should write."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, or make an empty one. Raises EngineError when it is none of ours."""
        self._path = path
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._reporting():
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            # Readers go on while a batch is written; a batch lost with the power is made again.
            self._db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def model(self) -> str:
        """The name of the encoder that made the vectors; empty while there are none."""
        return str(self._state()[0])

    def watermark(self) -> int:
        """The store's change number up to which the vectors are complete."""
        return int(self._state()[1])

    def count(self) -> int:
        return int(self._rows("SELECT count(*) FROM vector", ())[0][0])

    def size(self) -> int:
        """Bytes of the file on disk, with what is not yet merged into it."""
        beside = (self._path, self._path.with_name(f"{self._path.name}-wal"))
        return sum(path.stat().st_size for path in beside if path.exists())

    def vectors(self, records: Iterable[str]) -> Mapping[str, bytes]:
        """Vectors by record id; records without one are absent."""
        return {record: bytes(vector) for record, vector in self._by_id("vector", records)}

    def digests(self, records: Iterable[str]) -> Mapping[str, bytes]:
        """What the texts were that the vectors were made from."""
        return {record: bytes(digest) for record, digest in self._by_id("digest", records)}

    def begin(self, model: str) -> None:
        """Throw every vector away and wait for those of another model."""
        with self._transaction():
            self._db.execute("DELETE FROM vector")
            self._db.execute("DELETE FROM state")
            self._db.execute("INSERT INTO state VALUES (?, 0)", (model,))

    def save(self, rows: Iterable[Row], gone: Iterable[str], watermark: int) -> None:
        """Put vectors in place of older ones, take out those of records that left, and move the watermark: together."""
        with self._transaction():
            self._db.executemany("REPLACE INTO vector VALUES (?, ?, ?)", rows)
            self._db.executemany("DELETE FROM vector WHERE record = ?", ((record,) for record in gone))
            self._db.execute("UPDATE state SET watermark = ?", (watermark,))

    def _state(self) -> tuple[str, int]:
        found = self._rows("SELECT model, watermark FROM state", ())
        return found[0] if found else ("", 0)

    def _by_id(self, column: str, records: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(records)
        for begin in range(0, len(wanted), _CHUNK):
            chunk = wanted[begin : begin + _CHUNK]
            marks = ",".join("?" * len(chunk))
            yield from self._rows(f"SELECT record, {column} FROM vector WHERE record IN ({marks})", chunk)  # noqa: S608

    def _rows(self, statement: str, values: Iterable[str]) -> list[Any]:
        with self._lock, self._reporting():
            return self._db.execute(statement, tuple(values)).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._reporting():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise EngineError(
                f"{self._path}: {error}. It may be deleted: 'bookwheel vectors' makes it anew."
            ) from error
