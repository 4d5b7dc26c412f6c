"""Facet values and their numbers: the index counts numbers, this SQLite file knows the names.

Numbers are dense from 1 for each field, given once and never again within a generation. They are committed before the
documents that bear them, so an index that lost its last commit only leaves numbers unused (engine.md 9, risk 5).
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bookwheel.engines.tantivy.caches import Bounded
from bookwheel.errors import EngineError, TooBroadError
from bookwheel.search.analysis import folded_words
from bookwheel.search.collation import sort_key
from bookwheel.search.deadline import left, passed

_SCHEMA = """
CREATE TABLE IF NOT EXISTS value (
    field INTEGER NOT NULL, id INTEGER NOT NULL, value TEXT NOT NULL, sort_key TEXT NOT NULL,
    PRIMARY KEY (field, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS value_text ON value (field, value);
CREATE INDEX IF NOT EXISTS value_order ON value (field, sort_key, value);
CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5 (
    words, content='', columnsize=0, detail=none, prefix='2',
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
"""

_FIELD_SHIFT = 40
"""A row of `word` bears field << 40 | id: room for a million million values a field."""


_STEPS = 100
"""Instructions of SQLite between two looks at the clock: some dozen rows, each perhaps read from a slow disk."""

_LATE = "The values of so many records could not be looked up in time. Narrow the search."


class Value(NamedTuple):
    """Values compare as they stand in alphabetical order."""

    sort_key: str
    value: str
    id: int


class Dictionary:
    """Values of one generation. Threads may share it; one process at a time may `number` and `commit`.

    What is looked up raises TooBroadError when the deadline passes before it is found.
    """

    def __init__(self, path: Path | str, fields: Sequence[str], *, write: bool = False) -> None:
        """Open the file at `path`, to be written or only read; ":memory:" makes an empty one.

        `fields` number the fields by their place. Raises EngineError when the file is missing or no database.
        """
        self._fields = {name: place for place, name in enumerate(fields)}
        self._lock = threading.Lock()
        self._ids = Bounded[tuple[int, str], int](400_000)
        self._values = Bounded[tuple[int, int], str](100_000)
        create = write or path == ":memory:"
        address = (
            ":memory:" if path == ":memory:" else f"{Path(path).absolute().as_uri()}?mode={'rwc' if write else 'ro'}"
        )
        try:
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None, timeout=10)
        except sqlite3.Error as error:
            raise EngineError(
                f"{path} cannot be opened: {error}. 'bookwheel index --rebuild' makes it anew."
            ) from error
        try:
            if create:
                # A reader is never kept waiting by the writer, nor the other way round.
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA cache_size = -65536")
                self._db.executescript(_SCHEMA)
            self._next = {place: self._greatest(place) + 1 for place in self._fields.values()}
        except sqlite3.Error as error:
            self._db.close()
            raise EngineError(f"{path} cannot be used: {error}. 'bookwheel index --rebuild' makes it anew.") from error

    def number(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, dict[str, int]]:
        """field -> value -> id for all values wanted; new ones get their number, kept by the next `commit`."""
        with self._lock:
            return {field: self._number(self._fields[field], set(values)) for field, values in wanted.items()}

    def commit(self) -> None:
        """Make the numbers given so far last."""
        with self._lock:
            if self._db.in_transaction:
                self._db.execute("COMMIT")

    def id(self, field: str, value: str) -> int | None:
        """The number of a value; None for a value no document ever had."""
        place = self._fields[field]
        found = self._ids.get((place, value))
        if found is None:
            with self._reading():
                row = self._db.execute("SELECT id FROM value WHERE field = ? AND value = ?", (place, value)).fetchone()
            if row is None:
                return None
            found = self._ids[place, value] = int(row[0])
        return found

    def ids(self, field: str, values: Iterable[str]) -> list[int]:
        """The numbers of those of the values that some document had; thousands are looked up at once."""
        place = self._fields[field]
        found: list[int] = []
        with self._reading():
            for part in _parts(sorted(values)):
                marks = ",".join("?" * len(part))
                sql = f"SELECT id FROM value WHERE field = ? AND value IN ({marks})"  # noqa: S608
                found += [int(row[0]) for row in self._db.execute(sql, (place, *part))]
        return found

    def values(self, field: str, ids: Iterable[int]) -> dict[int, str]:
        """id -> value."""
        place = self._fields[field]
        kept = {number: self._values.get((place, number)) for number in ids}
        found = {number: value for number, value in kept.items() if value is not None}
        for _, value, number in self.places(field, (number for number, value in kept.items() if value is None)):
            found[number] = self._values[place, number] = value
        return found

    def places(self, field: str, ids: Iterable[int]) -> list[Value]:
        """The values of these numbers with their sort keys, in no order."""
        # Rows in order of their numbers lie side by side in the file: of 10,000, a third of the time is saved.
        wanted = sorted(ids)
        found: list[Value] = []
        for part in _parts(wanted):
            marks = ",".join("?" * len(part))
            sql = f"SELECT sort_key, value, id FROM value WHERE field = ? AND id IN ({marks})"  # noqa: S608
            found += self._select(sql, (self._fields[field], *part))
        return found

    def ordered(self, field: str, start: str, size: int) -> list[Value]:
        """Values in alphabetical order from `start` on, those no document bears any more among them."""
        key = sort_key(start) if start else ""
        return self._select(
            "SELECT sort_key, value, id FROM value WHERE field = ? AND sort_key >= ? ORDER BY sort_key, value LIMIT ?",
            (self._fields[field], key, size),
        )

    def ordered_after(self, field: str, value: str, size: int) -> list[Value]:
        """Values in alphabetical order behind one of them."""
        return self._select(
            "SELECT sort_key, value, id FROM value WHERE field = ? AND (sort_key, value) > (?, ?) "
            "ORDER BY sort_key, value LIMIT ?",
            (self._fields[field], sort_key(value), value, size),
        )

    def ordered_before(self, field: str, value: str, size: int) -> list[Value]:
        """Values before one of them, the nearest first: in reverse alphabetical order."""
        return self._select(
            "SELECT sort_key, value, id FROM value WHERE field = ? AND (sort_key, value) < (?, ?) "
            "ORDER BY sort_key DESC, value DESC LIMIT ?",
            (self._fields[field], sort_key(value), value, size),
        )

    def with_word(self, field: str, prefix: str, limit: int) -> list[Value]:
        """Values with a word that begins so, oldest first, which after a rebuild is about most frequent first.

        Of several words all but the last must stand in the value whole.
        """
        words = folded_words(prefix)
        if not words:
            return []
        match = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        low = self._fields[field] << _FIELD_SHIFT
        return self._select(
            f"SELECT sort_key, value, id FROM value WHERE field = ? AND id IN (SELECT rowid - {low} FROM word "  # noqa: S608
            "WHERE word MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?) ORDER BY id",
            (self._fields[field], match, low, low + (1 << _FIELD_SHIFT) - 1, limit),
        )

    def problems(self) -> list[str]:
        """What SQLite finds wrong with the file."""
        with self._lock:
            try:
                rows = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check(5)")]
            except sqlite3.Error as error:
                return [str(error)]
        return [] if rows == ["ok"] else rows

    def settle(self) -> None:
        """Bring all that was committed from SQLite's log into the file itself."""
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Abandon what is not committed and close the file."""
        with self._lock:
            self._db.close()

    def _greatest(self, place: int) -> int:
        row = self._db.execute("SELECT max(id) FROM value WHERE field = ?", (place,)).fetchone()
        return int(row[0] or 0)

    def _number(self, place: int, values: set[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        missing: list[str] = []
        for value in values:
            number = self._ids.get((place, value))
            if number is None:
                missing.append(value)
            else:
                found[value] = number
        for part in _parts(missing):
            marks = ",".join("?" * len(part))
            sql = f"SELECT value, id FROM value WHERE field = ? AND value IN ({marks})"  # noqa: S608
            found.update(self._db.execute(sql, (place, *part)))
        new = sorted(value for value in missing if value not in found)
        if new:
            self._insert(place, new, found)
        for value in missing:
            self._ids[place, value] = found[value]
        return found

    def _insert(self, place: int, values: list[str], found: dict[str, int]) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")
        first = self._next[place]
        self._next[place] += len(values)
        numbered = list(enumerate(values, first))
        found.update({value: number for number, value in numbered})
        self._db.executemany(
            "INSERT INTO value (field, id, value, sort_key) VALUES (?, ?, ?, ?)",
            ((place, number, value, sort_key(value)) for number, value in numbered),
        )
        shift = place << _FIELD_SHIFT
        self._db.executemany(
            "INSERT INTO word (rowid, words) VALUES (?, ?)",
            ((shift | number, " ".join(folded_words(value))) for number, value in numbered),
        )

    def _select(self, sql: str, parameters: tuple[object, ...]) -> list[Value]:
        with self._reading():
            return [Value(*row) for row in self._db.execute(sql, parameters)]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A block in which SQLite stops soon after the deadline. Writing never stops halfway."""
        available = left()
        if available <= 0 or not self._lock.acquire(timeout=min(available, threading.TIMEOUT_MAX)):
            raise TooBroadError(_LATE)
        try:
            self._db.set_progress_handler(passed, _STEPS)
            try:
                yield
            except sqlite3.OperationalError as error:
                if passed():
                    raise TooBroadError(_LATE) from error
                raise
            finally:
                self._db.set_progress_handler(None, 0)
        finally:
            self._lock.release()


def _parts(items: list[int] | list[str]) -> Iterator[Sequence[int | str]]:
    """Slices as long as an IN list may be: SQLite's default takes 32,766 parameters, older ones 999."""
    for start in range(0, len(items), 900):
        yield items[start : start + 900]
