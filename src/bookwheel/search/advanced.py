"""VuFind's advanced search form (`lookfor0[]`, `type0[]`, `bool0[]`, `join`), read as search text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bookwheel.search.parse import parse
from bookwheel.search.query import And, Everything, Field, Node, Not, Or
from bookwheel.search.ranking import SEARCH_TYPES
from bookwheel.search.write import write

MAX_GROUPS = 10
MAX_ROWS = 20
"""Of one group; the form offers fewer."""


def groups_text(given: Sequence[tuple[str, str]]) -> str:
    """The text for the groups of an advanced search; "" when there are none. Names are without "[]"."""
    groups = [group for number in _numbers(given) if (group := _group(given, number)) is not None]
    if not groups:
        return ""
    join = next((value for name, value in given if name == "join"), "AND")
    return write(_joined(groups, join))


def _numbers(given: Sequence[tuple[str, str]]) -> list[str]:
    found = dict.fromkeys(match[1] for name, _ in given if (match := re.fullmatch(r"lookfor([0-9]{1,2})", name)))
    return list(found)[:MAX_GROUPS]


def _group(given: Sequence[tuple[str, str]], number: str) -> Node | None:
    """Rows of one group, joined by its AND, OR or NOT; empty rows do not count."""
    texts = [value for name, value in given if name == f"lookfor{number}"][:MAX_ROWS]
    types = [value for name, value in given if name == f"type{number}"]
    types += ["AllFields"] * (len(texts) - len(types))
    rows = [_row(text, kind) for text, kind in zip(texts, types, strict=False) if text.strip()]
    if not rows:
        return None
    join = next((value for name, value in given if name == f"bool{number}"), "AND")
    return Not(_joined(rows, "OR")) if join == "NOT" else _joined(rows, join)


def _row(text: str, kind: str) -> Node:
    tree = parse(text, kind).tree
    has_columns = kind in SEARCH_TYPES and kind != "AllFields" and SEARCH_TYPES[kind].columns
    return Field(kind, tree) if has_columns and tree != Everything() else tree


def _joined(parts: list[Node], join: str) -> Node:
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(parts)) if join == "OR" else And(tuple(parts))
