"""Records for others to harvest from here: in the order of their last change, deletions kept, by set."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bookwheel.engines.memory import MemoryEngine
from bookwheel.jobs.index import Placement
from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord
from bookwheel.search.document import to_document
from bookwheel.search.engine import Engine
from bookwheel.search.query import And, Exact, Or, Query
from bookwheel.store import Store
from bookwheel.store.model import StoredRecord
from bookwheel.store.provision import Header, Journal, Part, Place, Span

BATCH = 100
"""Records looked at together, and asked an engine about at a time."""


@dataclass(frozen=True, slots=True)
class Provided:
    """One record as it is given away. A deleted one has neither record nor payload."""

    header: Header
    record: Record | None = None
    raw: RawRecord | None = None


class Provider:
    """What a catalogue gives away. `placement` answers for a source's name, as for indexing."""

    def __init__(self, store: Store, engine: Engine, placement: Callable[[str], Placement]) -> None:
        self._store = store
        self._engine = engine
        self._placement = placement

    def earliest(self) -> str:
        """When the record that has been left alone longest changed, ISO 8601 UTC; "" without records."""
        return self._store.earliest_change()

    def sources(self) -> list[str]:
        """Sources that records came from."""
        return [row.source for row in self._store.counts() if row.live or row.deleted]

    def formats(self) -> list[str]:
        """Formats that newest payloads have."""
        return self._store.formats()

    def journals(self, after: str, limit: int) -> list[Journal]:
        return self._store.journals(after, limit)

    def parts(self, size: int) -> list[Part]:
        """Parts of so many records each that hold live ones; a record stays in its part for ever."""
        return self._store.parts(size)

    def part(self, number: int, size: int) -> list[tuple[str, str]]:
        """Id and time of the last change of each live record of a part."""
        return self._store.part(number, size)

    def count(self, span: Span) -> int:
        return self._store.count_headers(span)

    def record(self, record_id: str) -> Provided | None:
        """One record with its newest payload; None for an unknown id."""
        header = self._store.header(record_id)
        return self.records([header], with_payloads=True)[0] if header else None

    def records(self, headers: Sequence[Header], with_payloads: bool = False) -> list[Provided]:
        """Records and, where asked for, their newest payloads. One that died since it was listed comes as deleted."""
        stored = self._store.records([header.id for header in headers if not header.deleted])
        return [self._provided(header, stored.get(header.id), with_payloads) for header in headers]

    def _provided(self, header: Header, stored: StoredRecord | None, with_payload: bool) -> Provided:
        if stored is None or stored.deleted or stored.record is None:
            return Provided(header._replace(deleted=True))
        return Provided(header, stored.record, self._store.payload(header.id) if with_payload else None)

    def headers(self, span: Span, query: Query | None, after: Place, limit: int) -> tuple[list[Header], bool]:
        """Up to `limit` headers behind a place, of records that a query finds where there is one; whether more follow.

        A deleted record belongs to a query that its last form answered.
        """
        found: list[Header] = []
        for headers in self._batches(span, after, limit + 1):
            members = self.matching(query, headers) if query else {header.id for header in headers}
            found += [header for header in headers if header.id in members]
            if len(found) > limit:
                return found[:limit], True
        return found, False

    def _batches(self, span: Span, after: Place, limit: int) -> Iterator[list[Header]]:
        size = max(BATCH, limit)
        while headers := self._store.headers(span, after, size):
            yield headers
            if len(headers) < size:
                return
            after = headers[-1].place

    def matching(self, query: Query, headers: Iterable[Header]) -> set[str]:
        """Ids of the records a query finds; deleted ones by what was last known of them."""
        listed = list(headers)
        found = _found(self._engine, query, [header.id for header in listed if not header.deleted])
        if gone := [header.id for header in listed if header.deleted]:
            found |= _found(self._engine_of(self._store.records(gone).values()), query, gone)
        return found

    def _engine_of(self, records: Iterable[StoredRecord]) -> MemoryEngine:
        engine = MemoryEngine()
        with engine.update(watermark=1) as writer:
            for stored in records:
                if stored.record is not None:
                    place = self._placement(stored.source)
                    moment = datetime.fromisoformat(stored.last_indexed)
                    writer.add(
                        to_document(
                            stored.record, institution=place.institution, collection=place.collection, indexed=moment
                        )
                    )
        return engine


def _found(engine: Engine, query: Query, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        among = And((query.tree, Or(tuple([Exact("id", record_id) for record_id in batch]))))
        asked = replace(query, tree=among, facets=(), page=1, size=BATCH, sort="newest")
        found.update(hit.id for hit in engine.search(asked).hits)
    return found
