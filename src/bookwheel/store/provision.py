"""Stored records in the order of their last change, deleted ones too: what others harvest from here.

A record that changes while a list is walked moves to its end, so nobody who walks misses it.
"""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, literal, select, tuple_, update

from bookwheel.records import codec
from bookwheel.records.model import Record
from bookwheel.store.compression import decompress
from bookwheel.store.tables import record


class Place(NamedTuple):
    """Behind which record a list goes on: when that one last changed, ISO 8601 UTC, and its change number."""

    moment: str = ""
    change: int = 0


class Span(NamedTuple):
    """Which records are listed: of a source, of a journal (its ISSN), with payloads of a format, changed from `since`
    to `until`, both included.

    Moments are ISO 8601 UTC with seconds; what is empty sets no bound.
    """

    source: str = ""
    journal: str = ""
    format: str = ""
    since: str = ""
    until: str = ""


class Header(NamedTuple):
    """One line of a list."""

    id: str
    source: str
    journal: str
    format: str
    deleted: bool
    moment: str
    change: int

    @property
    def place(self) -> Place:
        return Place(self.moment, self.change)


class Journal(NamedTuple):
    """A journal that records stand in; `title` as one of them has it."""

    issn: str
    title: str


def headers(connection: Connection, span: Span, after: Place, limit: int) -> list[Header]:
    query = _within(select(*_HEADER), span).order_by(record.c.last_indexed, record.c.change).limit(limit)
    if after != Place():
        query = query.where(tuple_(record.c.last_indexed, record.c.change) > tuple_(*map(literal, after)))
    return [Header(*row) for row in connection.execute(query)]


def header(connection: Connection, record_id: str) -> Header | None:
    row = connection.execute(select(*_HEADER).where(record.c.id == record_id)).one_or_none()
    return Header(*row) if row else None


def count(connection: Connection, span: Span) -> int:
    number: int = connection.execute(_within(select(func.count()).select_from(record), span)).scalar_one()
    return number


def earliest(connection: Connection) -> str:
    """The moment of the oldest change; "" for an empty store."""
    return connection.execute(select(func.min(record.c.last_indexed))).scalar_one() or ""


def formats(connection: Connection) -> list[str]:
    """Formats of the newest payloads, in alphabetical order."""
    return list(connection.execute(select(record.c.format).distinct().order_by(record.c.format)).scalars())


def journals(connection: Connection, after: str, limit: int) -> list[Journal]:
    """By ISSN, behind the ISSN `after`."""
    grouped = select(record.c.journal, func.min(record.c.number)).where(record.c.journal > after)
    rows = connection.execute(grouped.group_by(record.c.journal).order_by(record.c.journal).limit(limit)).all()
    bodies = connection.execute(_BODIES, {"numbers": [number for _, number in rows]})
    titles = {row.number: codec.decode(decompress(row.body)).container.title for row in bodies if row.body}
    return [Journal(issn, titles.get(number, "")) for issn, number in rows]


class Part(NamedTuple):
    """Records made one after the other; `moment` is when one of them last changed."""

    number: int
    moment: str


def parts(connection: Connection, size: int) -> list[Part]:
    """Parts of the store with live records, from 0: a record stays in its part for ever."""
    number = record.c.number.op("/")(size).label("part")
    query = select(number, func.max(record.c.last_indexed)).where(~record.c.deleted).group_by(number).order_by(number)
    return [Part(*row) for row in connection.execute(query)]


def part(connection: Connection, number: int, size: int) -> list[tuple[str, str]]:
    """Id of each live record of a part, and when it last changed."""
    within = record.c.number.between(number * size, (number + 1) * size - 1)
    query = select(record.c.id, record.c.last_indexed).where(within, ~record.c.deleted).order_by(record.c.number)
    return [(row.id, row.last_indexed) for row in connection.execute(query)]


def journal_of(found: Record | None) -> str:
    """What a record's journal is known by: its electronic ISSN, else the printed one; "" without."""
    return found.container.eissn or found.container.issn if found else ""


def fill_journals(connection: Connection, batch: int = 1000) -> None:
    """Give every row the journal of its record: for stores made before they had one."""
    number = 0
    while rows := connection.execute(_NEXT_BODIES, {"after": number, "most": batch}).all():
        found = [(row.number, journal_of(codec.decode(decompress(row.body)))) for row in rows]
        if values := [{"row_number": row_number, "journal": journal} for row_number, journal in found if journal]:
            connection.execute(_SET_JOURNAL, values)
        number = rows[-1].number


def _within(query: Select[*tuple[Any, ...]], span: Span) -> Select[*tuple[Any, ...]]:
    conditions = (
        (span.source, record.c.source == span.source),
        (span.journal, record.c.journal == span.journal),
        (span.format, record.c.format == span.format),
        (span.since, record.c.last_indexed >= span.since),
        (span.until, record.c.last_indexed <= span.until),
    )
    return query.where(*[condition for asked, condition in conditions if asked])


_HEADER = (
    record.c.id,
    record.c.source,
    record.c.journal,
    record.c.format,
    record.c.deleted,
    record.c.last_indexed,
    record.c.change,
)
_BODIES = select(record.c.number, record.c.body).where(record.c.number.in_(bindparam("numbers", expanding=True)))
_NEXT_BODIES = (
    select(record.c.number, record.c.body)
    .where(record.c.number > bindparam("after"), record.c.body.is_not(None))
    .order_by(record.c.number)
    .limit(bindparam("most"))
)
_SET_JOURNAL = update(record).where(record.c.number == bindparam("row_number")).values(journal=bindparam("journal"))
