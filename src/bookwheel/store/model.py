"""What the store tells: stored records, runs and counts, as values."""

from dataclasses import dataclass
from typing import NamedTuple

from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord, Reading


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """The newest state of one record.

    `change` grows with every change of any record and is never reused: the index is complete up to some
    change. `record` is the last one read, also when deleted; None when the first thing heard of it was its
    deletion. `first_indexed` and `last_indexed` are ISO 8601 UTC: when the record was first stored, and when
    it last changed.
    """

    id: str
    source: str
    identifier: str
    change: int
    deleted: bool
    first_indexed: str
    last_indexed: str
    record: Record | None


class Received(NamedTuple):
    """A payload on its way into the store, with what reading it gave.

    `id` is the record's public address, made from the source's identifier, so that a deletion has one too.
    """

    id: str
    raw: RawRecord
    reading: Reading


class ListKey(NamedTuple):
    """One list a repository can be asked for. `set` is empty for all; `prefix` is the metadataPrefix."""

    source: str
    verb: str = "ListRecords"
    set: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ListState:
    """How far a list was walked.

    `completed` is the greatest datestamp of the lists walked to their end, "" before the first. While a list
    is unfinished (`begun`), `lower_bound` is the `from` it was asked with, `checkpoint` goes on behind the
    last page stored, `newest` is the greatest datestamp served so far and `served` the number of pieces.
    """

    completed: str = ""
    begun: bool = False
    lower_bound: str = ""
    checkpoint: str = ""
    newest: str = ""
    served: int = 0


class Changed(NamedTuple):
    """That a record changed, without what it says: `change` and the moments are those of `StoredRecord`.

    `first_change` is the change with which it became known.
    """

    id: str
    change: int
    deleted: bool
    first_indexed: str
    last_indexed: str
    first_change: int


class KnownHeader(NamedTuple):
    """What the store knows of an identifier, to compare with what the source says of it."""

    id: str
    datestamp: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of fetched records: `fetched` is always the sum of the other four."""

    fetched: int = 0
    stored: int = 0
    unchanged: int = 0
    deleted: int = 0
    rejected: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.fetched + other.fetched,
            self.stored + other.stored,
            self.unchanged + other.unchanged,
            self.deleted + other.deleted,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One harvest or import. `state` is "running", "complete", "incomplete" (will resume) or "failed".

    `started` and `ended` are ISO 8601 UTC. `notes` are remarks for the operator; `unused` counts payload
    elements that became no field, most frequent first.
    """

    id: int
    source: str
    kind: str
    state: str
    started: str
    ended: str = ""
    counts: Counts = Counts()
    notes: tuple[str, ...] = ()
    unused: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Bytes or a payload that became no record, kept until a retry succeeds."""

    id: int
    source: str
    identifier: str
    reason: str
    payload: bytes
    offset: int
    fetched: str
    format: str
    datestamp: str
    sets: tuple[str, ...]


class ProblemKind(NamedTuple):
    """Problems of one field and severity: how many records have one, and what one of them says."""

    field: str
    severity: str
    records: int
    example: str


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """Records of one source: live, deleted, with problems, and pieces in quarantine."""

    source: str
    live: int
    deleted: int
    problems: int
    quarantined: int
