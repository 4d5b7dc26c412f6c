"""The vocabularies of a catalogue, in one SQLite file: every version packed, the current ones to be looked up.

A version is kept as its concepts in packed pieces, and takes about a tenth of what looking up takes; restoring one
reads its pieces again. Nothing is held in memory: a look-up is a query on an index, and a change is seen by every
process at its next look-up. The file is not made before the first vocabulary.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from bookwheel.errors import UnknownNameError, VocabularyError
from bookwheel.search.synonyms import term_key
from bookwheel.vocabulary.concepts import Concept, as_said

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vocabulary (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS version (
    vocabulary INTEGER NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, file TEXT NOT NULL,
    loaded TEXT NOT NULL, concepts INTEGER NOT NULL, terms INTEGER NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (vocabulary, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS piece (
    id INTEGER PRIMARY KEY, vocabulary INTEGER NOT NULL, version INTEGER NOT NULL, concepts BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS piece_version ON piece (vocabulary, version);
CREATE TABLE IF NOT EXISTS concept (id INTEGER PRIMARY KEY, vocabulary INTEGER NOT NULL, code TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS term (
    concept INTEGER NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (concept, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS term_key ON term (key) WHERE key <> '';
CREATE TABLE IF NOT EXISTS tree (
    number TEXT NOT NULL, concept INTEGER NOT NULL, PRIMARY KEY (number, concept)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tree_concept ON tree (concept);
"""

_PIECE = 2_000
"""Concepts packed together: a few hundred kilobytes in memory."""


@dataclass(frozen=True, slots=True)
class Version:
    """One loading of a vocabulary. `loaded` is an ISO 8601 time; `is_current` when it is the one that is used."""

    name: str
    number: int
    label: str
    file: str
    loaded: str
    concepts: int
    terms: int
    is_current: bool

    @property
    def title(self) -> str:
        """What readers are told: "MeSH 2026, version 3"."""
        return f"{self.label}, version {self.number}"


class VocabularyFile:
    """The file, open. Threads may share it; any process may change it, one at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def create(self) -> None:
        """Make an empty file where there is none."""
        with self._lock, self._reporting():
            if self._db is None:
                db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, timeout=30)
                # Readers go on while a version is written.
                db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")
                self._db = db

    def load(self, name: str, label: str, file: str, concepts: Iterable[Concept]) -> Version | None:
        """Make a new version of a vocabulary and use it; None when it is the current one again, which then stays.

        All or nothing: a reader's error half-way leaves everything as it was.
        """
        with self._writing() as db:
            row = db.execute("SELECT id, version FROM vocabulary WHERE name = ?", (name,)).fetchone()
            if row is None:
                number = db.execute("INSERT INTO vocabulary VALUES (NULL, ?, 0, 0, -1)", (name,)).lastrowid
                row = (number, 0)
            vocabulary, current = row
            newest = db.execute("SELECT max(number) FROM version WHERE vocabulary = ?", (vocabulary,)).fetchone()[0]
            version = (newest or 0) + 1
            self._take_out(db, vocabulary)
            counted = _Counted()
            kept = self._packed(db, vocabulary, version, counted.all(concepts))
            self._put_in(db, vocabulary, kept)
            same = "SELECT label FROM version WHERE vocabulary = ? AND number = ? AND digest = ?"
            if db.execute(same, (vocabulary, current, counted.digest)).fetchone() == (label,):
                raise _UnchangedError
            values = (label, file, _now(), counted.concepts, counted.terms, counted.digest)
            db.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (vocabulary, version, *values))
            db.execute("UPDATE vocabulary SET version = ? WHERE id = ?", (version, vocabulary))
        return next((each for each in self.history(name) if each.number == version), None)

    def restore(self, name: str, number: int) -> Version:
        """Use an earlier version again, or one of a removed vocabulary. Raises UnknownNameError."""
        versions = {str(each.number): each for each in self.history(name)}
        if str(number) not in versions:
            raise UnknownNameError(f"version of {name}", str(number), versions)
        with self._writing() as db:
            vocabulary = self._id(db, name)
            self._take_out(db, vocabulary)
            self._put_in(db, vocabulary, self._unpacked(db, vocabulary, number))
            db.execute("UPDATE vocabulary SET version = ? WHERE id = ?", (number, vocabulary))
        return versions[str(number)]

    def remove(self, name: str) -> None:
        """Use a vocabulary no more; its versions can be restored. Raises UnknownNameError."""
        self.history(name)
        with self._writing() as db:
            vocabulary = self._id(db, name)
            self._take_out(db, vocabulary)
            db.execute("UPDATE vocabulary SET version = 0 WHERE id = ?", (vocabulary,))

    def current(self) -> tuple[Version, ...]:
        """The versions in use, by name."""
        return tuple(each for each in self._versions() if each.is_current)

    def history(self, name: str) -> tuple[Version, ...]:
        """All versions of a vocabulary, the newest first. Raises UnknownNameError for one never loaded."""
        versions = self._versions()
        found = tuple(each for each in reversed(versions) if each.name == name)
        if not found:
            raise UnknownNameError("vocabulary", name, {each.name for each in versions})
        return found

    def concepts(self, name: str) -> Iterator[Concept]:
        """The concepts of the version in use, as they were read."""
        current = {each.name: each.number for each in self.current()}
        if name in current and (db := self._reading()) is not None:
            with self._lock, self._reporting():
                vocabulary = self._id(db, name)
            yield from self._unpacked(db, vocabulary, current[name])

    def copy_to(self, path: Path) -> None:
        """A copy of the whole file, as it stands."""
        db = self._reading()
        if db is not None:
            with self._lock, self._reporting(), closing(sqlite3.connect(path)) as other:
                db.backup(other)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """What a question to the tables gives; [] while there is no file."""
        db = self._reading()
        if db is None:
            return []
        with self._lock, self._reporting():
            return db.execute(sql, values).fetchall()

    def _versions(self) -> list[Version]:
        rows = self.rows(
            "SELECT v.name, n.number, n.label, n.file, n.loaded, n.concepts, n.terms, n.number = v.version "
            "FROM version n JOIN vocabulary v ON v.id = n.vocabulary ORDER BY v.name, n.number"
        )
        return [
            Version(name, number, label, file, loaded, concepts, terms, bool(is_current))
            for name, number, label, file, loaded, concepts, terms, is_current in rows
        ]

    def _id(self, db: sqlite3.Connection, name: str) -> int:
        return int(db.execute("SELECT id FROM vocabulary WHERE name = ?", (name,)).fetchone()[0])

    def _take_out(self, db: sqlite3.Connection, vocabulary: int) -> None:
        """Look a vocabulary up no more."""
        first, last = db.execute("SELECT first, last FROM vocabulary WHERE id = ?", (vocabulary,)).fetchone()
        db.execute("DELETE FROM tree WHERE concept BETWEEN ? AND ?", (first, last))
        db.execute("DELETE FROM term WHERE concept BETWEEN ? AND ?", (first, last))
        db.execute("DELETE FROM concept WHERE id BETWEEN ? AND ?", (first, last))

    def _put_in(self, db: sqlite3.Connection, vocabulary: int, concepts: Iterable[Concept]) -> None:
        """Let the concepts be looked up; their numbers follow one another."""
        first = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM concept").fetchone()[0])
        last = first - 1
        numbered = enumerate(concepts, first)
        while group := list(islice(numbered, _PIECE)):
            rows = [(number, vocabulary, concept.code) for number, concept in group]
            db.executemany("INSERT INTO concept VALUES (?, ?, ?)", rows)
            db.executemany("INSERT INTO term VALUES (?, ?, ?, ?)", (row for each in group for row in _terms(*each)))
            trees = ((tree, number) for number, concept in group for tree in dict.fromkeys(concept.trees))
            db.executemany("INSERT INTO tree VALUES (?, ?)", trees)
            last = group[-1][0]
        db.execute("UPDATE vocabulary SET first = ?, last = ? WHERE id = ?", (first, last, vocabulary))

    def _packed(
        self, db: sqlite3.Connection, vocabulary: int, version: int, concepts: Iterable[Concept]
    ) -> Iterator[Concept]:
        """The concepts again, each packed as it passes."""
        passing = iter(concepts)
        while piece := list(islice(passing, _PIECE)):
            data = zlib.compress(msgspec.json.encode(piece))
            db.execute("INSERT INTO piece VALUES (NULL, ?, ?, ?)", (vocabulary, version, data))
            yield from piece

    def _unpacked(self, db: sqlite3.Connection, vocabulary: int, version: int) -> Iterator[Concept]:
        chosen = "SELECT id FROM piece WHERE vocabulary = ? AND version = ? ORDER BY id"
        with self._lock, self._reporting():
            places = db.execute(chosen, (vocabulary, version)).fetchall()
        for place in places:
            with self._lock, self._reporting():
                data = db.execute("SELECT concepts FROM piece WHERE id = ?", place).fetchone()[0]
            yield from msgspec.json.decode(zlib.decompress(data), type=list[Concept])

    def _reading(self) -> sqlite3.Connection | None:
        """The connection; None while there is no file."""
        if self._db is None:
            if not self.path.is_file():
                return None
            self.create()
        return self._db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction on a connection of its own, so that readers of this process see whole versions too."""
        self.create()
        with self._reporting(), closing(sqlite3.connect(self.path, isolation_level=None, timeout=30)) as db:
            try:
                db.execute("PRAGMA cache_size = -65536")
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except _UnchangedError:
                db.execute("ROLLBACK")
            except BaseException:
                # A full disk has rolled back by itself.
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise VocabularyError(f"{self.path}: {error}. Is it a file of 'bookwheel vocabulary load'?") from error


class _UnchangedError(Exception):
    """The version is the current one again."""


class _Counted:
    """Counts concepts and terms as they pass, and makes the digest of them all."""

    def __init__(self) -> None:
        self.concepts = 0
        self.terms = 0
        self._digest = sha256()

    @property
    def digest(self) -> bytes:
        return self._digest.digest()

    def all(self, concepts: Iterable[Concept]) -> Iterator[Concept]:
        for concept in concepts:
            self.concepts += 1
            self.terms += len(concept.terms)
            self._digest.update(msgspec.json.encode(concept))
            yield concept


def _terms(number: int, concept: Concept) -> Iterator[tuple[int, int, str, str]]:
    """The rows of a concept's terms. Only the name of a rule that goes one way is looked for."""
    for place, term in enumerate(concept.terms):
        yield number, place, "" if concept.one_way and place else term_key(as_said(term)), term


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
