"""Records a source no longer names: found by walking over its own list of identifiers and crossing off what
is met.

Before a walk every live record of the source counts as unseen once more; each page crosses its own off; what
is left at the end was missed. The state is in the database alone, so a walk may stop anywhere and go on.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from bookwheel.store.database import chunks
from bookwheel.store.tables import record, unseen


class Unseen(NamedTuple):
    """A live record that walks did not meet."""

    id: str
    identifier: str
    datestamp: str


def begin_walk(connection: Connection, source: str, now: str) -> None:
    """Count every live record of the source as unseen once more, new ones since `now`; deleted ones are not
    looked for.
    """
    connection.execute(delete(unseen).where(unseen.c.record.in_(_numbers(source, deleted=True))))
    connection.execute(
        update(unseen).where(unseen.c.record.in_(_numbers(source, deleted=False))).values(walks=unseen.c.walks + 1)
    )
    rest = select(record.c.number, literal(1), literal(now)).where(
        record.c.source == source, ~record.c.deleted, record.c.number.not_in(select(unseen.c.record))
    )
    connection.execute(insert(unseen).from_select(["record", "walks", "since"], rest))


def cross_off(connection: Connection, source: str, identifiers: Iterable[str]) -> None:
    """These were met; unknown ones are no error."""
    for chunk in chunks(identifiers):
        connection.execute(_CROSS_OFF, {"of_source": source, "identifiers": chunk})


def missed(connection: Connection, source: str) -> int:
    """How many live records the walk did not meet."""
    return connection.execute(select(func.count()).select_from(_missed(source).subquery())).scalar_one()


def missed_records(connection: Connection, source: str, walks: int, since: str, limit: int) -> list[Unseen]:
    """Live records that at least so many walks in a row did not meet, the first of them no later than
    `since`.
    """
    gone = unseen.c.walks >= walks, unseen.c.since <= since
    query = _missed(source).where(*gone).order_by(record.c.number).limit(limit)
    return [Unseen(*row) for row in connection.execute(query)]


def _numbers(source: str, *, deleted: bool) -> Any:
    return select(record.c.number).where(record.c.source == source, record.c.deleted == deleted)


def _missed(source: str) -> Any:
    columns = record.c.id, record.c.identifier, record.c.datestamp
    return select(*columns).join_from(unseen, record).where(record.c.source == source, ~record.c.deleted)


_CROSS_OFF = delete(unseen).where(
    unseen.c.record.in_(
        select(record.c.number).where(
            record.c.source == bindparam("of_source"),
            record.c.identifier.in_(bindparam("identifiers", expanding=True)),
        )
    )
)
