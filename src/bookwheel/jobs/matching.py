"""Which records a search finds, asked of single records, and of records as they once were.

Nobody waits for these answers, so no deadline holds here. What a search finds is a question about each record by
itself: the query is one that `Library.literally` gave, without the loose reading that depends on what else there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bookwheel.engines.memory import MemoryEngine
from bookwheel.search.engine import Engine
from bookwheel.search.query import Filter, Query
from bookwheel.search.results import Document
from bookwheel.store import Store

AT_ONCE = 200
"""Ids put into one question to the engine, as alternatives of a filter."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Searches find everything up to `change`; nothing beyond it had changed by the end of the second `moment`."""

    change: int
    moment: datetime


def reached(store: Store, engine: Engine, now: datetime) -> Reached:
    """How far searches see."""
    change = engine.watermark()
    waiting = (datetime.fromisoformat(row.last_indexed) for row in store.changed(change, 1))
    # The store counts in seconds: what changes later in this one must not look like what was there.
    return Reached(change, min([now, *waiting]) - timedelta(seconds=1))


def matching(engine: Engine, query: Query, record_ids: Iterable[str]) -> frozenset[str]:
    """Those of the records that the query finds now."""
    remaining = iter(record_ids)
    found: set[str] = set()
    while ids := tuple(islice(remaining, AT_ONCE)):
        filters = (*query.filters, *(Filter("id", each, "any") for each in ids))
        found.update(engine.ids(replace(query, filters=filters)))
    return frozenset(found)


def matching_among(query: Query, documents: Mapping[str, Document]) -> frozenset[str]:
    """Those of some documents, by the ids of their records, that the query would find if they were the catalogue."""
    engine = MemoryEngine()
    with engine.update(0) as writer:
        for document in documents.values():
            writer.add(document)
    return frozenset(engine.ids(query))
