"""What the tables hold, as values."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from bookwheel.records import codec
from bookwheel.records.raw import Problem, RawRecord
from bookwheel.store.compression import decompress
from bookwheel.store.database import chunks
from bookwheel.store.model import Changed, KnownHeader, ProblemKind, Quarantined, SourceCounts, StoredRecord
from bookwheel.store.tables import counter, payload, problem, quarantine, record


def records(connection: Connection, ids: Iterable[str]) -> dict[str, StoredRecord]:
    rows = (row for chunk in chunks(ids) for row in connection.execute(_BY_ID, {"ids": chunk}))
    return {row.id: _stored(row) for row in rows}


def changes(connection: Connection, after: int, limit: int) -> list[StoredRecord]:
    return [_stored(row) for row in connection.execute(_CHANGES, {"after": after, "most": limit})]


def changed(connection: Connection, after: int, limit: int) -> list[Changed]:
    return [Changed(*row) for row in connection.execute(_CHANGED, {"after": after, "most": limit})]


def deleted(connection: Connection, ids: Iterable[str]) -> set[str]:
    return {row.id for chunk in chunks(ids) for row in connection.execute(_DELETED, {"ids": chunk})}


def removed(connection: Connection, limit: int) -> list[StoredRecord]:
    return [_stored(row) for row in connection.execute(_REMOVED, {"most": limit})]


def count_changes(connection: Connection, after: int) -> int:
    return connection.execute(_COUNT_CHANGES, {"after": after}).scalar_one()


def latest_change(connection: Connection) -> int:
    number: int = connection.execute(select(counter.c.value).where(counter.c.name == "change")).scalar_one()
    return number


def live_count(connection: Connection, source: str) -> int:
    query = select(func.count()).where(~record.c.deleted)
    return connection.execute(query.where(record.c.source == source) if source else query).scalar_one()


def versions(connection: Connection, record_id: str) -> list[RawRecord]:
    return [_raw(row) for row in connection.execute(_VERSIONS, {"wanted": record_id})]


def newest_version(connection: Connection, record_id: str) -> RawRecord | None:
    row = connection.execute(_VERSIONS.limit(1), {"wanted": record_id}).one_or_none()
    return _raw(row) if row else None


def problems(connection: Connection, record_id: str) -> list[Problem]:
    return [Problem(*row) for row in connection.execute(_PROBLEMS, {"wanted": record_id})]


def problem_kinds(connection: Connection, source: str, limit: int) -> list[ProblemKind]:
    number = func.count(problem.c.record.distinct()).label("records")
    query = (
        select(problem.c.field, problem.c.severity, number, func.min(problem.c.message))
        .join_from(problem, record)
        .where(record.c.source == source)
        .group_by(problem.c.field, problem.c.severity)
        .order_by(number.desc(), problem.c.field)
        .limit(limit)
    )
    return [ProblemKind(*row) for row in connection.execute(query)]


def counts(connection: Connection) -> list[SourceCounts]:
    found: dict[str, dict[str, int]] = {}

    def count(column: str, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        for source, number in rows:
            found.setdefault(source, {"live": 0, "deleted": 0, "problems": 0, "quarantined": 0})[column] = number

    by_source = select(record.c.source, func.count()).group_by(record.c.source)
    count("live", connection.execute(by_source.where(~record.c.deleted)))
    count("deleted", connection.execute(by_source.where(record.c.deleted)))
    with_problems = select(record.c.source, func.count(problem.c.record.distinct())).join_from(problem, record)
    count("problems", connection.execute(with_problems.group_by(record.c.source)))
    count(
        "quarantined",
        connection.execute(select(quarantine.c.source, func.count()).group_by(quarantine.c.source)),
    )
    return [SourceCounts(source, **numbers) for source, numbers in sorted(found.items())]


def quarantined(connection: Connection, source: str, limit: int, after: int) -> list[Quarantined]:
    query = select(quarantine).where(quarantine.c.number > after).order_by(quarantine.c.number).limit(limit)
    if source:
        query = query.where(quarantine.c.source == source)
    return [_quarantined(row) for row in connection.execute(query)]


def known_headers(connection: Connection, source: str, identifiers: Iterable[str]) -> dict[str, KnownHeader]:
    asked = ({"of_source": source, "identifiers": chunk} for chunk in chunks(identifiers))
    rows = (row for values in asked for row in connection.execute(_HEADERS, values))
    return {row.identifier: KnownHeader(row.id, row.datestamp, row.deleted) for row in rows}


def _stored(row: Row[*tuple[Any, ...]]) -> StoredRecord:
    return StoredRecord(
        id=row.id,
        source=row.source,
        identifier=row.identifier,
        change=row.change,
        deleted=row.deleted,
        first_indexed=row.first_indexed,
        last_indexed=row.last_indexed,
        record=codec.decode(decompress(row.body)) if row.body is not None else None,
    )


def _raw(row: Row[*tuple[Any, ...]]) -> RawRecord:
    return RawRecord(
        source=row.source,
        identifier=row.identifier,
        datestamp=row.datestamp,
        format=row.format,
        payload=decompress(row.body),
        deleted=row.deleted,
        sets=tuple(row.sets.split("\n")) if row.sets else (),
        fetched=row.fetched,
    )


def _quarantined(row: Row[*tuple[Any, ...]]) -> Quarantined:
    return Quarantined(
        id=row.number,
        source=row.source,
        identifier=row.identifier,
        reason=row.reason,
        payload=decompress(row.body),
        offset=row.offset,
        fetched=row.fetched,
        format=row.format,
        datestamp=row.datestamp,
        sets=tuple(row.sets.split("\n")) if row.sets else (),
    )


_STORED = select(
    record.c.id,
    record.c.source,
    record.c.identifier,
    record.c.change,
    record.c.deleted,
    record.c.first_indexed,
    record.c.last_indexed,
    record.c.body,
)
_BY_ID = _STORED.where(record.c.id.in_(bindparam("ids", expanding=True)))
_CHANGES = _STORED.where(record.c.change > bindparam("after")).order_by(record.c.change).limit(bindparam("most"))
_CHANGED = (
    select(
        record.c.id,
        record.c.change,
        record.c.deleted,
        record.c.first_indexed,
        record.c.last_indexed,
        record.c.number,
    )
    .where(record.c.change > bindparam("after"))
    .order_by(record.c.change)
    .limit(bindparam("most"))
)
_DELETED = select(record.c.id).where(record.c.deleted, record.c.id.in_(bindparam("ids", expanding=True)))
_REMOVED = _STORED.where(record.c.deleted).order_by(record.c.change.desc()).limit(bindparam("most"))
_COUNT_CHANGES = select(func.count()).where(record.c.change > bindparam("after"))
_OF_RECORD = record.c.id == bindparam("wanted")
_VERSIONS = (
    select(
        record.c.source,
        record.c.identifier,
        payload.c.datestamp,
        payload.c.format,
        payload.c.deleted,
        payload.c.sets,
        payload.c.fetched,
        payload.c.body,
    )
    .join_from(payload, record)
    .where(_OF_RECORD)
    .order_by(payload.c.number.desc())
)
_PROBLEMS = (
    select(problem.c.field, problem.c.message, problem.c.severity)
    .join_from(problem, record)
    .where(_OF_RECORD)
    .order_by(problem.c.number)
)
_HEADERS = select(record.c.id, record.c.identifier, record.c.datestamp, record.c.deleted).where(
    record.c.source == bindparam("of_source"),
    record.c.identifier.in_(bindparam("identifiers", expanding=True)),
)
