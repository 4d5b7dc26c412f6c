"""Runs and their leases, and how far each list was walked.

A source is written by one run at a time. The lease names the run; every page extends it, in the page's own
transaction, and finds out there when another run has taken over: run numbers only grow, so the number is the
fencing token.
"""

import json
import os
import socket
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, bindparam, delete, insert, select, update

from bookwheel.errors import SourceBusyError, StoreError
from bookwheel.store.model import Counts, ListKey, ListState, Run
from bookwheel.store.tables import harvest_list, lease, record, run

LEASE = timedelta(hours=1)
"""After so long without a page another run may take over; a server that asks for patience is waited for
within it.
"""


def start_run(connection: Connection, source: str, kind: str, now: datetime) -> int:
    """Take the source's lease and open a run.

    Raises SourceBusyError while another run holds it. A holder that died on this machine, or was silent for an
    hour, loses it, and its run is closed as incomplete.
    """
    held = connection.execute(select(lease).where(lease.c.source == source).with_for_update()).one_or_none()
    if held is not None:
        if held.expires > timestamp(now) and not _is_dead(held.holder):
            raise SourceBusyError(
                f"source {source!r} is being written by run {held.run} ({held.holder}): wait until it has "
                f"finished. If it was stopped by force, it is given up at {held.expires}."
            )
        end_run(connection, held.run, "incomplete", ["stopped without a word; a later run went on"], (), now)
    number: int = connection.execute(_INSERT_RUN, _new_run(source, kind, now)).scalar_one()
    holder = f"{socket.gethostname()}:{os.getpid()}"
    connection.execute(insert(lease).values(source=source, run=number, holder=holder, expires=timestamp(now + LEASE)))
    return number


def end_run(
    connection: Connection,
    number: int,
    state: str,
    notes: Iterable[str],
    unused: Iterable[tuple[str, int]],
    now: datetime,
) -> None:
    """Close a run and give its lease back."""
    connection.execute(
        update(run)
        .where(run.c.number == number)
        .values(
            state=state,
            ended=timestamp(now),
            notes=json.dumps(list(notes), ensure_ascii=False),
            unused=json.dumps(list(unused), ensure_ascii=False),
        )
    )
    connection.execute(delete(lease).where(lease.c.run == number))


def hold_lease(connection: Connection, number: int, now: datetime) -> None:
    """Extend the run's lease. Raises StoreError when another run has taken over."""
    if connection.execute(_EXTEND, {"of_run": number, "until": timestamp(now + LEASE)}).rowcount != 1:
        raise StoreError(
            f"run {number} was silent for so long that another took over; this page was not stored. "
            "Nothing is lost: the other run goes on from the last page."
        )


def add_counts(connection: Connection, number: int, counts: Counts) -> None:
    connection.execute(
        _ADD_COUNTS,
        {
            "of_run": number,
            "more_fetched": counts.fetched,
            "more_stored": counts.stored,
            "more_unchanged": counts.unchanged,
            "more_deleted": counts.deleted,
            "more_rejected": counts.rejected,
        },
    )


def runs(connection: Connection, limit: int, source: str = "") -> list[Run]:
    """Newest first, of one source or of all."""
    query = select(run).order_by(run.c.number.desc()).limit(limit)
    return [_run(row) for row in connection.execute(query.where(run.c.source == source) if source else query)]


def run_of_record(connection: Connection, record_id: str) -> Run | None:
    """The run that changed the record last."""
    query = select(run).join(record, record.c.run == run.c.number).where(record.c.id == record_id)
    row = connection.execute(query).one_or_none()
    return _run(row) if row else None


def run_by_number(connection: Connection, number: int) -> Run:
    return _run(connection.execute(select(run).where(run.c.number == number)).one())


def list_state(connection: Connection, key: ListKey) -> ListState:
    row = connection.execute(select(harvest_list).where(*_matches(harvest_list, key))).one_or_none()
    if row is None:
        return ListState()
    return ListState(row.completed, row.begun, row.lower_bound, row.checkpoint, row.newest, row.served)


def save_list_state(connection: Connection, key: ListKey, state: ListState) -> None:
    values = {name: getattr(state, name) for name in ListState.__dataclass_fields__}
    found = connection.execute(update(harvest_list).where(*_matches(harvest_list, key)).values(values)).rowcount
    if not found:
        connection.execute(insert(harvest_list).values({**key._asdict(), **values}))


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with seconds, as OAI-PMH writes it; texts sort as the moments do."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


_INSERT_RUN = insert(run).returning(run.c.number)

_EXTEND = update(lease).where(lease.c.run == bindparam("of_run")).values(expires=bindparam("until"))

_ADD_COUNTS = (
    update(run)
    .where(run.c.number == bindparam("of_run"))
    .values(
        {
            name: run.c[name] + bindparam(f"more_{name}")
            for name in ("fetched", "stored", "unchanged", "deleted", "rejected")
        }
    )
)


def _new_run(source: str, kind: str, now: datetime) -> Mapping[str, object]:
    zeros = {"fetched": 0, "stored": 0, "unchanged": 0, "deleted": 0, "rejected": 0}
    texts = {"source": source, "kind": kind, "state": "running", "notes": "[]", "unused": "[]", "ended": ""}
    return {**texts, **zeros, "started": timestamp(now)}


def _is_dead(holder: str) -> bool:
    """Whether a holder is known to be gone: a process of this machine that no longer runs."""
    host, _, process = holder.rpartition(":")
    if host != socket.gethostname() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _matches(table: Table, key: ListKey) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key._asdict().items()]


def _run(row: Row[*tuple[Any, ...]]) -> Run:
    values = row._mapping
    return Run(
        id=values["number"],
        source=values["source"],
        kind=values["kind"],
        state=values["state"],
        started=values["started"],
        ended=values["ended"],
        counts=Counts(values["fetched"], values["stored"], values["unchanged"], values["deleted"], values["rejected"]),
        notes=tuple(json.loads(values["notes"])),
        unused=tuple((path, count) for path, count in json.loads(values["unused"])),
    )
