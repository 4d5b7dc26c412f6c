"""A Query as JSON that can be kept for years, and back: the tree itself, not only the text it was made of.

    decode(encode(query)) == query

Facets and notes are no part of it: they are asked for and made anew. A field that has its usual value is left out, so
that a field a later version adds changes nothing that was kept before. Whoever changes what a node means, and not only
what there is, counts `VERSION` up and teaches `decode` the old meaning.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from types import MappingProxyType
from typing import Any

from bookwheel.errors import KeptQueryError
from bookwheel.search import query as nodes
from bookwheel.search.query import Query

VERSION = 1

MAX_NODES = 20_000
"""Nodes of a tree that is read: many more than any strategy has."""

MAX_DEPTH = 200
"""Levels of a tree that is read; far below where Python's own stack ends."""


def encode(query: Query) -> str:
    """The query as one line of JSON, the same for equal queries."""
    body = {"version": VERSION, "query": _written(query)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decode(text: str) -> Query:
    """The query that was encoded. Raises KeptQueryError."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KeptQueryError(f"a kept search is no JSON: {error}") from None
    version = body.get("version") if isinstance(body, dict) else None
    if type(version) is not int or version < 1:
        raise KeptQueryError("a kept search says no version")
    if version > VERSION:
        raise KeptQueryError(
            f"a kept search is of version {version}, this Bookwheel reads up to {VERSION}: a newer one wrote it"
        )
    query = _Reader().value(body.get("query"), 0)
    if not isinstance(query, Query):
        raise KeptQueryError("a kept search holds no query")
    return query


NODES = (
    nodes.Everything,
    nodes.Word,
    nodes.Phrase,
    nodes.Prefix,
    nodes.Wildcard,
    nodes.Fuzzy,
    nodes.Near,
    nodes.Heading,
    nodes.Range,
    nodes.Exact,
    nodes.Boost,
    nodes.Field,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.AtLeast,
)

_KINDS: Mapping[str, Any] = MappingProxyType(
    {kind.__name__: kind for kind in (*NODES, nodes.Filter, nodes.YearRange, Query)}
)
_LEFT_OUT = frozenset({"facets", "notes"})


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    kind = type(value).__name__
    if kind not in _KINDS:
        return value
    found = {"is": kind}
    for row in kept_fields(type(value)):
        own = getattr(value, row.name)
        if row.default is MISSING or own != row.default:
            found[row.name] = _written(own)
    return found


def kept_fields(kind: Any) -> tuple[Field[Any], ...]:
    """The fields of a kind of node, or of the Query, that are written down."""
    return tuple(row for row in fields(kind) if not (kind is Query and row.name in _LEFT_OUT))


class _Reader:
    """Reads values, and counts them."""

    def __init__(self) -> None:
        self._count = 0

    def value(self, found: Any, depth: int) -> Any:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            raise KeptQueryError("a kept search is larger or deeper than any search can be")
        if isinstance(found, list):
            return tuple(self.value(part, depth) for part in found)
        if not isinstance(found, dict):
            return found
        kind = _KINDS.get(str(found.get("is")))
        if kind is None:
            raise KeptQueryError(f"a kept search has a part of the unknown kind {str(found.get('is'))[:40]!r}")
        rows = {row.name: row for row in kept_fields(kind)}
        if unknown := found.keys() - rows.keys() - {"is"}:
            raise KeptQueryError(f"a kept search says {sorted(unknown)[0][:40]!r} of a {kind.__name__}")
        values = {name: self.value(found[name], depth + 1) for name in rows if name in found}
        for name, row in rows.items():
            if name not in values and row.default is MISSING:
                raise KeptQueryError(f"a kept search does not say {name!r} of a {kind.__name__}")
            if name in values and not CHECKS[str(row.type)](values[name]):
                raise KeptQueryError(f"a kept search says something impossible of {name!r} of a {kind.__name__}")
        return kind(**values)


def _is_node(value: Any) -> bool:
    return isinstance(value, NODES)


def _all(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, tuple) and all(map(check, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return type(value) is int


CHECKS: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "str": _is_text,
        "str | None": lambda value: value is None or _is_text(value),
        "int": _is_number,
        "int | None": lambda value: value is None or _is_number(value),
        "float": lambda value: type(value) in (int, float),
        "bool": lambda value: type(value) is bool,
        "bool | None": lambda value: value is None or type(value) is bool,
        "FilterMode": lambda value: value in ("all", "any", "none"),
        "Node": _is_node,
        "tuple[Node, ...]": _all(_is_node),
        "tuple[str, ...]": _all(_is_text),
        "tuple[Filter, ...]": _all(lambda value: isinstance(value, nodes.Filter)),
        "YearRange": lambda value: isinstance(value, nodes.YearRange),
    }
)
"""What a field of each type may hold, by the type as `query.py` writes it; a test holds the two together."""
