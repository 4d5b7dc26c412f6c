"""Looks up papers a reader expected, in the index and in the store, and asks why a search does not find them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bookwheel.records.model import Identifier
from bookwheel.search.analysis import title_key
from bookwheel.search.engine import Engine
from bookwheel.search.prefixes import identifier_field
from bookwheel.search.query import Exact, Field, Filter, Node, Or, Phrase, Query
from bookwheel.search.why import MAX_WANTED, Inquiry, Verdict, Wanted, read_wanted, reason
from bookwheel.store import Store
from bookwheel.store.model import Quarantined, StoredRecord

REMOVED_LOOKED_AT = 5_000
QUARANTINED_LOOKED_AT = 2_000
"""Newest removals and pieces in quarantine that are searched for a paper the index does not have."""

_SAME_TITLE = 10
"""Records of one title that are compared with the wanted one."""


def why(engine: Engine, store: Store, query: Query, papers: str) -> Inquiry:
    """A verdict for each paper, in the order given; at most `MAX_WANTED` of them."""
    wanted = read_wanted(papers)
    query = replace(query, facets=(), page=1, after="", sort="relevance")
    known = {each: record_of(engine, each) for each in wanted[:MAX_WANTED]}
    found = _found(engine, query, [record_id for record_id in known.values() if record_id])
    absent = _Absent(store) if not all(known.values()) else None
    verdicts = []
    for each, record_id in known.items():
        if not record_id:
            verdicts.append(absent.verdict(each) if absent else Verdict(each, "unknown"))
        elif record_id in found:
            verdicts.append(Verdict(each, "found", record_id))
        else:
            verdicts.append(replace(_reason(engine, query, record_id), wanted=each, record_id=record_id))
    return Inquiry(tuple(verdicts), is_cut=len(wanted) > MAX_WANTED)


def record_of(engine: Engine, wanted: Wanted) -> str:
    """The record of a paper: by one of its identifiers, else by its whole title; "" when there is none."""
    exact: list[Node] = [Exact(_field(each), each.value) for each in wanted.identifiers]
    if exact:
        tree = exact[0] if len(exact) == 1 else Or(tuple(exact))
        for hit in engine.search(Query(tree=tree, size=1)).hits:
            return hit.id
    if wanted.title and (key := title_key(wanted.title)):
        tree = Field("Title", Phrase(wanted.title))
        for hit in engine.search(Query(tree=tree, size=_SAME_TITLE)).hits:
            if key in map(title_key, hit.document.get("title", ())):
                return hit.id
    return ""


def _field(identifier: Identifier) -> str:
    return "id" if identifier.scheme == "id" else identifier_field(identifier.scheme)


def _found(engine: Engine, query: Query, record_ids: Sequence[str]) -> set[str]:
    """Those of the records that the query finds."""
    if not record_ids:
        return set()
    these = tuple(Filter("id", record_id, "any") for record_id in record_ids)
    hits = engine.search(replace(query, filters=(*query.filters, *these), size=len(record_ids))).hits
    return {hit.id for hit in hits}


def _reason(engine: Engine, query: Query, record_id: str) -> Verdict:
    this = Filter("id", record_id)
    return reason(query, lambda asked: engine.search(replace(asked, filters=(*asked.filters, this), size=0)).total > 0)


_ALONE = r"(?<![\w.]){}(?!\w|[.-]\w)"
"""An identifier that is no part of a longer one."""

_PATTERNS = {"pmid": r"pmid\W{{0,20}}{}(?!\d)"}
"""A number alone may be a page or a volume; a PMID says so."""


class _Absent:
    """What the store knows of papers the index does not have; read once for all of them."""

    def __init__(self, store: Store) -> None:
        self._removed = by_identifier(store.removed(REMOVED_LOOKED_AT))
        self._quarantined = [(piece, searchable(piece)) for piece in store.quarantined(limit=QUARANTINED_LOOKED_AT)]

    def verdict(self, wanted: Wanted) -> Verdict:
        keys = [each.value.lower() for each in wanted.identifiers] or [title_key(wanted.title)]
        for key in filter(None, keys):
            if record := self._removed.get(key):
                return Verdict(wanted, "removed", detail=record.last_indexed)
        patterns = [pattern_of(each) for each in wanted.identifiers]
        for piece, text in self._quarantined if patterns else ():
            if any(pattern.search(text) for pattern in patterns):
                return Verdict(wanted, "quarantined", detail=piece.reason)
        return Verdict(wanted, "unknown")


def pattern_of(identifier: Identifier) -> re.Pattern[str]:
    return re.compile(_PATTERNS.get(identifier.scheme, _ALONE).format(re.escape(identifier.value.lower())))


def by_identifier(removed: Iterable[StoredRecord]) -> Mapping[str, StoredRecord]:
    """Removed records by id, by each identifier in lower case, and by title."""
    found: dict[str, StoredRecord] = {}
    for stored in removed:
        found.setdefault(stored.id.lower(), stored)
        if stored.record:
            for identifier in stored.record.identifiers:
                found.setdefault(identifier.value.lower(), stored)
            found.setdefault(title_key(stored.record.title.value), stored)
    return found


def searchable(piece: Quarantined) -> str:
    return f"{piece.identifier}\n{piece.payload.decode('utf-8', errors='replace')}".lower()
