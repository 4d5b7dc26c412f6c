"""Store: everything harvested, in one SQL database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, text

from bookwheel.errors import StoreError
from bookwheel.records.raw import Problem, RawRecord, Rejected
from bookwheel.store import migrate, provision, reading, runs, vanished, writing
from bookwheel.store.database import connect, refusals_told, writing_engine
from bookwheel.store.model import (
    Changed,
    Counts,
    KnownHeader,
    ListKey,
    ListState,
    ProblemKind,
    Quarantined,
    Received,
    Run,
    SourceCounts,
    StoredRecord,
)
from bookwheel.store.provision import Header, Journal, Part, Place, Span
from bookwheel.store.vanished import Unseen


class Store:
    """Payload versions, records, problems, quarantine and harvest runs.

    Every method is one transaction: done whole, or not at all when it raises StoreError. Safe to share
    between threads. `now` tells the time, for tests that live through years.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._writing_engine = writing_engine(engine)
        self._now = now

    @classmethod
    def open(cls, url: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Self:
        """The store at an SQLAlchemy address ("sqlite:///records.sqlite3", "postgresql+psycopg://…").

        Makes and changes no tables: `migrate` does. Raises StoreError for what is no database, or is newer
        than we are.
        """
        store = cls(connect(url), now)
        try:
            with store._read() as connection:
                migrate.revision(connection)
        except BaseException:
            store.close()
            raise
        return store

    def migrate(self) -> None:
        """Bring the tables up to date; quick when they are."""
        with self._read() as connection:
            if migrate.is_current(connection):
                return
        with self._write() as connection:
            migrate.migrate(connection)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def start_run(self, source: str, kind: str) -> int:
        """Open a run and take the source's lease; the number names both. Raises StoreError while another
        holds it.
        """
        with self._write() as connection:
            return runs.start_run(connection, source, kind, self._now())

    def save_page(
        self,
        run: int,
        received: Sequence[Received],
        rejected: Sequence[Rejected] = (),
        progress: tuple[ListKey, ListState] | None = None,
    ) -> Counts:
        """Store a page, the place to go on from and the run's counts, together.

        Raises StoreError when another run has taken the source over, and when the database refuses.
        """
        with self._write() as connection:
            # Behind the write lock: later changes have later times, and whoever lists by time misses none.
            now = self._now()
            runs.hold_lease(connection, run, now)
            counts = writing.write_page(connection, run, received, rejected, runs.timestamp(now))
            runs.add_counts(connection, run, counts)
            if progress is not None:
                runs.save_list_state(connection, *progress)
        return counts

    def save_again(
        self, run: int, received: Sequence[Received], counts: Counts, progress: tuple[ListKey, ListState]
    ) -> None:
        """Store what reading kept payloads anew changed, the place to go on from and the run's counts, together.

        Raises StoreError when another run has taken the source over, and when the database refuses.
        """
        with self._write() as connection:
            now = self._now()
            runs.hold_lease(connection, run, now)
            if received:
                writing.write_again(connection, run, received, runs.timestamp(now))
            runs.add_counts(connection, run, counts)
            runs.save_list_state(connection, *progress)

    def drop_quarantined(self, run: int, pieces: Sequence[int]) -> None:
        """Forget pieces in quarantine by their numbers: they became records."""
        with self._write() as connection:
            runs.hold_lease(connection, run, self._now())
            writing.drop_quarantined(connection, pieces)

    def save_list_state(self, run: int, key: ListKey, state: ListState) -> None:
        with self._write() as connection:
            runs.hold_lease(connection, run, self._now())
            runs.save_list_state(connection, key, state)

    def finish_run(
        self, run: int, state: str, notes: Iterable[str] = (), unused: Iterable[tuple[str, int]] = ()
    ) -> Run:
        """Close a run ("complete", "incomplete" or "failed") and give its lease back."""
        with self._write() as connection:
            runs.end_run(connection, run, state, notes, unused, self._now())
            return runs.run_by_number(connection, run)

    # Walking over a source's identifiers

    def begin_walk(self, run: int, key: ListKey, state: ListState) -> None:
        """Count every live record of `key.source` as unseen once more; `state` tells that a walk is under
        way.
        """
        now = self._now()
        with self._write() as connection:
            runs.hold_lease(connection, run, now)
            vanished.begin_walk(connection, key.source, runs.timestamp(now))
            runs.save_list_state(connection, key, state)

    def cross_off(self, run: int, identifiers: Iterable[str], key: ListKey, state: ListState) -> None:
        """The walk met these identifiers of `key.source`; it goes on as `state` tells."""
        with self._write() as connection:
            runs.hold_lease(connection, run, self._now())
            vanished.cross_off(connection, key.source, identifiers)
            runs.save_list_state(connection, key, state)

    def count_missed(self, source: str) -> int:
        """Live records the last walk did not meet."""
        with self._read() as connection:
            return vanished.missed(connection, source)

    def missed(self, source: str, walks: int, grace: timedelta, limit: int) -> list[Unseen]:
        """Live records that at least so many walks in a row did not meet, the first at least `grace` ago."""
        since = runs.timestamp(self._now() - grace)
        with self._read() as connection:
            return vanished.missed_records(connection, source, walks, since, limit)

    # Reading

    def record(self, record_id: str) -> StoredRecord | None:
        return self.records([record_id]).get(record_id)

    def records(self, record_ids: Iterable[str]) -> dict[str, StoredRecord]:
        """By id, deleted ones too; unknown ids are absent."""
        with self._read() as connection:
            return reading.records(connection, record_ids)

    def changes(self, after: int, limit: int) -> list[StoredRecord]:
        """Records whose last change has a greater number, in the order of their changes: at most `limit`."""
        with self._read() as connection:
            return reading.changes(connection, after, limit)

    def changed(self, after: int, limit: int) -> list[Changed]:
        """The same records as `changes`, without what they say: for those who ask only which."""
        with self._read() as connection:
            return reading.changed(connection, after, limit)

    def deleted(self, record_ids: Iterable[str]) -> set[str]:
        """Those of the ids whose records are deleted."""
        with self._read() as connection:
            return reading.deleted(connection, record_ids)

    def removed(self, limit: int) -> list[StoredRecord]:
        """Deleted records with what was last known of them, the latest removals first."""
        with self._read() as connection:
            return reading.removed(connection, limit)

    def count_changes(self, after: int) -> int:
        """How many records `changes` would give in all."""
        with self._read() as connection:
            return reading.count_changes(connection, after)

    def latest_change(self) -> int:
        """The greatest change number given out; 0 for an empty store."""
        with self._read() as connection:
            return reading.latest_change(connection)

    def live_count(self, source: str = "") -> int:
        """Records that are not deleted, of one source or of all."""
        with self._read() as connection:
            return reading.live_count(connection, source)

    def payload(self, record_id: str) -> RawRecord | None:
        """The newest version, a deletion too; None for an unknown id."""
        with self._read() as connection:
            return reading.newest_version(connection, record_id)

    def versions(self, record_id: str) -> list[RawRecord]:
        """Every version, newest first."""
        with self._read() as connection:
            return reading.versions(connection, record_id)

    def problems(self, record_id: str) -> list[Problem]:
        """What reading the newest version complained about."""
        with self._read() as connection:
            return reading.problems(connection, record_id)

    def counts(self) -> list[SourceCounts]:
        """By source, in alphabetical order."""
        with self._read() as connection:
            return reading.counts(connection)

    def runs(self, limit: int = 20, source: str = "") -> list[Run]:
        """Newest first, of one source or of all."""
        with self._read() as connection:
            return runs.runs(connection, limit, source)

    def last_run(self, record_id: str) -> Run | None:
        """The run that changed a record last; None for an unknown id."""
        with self._read() as connection:
            return runs.run_of_record(connection, record_id)

    def problem_kinds(self, source: str, limit: int = 20) -> list[ProblemKind]:
        """What reading the newest versions of a source's records complained about, the most frequent first."""
        with self._read() as connection:
            return reading.problem_kinds(connection, source, limit)

    def quarantined(self, source: str = "", limit: int = 100, after: int = 0) -> list[Quarantined]:
        """Pieces that became no record, oldest first, of one source or of all; behind the id `after`."""
        with self._read() as connection:
            return reading.quarantined(connection, source, limit, after)

    # Providing

    def headers(self, span: Span, after: Place, limit: int) -> list[Header]:
        """Records in the order of their last change, deleted ones too, behind a place: at most `limit`."""
        with self._read() as connection:
            return provision.headers(connection, span, after, limit)

    def header(self, record_id: str) -> Header | None:
        with self._read() as connection:
            return provision.header(connection, record_id)

    def count_headers(self, span: Span) -> int:
        """How many records `headers` would give in all."""
        with self._read() as connection:
            return provision.count(connection, span)

    def earliest_change(self) -> str:
        """When the record that has been left alone longest changed, ISO 8601 UTC; "" for an empty store."""
        with self._read() as connection:
            return provision.earliest(connection)

    def formats(self) -> list[str]:
        """Formats of the newest payloads."""
        with self._read() as connection:
            return provision.formats(connection)

    def journals(self, after: str, limit: int) -> list[Journal]:
        """Journals with an ISSN that records stand in, by ISSN, behind the ISSN `after`."""
        with self._read() as connection:
            return provision.journals(connection, after, limit)

    def parts(self, size: int) -> list[Part]:
        """Parts of so many records each, made one after the other, that hold live ones."""
        with self._read() as connection:
            return provision.parts(connection, size)

    def part(self, number: int, size: int) -> list[tuple[str, str]]:
        """Id and time of the last change of each live record of a part."""
        with self._read() as connection:
            return provision.part(connection, number, size)

    def list_state(self, key: ListKey) -> ListState:
        """How far a list was walked; the state of a fresh one when it never was."""
        with self._read() as connection:
            return runs.list_state(connection, key)

    def known_headers(self, source: str, identifiers: Iterable[str]) -> dict[str, KnownHeader]:
        """What is known of a source's identifiers; unknown ones are absent."""
        with self._read() as connection:
            return reading.known_headers(connection, source, identifiers)

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the database itself; empty when sound. Reads all of an SQLite file."""
        if self._engine.dialect.name != "sqlite":
            return ()
        try:
            with self._read() as connection:
                said = connection.execute(text("PRAGMA quick_check(10)")).scalars().all()
        except StoreError as error:
            return (Problem("store", str(error), "error"),)
        return tuple(Problem("store", f"{line}: restore a backup", "error") for line in said if line != "ok")

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with refusals_told(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with refusals_told(self._engine), self._writing_engine.begin() as connection:
            yield connection
