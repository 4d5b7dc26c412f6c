"""What comes from a source before anybody has read it, and what reading it gives."""

from dataclasses import dataclass
from typing import Literal

from bookwheel.records.model import Record

Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One payload with its header, as received.

    `identifier` is the source's own ("oai:doaj.org/article:…"); `datestamp` ISO 8601 as received, "" for none.
    `format` names the reader ("oai_doaj"). `payload` is the metadata element or line, byte for byte; empty when
    deleted.
    `fetched` is when it came, ISO 8601 in UTC.
    """

    source: str
    identifier: str
    datestamp: str
    format: str
    payload: bytes
    deleted: bool = False
    sets: tuple[str, ...] = ()
    fetched: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a payload an operator may want to mend: which field, what, how bad."""

    field: str
    message: str
    severity: Severity = "warning"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a field of a Record came from: the payload's element and the rule that turned it into the field."""

    field: str
    element: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format made of one payload. `record` is None when nothing usable was found; `problems` say why.

    `unused` are the paths of payload elements that became no field.
    """

    record: Record | None
    problems: tuple[Problem, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Bytes no record could be cut from: kept, with the reason and the place, for a later retry.

    `identifier` is the source's when it could still be read, else empty; `offset` counts bytes from the start of
    the page.
    """

    source: str
    identifier: str
    reason: str
    payload: bytes
    offset: int = 0
    fetched: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What one request or one slice of a file gave.

    `checkpoint` goes on behind this page (a resumption token, a line number); empty at the end of the list.
    `list_size` is the completeListSize the server tells, None when it does not. `newest` is the greatest datestamp
    served on the page. `notes` are remarks for the run's report (a retry, a shortfall).
    """

    records: tuple[RawRecord, ...]
    rejected: tuple[Rejected, ...] = ()
    checkpoint: str = ""
    list_size: int | None = None
    newest: str = ""
    notes: tuple[str, ...] = ()
