"""Keys of programs that ask the API, in a small SQLite file of their own: hashes alone, never the keys.

A key is 32 random bytes, so that one SHA-256 of it is as safe as a slow hash is for a password. It is looked up by its
public part, and compared in constant time.
"""

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bookwheel.errors import ConfigError, StoreError, UnknownNameError

SCOPES = ("records", "search")
"""What a key may be for: single records with their citations, and searches with all that helps to search."""

PER_DAY = 100_000

_PREFIX = "bw"
_TABLES = """
CREATE TABLE IF NOT EXISTS key (
    name TEXT PRIMARY KEY, public TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, scopes TEXT NOT NULL,
    per_day INTEGER NOT NULL, made TEXT NOT NULL, revoked TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS used (
    name TEXT NOT NULL, day TEXT NOT NULL, requests INTEGER NOT NULL, PRIMARY KEY (name, day)
) STRICT, WITHOUT ROWID;
"""
# A request over the quota is not counted: the number stays what was answered.
_COUNT = """
INSERT INTO used (name, day, requests) VALUES (?, ?, 1)
ON CONFLICT (name, day) DO UPDATE SET requests = requests + 1 WHERE requests < ?
RETURNING requests
"""


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. `made` and `revoked` are ISO 8601 in UTC; `used` counts today's requests."""

    name: str
    scopes: tuple[str, ...]
    per_day: int
    made: str
    revoked: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """One request made with a key: what the key may, and whether today's quota still had room for it."""

    key: Key
    is_within_quota: bool


class Keys:
    """The keys in a file, which is made with the first of them. Safe to share between threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, name: str, scopes: Iterable[str] = SCOPES, per_day: int = PER_DAY) -> str:
        """Make a key and answer it: the only time anybody sees it.

        Raises UnknownNameError for an unknown scope, ConfigError for a name that is taken, also by a revoked key.
        """
        chosen = sorted(set(scopes))
        for scope in chosen:
            if scope not in SCOPES:
                raise UnknownNameError("scope", scope, SCOPES)
        public, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        key = f"{_PREFIX}_{public}_{secret}"
        made = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            with self._writing() as db:
                db.execute(
                    "INSERT INTO key (name, public, hash, scopes, per_day, made) VALUES (?, ?, ?, ?, ?, ?)",
                    (name, public, _hash(key), " ".join(chosen), per_day, made),
                )
        except sqlite3.IntegrityError as error:
            raise ConfigError(f"there is a key named {name!r} already. Choose another name for a new one.") from error
        return key

    def revoke(self, name: str) -> None:
        """Let a key open nothing any more. Raises UnknownNameError for a name no key has."""
        known = [key.name for key in self.all()]
        if name not in known:
            raise UnknownNameError("key", name, known)
        with self._writing() as db:
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            db.execute("UPDATE key SET revoked = ? WHERE name = ? AND revoked = ''", (moment, name))

    def all(self) -> tuple[Key, ...]:
        """Every key ever made, by name."""
        if not self._path.is_file():
            return ()
        with self._open() as db:
            rows = db.execute(
                "SELECT k.name, scopes, per_day, made, revoked, coalesce(requests, 0) FROM key k"
                " LEFT JOIN used u ON u.name = k.name AND u.day = ? ORDER BY k.name",
                (_today(),),
            ).fetchall()
        return tuple(Key(name, tuple(scopes.split()), *rest) for name, scopes, *rest in rows)

    def use(self, text: str) -> Use | None:
        """Count a request made with a key; None for a text that is no key, or one revoked."""
        parts = text.split("_", 2)
        if len(parts) != 3 or parts[0] != _PREFIX or not self._path.is_file():
            return None
        with self._open() as db:
            row = db.execute(
                "SELECT name, hash, scopes, per_day, made FROM key WHERE public = ? AND revoked = ''", (parts[1],)
            ).fetchone()
            if row is None or not hmac.compare_digest(row[1], _hash(text)):
                return None
            name, _, scopes, per_day, made = row
            counted = db.execute(_COUNT, (name, _today(), per_day)).fetchone() if per_day else None
            used = counted[0] if counted else per_day
        return Use(Key(name, tuple(scopes.split()), per_day, made, "", used), counted is not None)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The file, made where there is none, for its owner's eyes alone."""
        if not self._path.exists():
            self._path.touch(mode=0o600)
        with self._open() as db:
            db.executescript(_TABLES)
            yield db

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one act, committed statement by statement. Raises StoreError when the file refuses."""
        try:
            with closing(sqlite3.connect(self._path, timeout=5, isolation_level=None)) as db:
                # A count lost with the power is no loss worth waiting for the disk.
                db.execute("PRAGMA synchronous = OFF")
                yield db
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}. Check its owner and the free space.") from error


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
