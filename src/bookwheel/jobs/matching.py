"""Which records a search finds, asked of single records, of all of them, and of records as they once were.

Nobody waits for these answers, so no deadline holds here. What a search finds is a question about each record by
itself: the query is one that `Library.literally` gave, without the loose reading that depends on what else there is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bookwheel.engines.memory import MemoryEngine
from bookwheel.search.engine import Engine
from bookwheel.search.query import Filter, Query
from bookwheel.search.results import Document
from bookwheel.store import Store

AT_ONCE = 200
"""Ids put into one question to the engine, as alternatives of a filter."""

_PAGE = 5_000
"""Hits asked of the engine at a time when all are wanted."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What searches find is complete up to `change`; nothing beyond it was changed before `moment`."""

    change: int
    moment: datetime


def reached(store: Store, engine: Engine, now: datetime) -> Reached:
    """How far searches see."""
    change = engine.watermark()
    waiting = store.changes(change, 1)
    return Reached(change, min([now, *(datetime.fromisoformat(stored.last_indexed) for stored in waiting)]))


def matching(engine: Engine, query: Query, record_ids: Iterable[str]) -> frozenset[str]:
    """Those of the records that the query finds now."""
    remaining = iter(record_ids)
    found: set[str] = set()
    while ids := tuple(islice(remaining, AT_ONCE)):
        asked = replace(_plain(query), filters=(*query.filters, *(Filter("id", each, "any") for each in ids)))
        found.update(hit.id for hit in engine.search(replace(asked, size=len(ids))).hits)
    return frozenset(found)


def all_matching(engine: Engine, query: Query) -> Iterator[str]:
    """The ids of all records that the query finds, in an order that a page of any depth costs little in."""
    asked = replace(_plain(query), size=_PAGE)
    while True:
        result = engine.search(asked)
        yield from (hit.id for hit in result.hits)
        if not result.next_after:
            return
        asked = replace(asked, after=result.next_after)


def matching_among(query: Query, documents: Mapping[str, Document]) -> frozenset[str]:
    """Those of some documents, by the ids of their records, that the query would find if they were the catalogue."""
    engine = MemoryEngine()
    with engine.update(0) as writer:
        for document in documents.values():
            writer.add(document)
    return frozenset(hit.id for hit in engine.search(replace(_plain(query), size=len(documents))).hits)


def _plain(query: Query) -> Query:
    """The query without what a page needs. Sorted by title, so that no scores are worked out."""
    return replace(query, sort="title", page=1, after="", facets=(), notes=())
