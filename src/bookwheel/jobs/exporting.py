"""What a search found, brought from the index and the store to an export: page after page, never all at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar
from urllib.parse import quote

from bookwheel.exports import Item
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.search.document import from_document
from bookwheel.search.engine import Engine
from bookwheel.search.query import Query
from bookwheel.search.results import Hit, SearchResult
from bookwheel.store import Store

PAGE = 1_000
"""Hits asked of the engine at a time. An order by relevance is worked out anew for each page, up to its last hit, so
that small pages of a large result cost more than all the rest."""

Value = TypeVar("Value")

_BATCH = 200
"""Records fetched from the store at a time."""


def hits(
    search: Callable[[Query], SearchResult], query: Query, offset: int = 0, limit: int | None = None
) -> Iterator[Hit]:
    """Every hit of a query behind the first `offset`, in order, at most `limit`; facets are not counted."""
    return islice(_all_hits(search, query, offset), limit)


def _all_hits(search: Callable[[Query], SearchResult], query: Query, offset: int) -> Iterator[Hit]:
    page, passed = divmod(offset, PAGE)
    asked = replace(query, page=page + 1, size=PAGE, after="", facets=())
    while True:
        result = search(asked)
        yield from result.hits[passed:]
        if not result.next_after:
            return
        passed = 0
        asked = replace(asked, after=result.next_after)


def listed_hits(engine: Engine, record_ids: Iterable[str]) -> Iterator[Hit]:
    """A hit for each id, in order, its document empty where the index does not know it."""
    for batch in _batches(record_ids):
        documents = engine.get(batch)
        yield from (Hit(record_id, 0.0, documents.get(record_id, {})) for record_id in batch)


def items(store: Store, found: Iterable[Hit], public_url: str, progress: Progress = SILENT) -> Iterator[Item]:
    """The records of hits as exports take them; those withdrawn since they were indexed are left out.

    What the store does not know, in an index somebody else filled, is read from its document.
    """
    for batch in _batches(found):
        stored = store.records(hit.id for hit in batch)
        for hit in batch:
            kept = stored.get(hit.id)
            if kept is None:
                record = from_document(hit.document) if hit.document else None
            else:
                record = None if kept.deleted else kept.record
            if record:
                progress.advance(1)
                yield Item(hit.id, record, address(public_url, hit.id))


def address(public_url: str, record_id: str) -> str:
    """Where readers find the record; "" for a catalogue without a public address."""
    return f"{public_url.rstrip('/')}/Record/{quote(record_id, safe='')}" if public_url else ""


def _batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    remaining = iter(values)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
