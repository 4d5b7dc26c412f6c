"""One page into the tables: what is new, what changed, what came again, and what nobody could read.

The hot path of a harvest. Every statement works on the whole page: a hundred rows cost little more than one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from bookwheel.records import codec
from bookwheel.records.model import Record
from bookwheel.records.raw import Problem, RawRecord, Rejected
from bookwheel.store.compression import compress
from bookwheel.store.database import chunks
from bookwheel.store.model import Counts, Received
from bookwheel.store.provision import journal_of
from bookwheel.store.tables import counter, payload, problem, quarantine, record


def write_page(
    connection: Connection, run: int, received: Sequence[Received], rejected: Sequence[Rejected], now: str
) -> Counts:
    """Store what is new on the page and tell what became of each piece; `now` is ISO 8601 UTC.

    A payload equal to the stored one in bytes, deletion and sets is unchanged. Of several with one identifier
    the greatest datestamp wins, the last among equals, within a page and within a run; from run to run the
    newcomer wins, since a repository may set its clock back. A deletion keeps the record last read.
    """
    change = connection.execute(_LOCK_COUNTER).scalar_one()
    newest = _newest_of_each(received)
    changes = _Changes(run, change, now)
    known = _known(connection, newest.values())
    for item in newest.values():
        changes.take(item, known)
    for piece in rejected:
        changes.quarantine.append(_quarantine_row(piece.source, piece, "", piece.reason))
    changes.write(connection)
    total = len(received) + len(rejected)
    stored, deleted, refused = changes.stored, changes.deleted, len(changes.quarantine)
    return Counts(total, stored, total - stored - deleted - refused, deleted, refused)


def write_again(connection: Connection, run: int, received: Sequence[Received], now: str) -> None:
    """Put what reading stored payloads anew gave in place of the records; ids, payloads and dates stay as they are."""
    change = connection.execute(_LOCK_COUNTER).scalar_one()
    changes = _Changes(run, change, now)
    known = _known(connection, received)
    for item in received:
        changes.read_anew(item, known.by_id[item.id])
    changes.write(connection)


def drop_quarantined(connection: Connection, pieces: Sequence[int]) -> None:
    for chunk in chunks(pieces):
        connection.execute(delete(quarantine).where(quarantine.c.number.in_(chunk)))


class _Known(NamedTuple):
    by_id: Mapping[str, Row[*tuple[Any, ...]]]
    by_identifier: Mapping[tuple[str, str], Row[*tuple[Any, ...]]]


@dataclass
class _Changes:
    """The rows a page makes, collected before anything is written."""

    run: int
    change: int
    now: str
    new: list[dict[str, Any]] = field(default_factory=list)
    read_again: list[dict[str, Any]] = field(default_factory=list)
    died: list[dict[str, Any]] = field(default_factory=list)
    touched: list[dict[str, Any]] = field(default_factory=list)
    payloads: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    settled: list[tuple[str, str]] = field(default_factory=list)
    claimed: dict[str, RawRecord] = field(default_factory=dict)
    stored: int = 0
    deleted: int = 0

    def take(self, item: Received, known: _Known) -> None:
        raw = item.raw
        row = known.by_identifier.get((raw.source, raw.identifier))
        digest = sha256(raw.payload).digest()
        if row is not None and _is_unchanged(row, raw, digest, self.run):
            self._touch(row, raw)
            return
        if reason := _refusal(item, row, known.by_id.get(item.id) or self.claimed.get(item.id)):
            self.quarantine.append(_quarantine_row(raw.source, raw, raw.format, reason))
            return
        body = b""
        if not raw.deleted and item.reading.record is not None:
            try:
                body = _encoded(item.reading.record)
            except (UnicodeEncodeError, ValueError, TypeError, OverflowError) as error:
                self.quarantine.append(_quarantine_row(raw.source, raw, raw.format, f"cannot be kept: {error}"))
                return
        self._store(item, row, digest, body)

    def _touch(self, row: Row[*tuple[Any, ...]], raw: RawRecord) -> None:
        self.settled.append((raw.source, raw.identifier))
        if raw.datestamp > row.datestamp or (self.run != row.run and raw.datestamp != row.datestamp):
            self.touched.append({"row_number": row.number, "datestamp": raw.datestamp})

    def _store(self, item: Received, row: Row[*tuple[Any, ...]] | None, digest: bytes, body: bytes) -> None:
        raw = item.raw
        self.change += 1
        values = {
            "change": self.change,
            "deleted": raw.deleted,
            "datestamp": raw.datestamp,
            "sets": _sorted_sets(raw),
            "sha256": digest,
            "run": self.run,
            "last_indexed": self.now,
            "format": raw.format,
        }
        number = row.number if row is not None else self.change
        if row is None:
            self.claimed[item.id] = raw
            identity = {"number": number, "id": item.id, "source": raw.source, "identifier": raw.identifier}
            read = {"body": body or None, "journal": journal_of(item.reading.record)}
            self.new.append({**identity, **values, **read, "first_indexed": self.now})
        elif raw.deleted:
            self.died.append({"row_number": number, **values})
        else:
            self.read_again.append(
                {"row_number": number, **values, "body": body, "journal": journal_of(item.reading.record)}
            )
        self.payloads.append(_payload_row(number, raw, digest))
        self.problems.extend(_problem_row(number, found) for found in item.reading.problems)
        self.settled.append((raw.source, raw.identifier))
        if raw.deleted:
            self.deleted += 1
        else:
            self.stored += 1

    def read_anew(self, item: Received, row: Row[*tuple[Any, ...]]) -> None:
        assert item.reading.record is not None
        self.change += 1
        values = {"change": self.change, "last_indexed": self.now, "journal": journal_of(item.reading.record)}
        self.read_again.append({"row_number": row.number, **values, "body": _encoded(item.reading.record)})
        self.problems.extend(_problem_row(row.number, found) for found in item.reading.problems)

    def write(self, connection: Connection) -> None:
        for statement, rows in (
            (_INSERT_RECORD, self.new),
            (_UPDATE_RECORD, self.read_again),
            (_UPDATE_RECORD, self.died),
            (_UPDATE_RECORD, self.touched),
            (_INSERT_PAYLOAD, self.payloads),
            (_FORGET_PROBLEMS, [{"row_number": row["row_number"]} for row in (*self.read_again, *self.died)]),
            (_INSERT_PROBLEM, self.problems),
        ):
            if rows:
                connection.execute(statement, rows)
        _forget_quarantined(connection, self.settled)
        _keep_in_quarantine(connection, self.quarantine)
        if self.new or self.read_again or self.died:
            connection.execute(_MOVE_COUNTER, {"reached": self.change})


def _newest_of_each(received: Iterable[Received]) -> dict[tuple[str, str], Received]:
    newest: dict[tuple[str, str], Received] = {}
    for item in received:
        key = item.raw.source, item.raw.identifier
        earlier = newest.get(key)
        if earlier is None or item.raw.datestamp >= earlier.raw.datestamp:
            newest[key] = item
    return newest


def _known(connection: Connection, items: Iterable[Received]) -> _Known:
    rows: list[Row[*tuple[Any, ...]]] = []
    for chunk in chunks(items):
        storable = [item for item in chunk if _is_storable(item.raw.identifier) and _is_storable(item.id)]
        rows += connection.execute(_BY_ID, {"ids": [item.id for item in storable]})
        by_source: dict[str, list[str]] = {}
        for item in storable:
            by_source.setdefault(item.raw.source, []).append(item.raw.identifier)
        for source, identifiers in by_source.items():
            rows += connection.execute(_BY_IDENTIFIER, {"of_source": source, "identifiers": identifiers})
    return _Known({row.id: row for row in rows}, {(row.source, row.identifier): row for row in rows})


def _is_unchanged(row: Row[*tuple[Any, ...]], raw: RawRecord, digest: bytes, run: int) -> bool:
    if row.run == run and raw.datestamp < row.datestamp:
        return True
    return bool(row.sha256 == digest and row.deleted == raw.deleted and row.sets == _sorted_sets(raw))


def _refusal(
    item: Received, row: Row[*tuple[Any, ...]] | None, namesake: Row[*tuple[Any, ...]] | RawRecord | None
) -> str:
    """Why the payload cannot become a record; empty when it can. `namesake` is what bears the id already."""
    if not _is_storable(item.raw.identifier) or not _is_storable(item.id):
        return "the identifier holds characters no database keeps (NUL or half a surrogate pair)"
    if not item.id or not item.raw.identifier:
        return "; ".join(map(_said, item.reading.problems)) or "it has no identifier"
    if row is not None and row.id != item.id:
        return f"its id would change from {row.id!r} to {item.id!r}, but ids are for ever: see id_prefix"
    if row is None and namesake is not None:
        owner = f"{namesake.identifier!r} of source {namesake.source!r}"
        return f"its id {item.id!r} belongs to {owner}: give this source an id_prefix"
    if item.reading.record is None and not item.raw.deleted:
        return "; ".join(_said(found) for found in item.reading.problems) or "no record was found in it"
    return ""


def _encoded(found: Record) -> bytes:
    return compress(codec.encode(found))


def _said(found: Problem) -> str:
    return f"{found.field}: {found.message}" if found.field else found.message


def _sorted_sets(raw: RawRecord) -> str:
    return _clean("\n".join(sorted(raw.sets)))


def _payload_row(number: int, raw: RawRecord, digest: bytes) -> dict[str, Any]:
    return {
        "record": number,
        "format": raw.format,
        "datestamp": raw.datestamp,
        "deleted": raw.deleted,
        "sets": _clean("\n".join(raw.sets)),
        "fetched": raw.fetched,
        "sha256": digest,
        "body": compress(raw.payload),
    }


def _problem_row(number: int, found: Problem) -> dict[str, Any]:
    return {
        "record": number,
        "field": found.field,
        "message": _clean(found.message),
        "severity": found.severity,
    }


def _quarantine_row(source: str, piece: RawRecord | Rejected, format_name: str, reason: str) -> dict[str, Any]:
    return {
        "source": source,
        "identifier": _clean(piece.identifier),
        "sha256": sha256(piece.payload).digest(),
        "reason": _clean(reason),
        "format": format_name,
        "datestamp": piece.datestamp if isinstance(piece, RawRecord) else "",
        "sets": _clean("\n".join(piece.sets)) if isinstance(piece, RawRecord) else "",
        "offset": piece.offset if isinstance(piece, Rejected) else 0,
        "fetched": piece.fetched,
        "body": compress(piece.payload),
    }


def _keep_in_quarantine(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """The same bytes refused again keep their number; the newest reason stands."""
    if not rows:
        return
    pieces = {(row["source"], row["identifier"], row["sha256"]): row for row in rows}
    numbers: dict[tuple[str, str, bytes], int] = {}
    for chunk in chunks(pieces):
        found = connection.execute(_PIECES, {"digests": [digest for _, _, digest in chunk]})
        numbers |= {(row.source, row.identifier, row.sha256): row.number for row in found}
    again = [
        {"piece": numbers[key], "reason": row["reason"], "fetched": row["fetched"]}
        for key, row in pieces.items()
        if key in numbers
    ]
    new = [row for key, row in pieces.items() if key not in numbers]
    if again:
        connection.execute(_REFUSE_AGAIN, again)
    if new:
        connection.execute(insert(quarantine), new)


def _forget_quarantined(connection: Connection, keys: Iterable[tuple[str, str]]) -> None:
    """Drop pieces the source has since served in a form that could be read."""
    by_source: dict[str, list[str]] = {}
    for source, identifier in keys:
        by_source.setdefault(source, []).append(identifier)
    for source, identifiers in by_source.items():
        for chunk in chunks(identifiers):
            connection.execute(_FORGET_QUARANTINED, {"of_source": source, "identifiers": chunk})


def _is_storable(text: str) -> bool:
    return (text.isascii() and "\0" not in text) or _clean(text) == text


def _clean(text: str) -> str:
    """The text as every database keeps it: PostgreSQL takes no NUL, none takes half a surrogate pair."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "\ufffd")


_KNOWN = select(
    record.c.number,
    record.c.id,
    record.c.source,
    record.c.identifier,
    record.c.deleted,
    record.c.datestamp,
    record.c.sets,
    record.c.sha256,
    record.c.run,
)
_BY_ID = _KNOWN.where(record.c.id.in_(bindparam("ids", expanding=True)))
_BY_IDENTIFIER = _KNOWN.where(
    record.c.source == bindparam("of_source"),
    record.c.identifier.in_(bindparam("identifiers", expanding=True)),
)
_LOCK_COUNTER = select(counter.c.value).where(counter.c.name == "change").with_for_update()
_MOVE_COUNTER = update(counter).where(counter.c.name == "change").values(value=bindparam("reached"))
_INSERT_RECORD = insert(record)
# Which columns are set is told by the keys of the rows.
_UPDATE_RECORD = update(record).where(record.c.number == bindparam("row_number"))
_INSERT_PAYLOAD = insert(payload)
_FORGET_PROBLEMS = delete(problem).where(problem.c.record == bindparam("row_number"))
_INSERT_PROBLEM = insert(problem)
_PIECES = select(quarantine.c.number, quarantine.c.source, quarantine.c.identifier, quarantine.c.sha256).where(
    quarantine.c.sha256.in_(bindparam("digests", expanding=True))
)
_REFUSE_AGAIN = update(quarantine).where(quarantine.c.number == bindparam("piece"))
_FORGET_QUARANTINED = delete(quarantine).where(
    quarantine.c.source == bindparam("of_source"),
    quarantine.c.identifier.in_(bindparam("identifiers", expanding=True)),
)
