"""The advanced search form: rows of words in fields, in groups; as VuFind's parameters, and as search text both ways.

The text of a form is what a reader could have typed: rows stand in parentheses behind their field, AND or OR between
them, and several groups each in parentheses of its own. A text of that shape opens as the form it came from; any other
text opens as one row that holds it whole, which asks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bookwheel.search.lexer import BoxToken, box_tokens
from bookwheel.search.parse import parse
from bookwheel.search.prefixes import target_named
from bookwheel.search.query import And, Everything, Field, Node, Not, Or
from bookwheel.search.ranking import SEARCH_TYPES
from bookwheel.search.write import write

Join: TypeAlias = Literal["AND", "OR"]
GroupJoin: TypeAlias = Literal["AND", "OR", "NOT"]

MAX_GROUPS = 10
MAX_ROWS = 20
"""Of one group; the form offers fewer."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words as the reader typed them, in any language of the search box, and the search type to ask for them."""

    text: str
    search_type: str = "AllFields"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that must all match (AND), one of which must (OR), or none of which may (NOT)."""

    rows: tuple[Row, ...]
    join: GroupJoin = "AND"


@dataclass(frozen=True, slots=True)
class Form:
    groups: tuple[Group, ...] = ()
    join: Join = "AND"


def form_from(given: Sequence[tuple[str, str]]) -> Form:
    """The form of an address, rows without words left out. Names are without "[]"."""
    groups = (_group(given, number) for number in _numbers(given))
    join = next((value for name, value in given if name == "join"), "AND")
    return Form(tuple(group for group in groups if group.rows), "OR" if join == "OR" else "AND")


def groups_text(given: Sequence[tuple[str, str]]) -> str:
    """The text for the groups of an advanced search; "" when there are none."""
    return text_of(form_from(given))


def text_of(form: Form) -> str:
    """The search text that asks what the form asks; "" for a form without words."""
    if not form.groups:
        return ""
    text = _form_text(form)
    if len(form.groups) == 1 and _is_plain(form.groups[0]):
        return text
    plain = write(_tree(form))
    return text if parse(text).tree == parse(plain).tree else plain


def form_of(text: str, search_type: str = "AllFields") -> Form:
    """The form for a search text: `text_of(form_of(text))` asks the same. A form without groups for an empty text."""
    if not text.strip():
        return Form()
    if search_type == "AllFields":
        form = _read(text)
        if form is not None and parse(text_of(form)).tree == parse(text).tree:
            return form
    return Form((Group((Row(text.strip(), search_type),)),))


# From parameters


def _numbers(given: Sequence[tuple[str, str]]) -> list[str]:
    found = dict.fromkeys(match[1] for name, _ in given if (match := re.fullmatch(r"lookfor([0-9]{1,2})", name)))
    return list(found)[:MAX_GROUPS]


def _group(given: Sequence[tuple[str, str]], number: str) -> Group:
    texts = [value for name, value in given if name == f"lookfor{number}"][:MAX_ROWS]
    types = [value for name, value in given if name == f"type{number}"]
    types += ["AllFields"] * (len(texts) - len(types))
    rows = tuple(
        Row(" ".join(text.split()), kind if kind in SEARCH_TYPES else "AllFields")
        for text, kind in zip(texts, types, strict=False)
        if text.strip()
    )
    join = next((value for name, value in given if name == f"bool{number}"), "AND")
    return Group(rows, "OR" if join == "OR" else "NOT" if join == "NOT" else "AND")


# What a form asks


def _tree(form: Form) -> Node:
    return _joined([_group_tree(group) for group in form.groups], form.join)


def _group_tree(group: Group) -> Node:
    rows = [_row_tree(row) for row in group.rows]
    return Not(_joined(rows, "OR")) if group.join == "NOT" else _joined(rows, group.join)


def _row_tree(row: Row) -> Node:
    tree = parse(row.text, row.search_type).tree
    has_columns = row.search_type != "AllFields" and SEARCH_TYPES[row.search_type].columns
    return Field(row.search_type, tree) if has_columns and tree != Everything() else tree


def _joined(parts: list[Node], join: Join) -> Node:
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(parts)) if join == "OR" else And(tuple(parts))


# To text


def _form_text(form: Form) -> str:
    if len(form.groups) == 1:
        group = form.groups[0]
        return group.rows[0].text if _is_plain(group) else _group_text(group)
    texts = (_group_text(group) for group in form.groups)
    return f" {form.join} ".join(
        text if group.join == "NOT" else f"({text})" for group, text in zip(form.groups, texts, strict=True)
    )


def _group_text(group: Group) -> str:
    join = "OR" if group.join == "NOT" else group.join
    text = f" {join} ".join(map(_row_text, group.rows))
    return f"NOT ({text})" if group.join == "NOT" else text


def _is_plain(group: Group) -> bool:
    """Whether a group is one row for all fields: a text as it would stand in the box."""
    return len(group.rows) == 1 and group.join != "NOT" and group.rows[0].search_type == "AllFields"


def _row_text(row: Row) -> str:
    tokens = box_tokens(row.text)
    is_one = len(tokens) == 1 or (len(tokens) == 2 and tokens[0].kind == "prefix" and row.search_type == "AllFields")
    text = row.text if is_one else f"({row.text})"
    return text if row.search_type == "AllFields" else f"{row.search_type}:{text}"


# From text


def _read(text: str) -> Form | None:
    """The form a text has the shape of; None for another shape."""
    tokens = box_tokens(text)
    found = _split(tokens)
    if found is None:
        return None
    join, parts = found
    if not any(_is_group(part) for part in parts):
        return Form((Group(tuple(_row(text, part) for part in parts), join),))
    groups = [_read_group(text, part) for part in parts]
    return Form(tuple(group for group in groups if group), join) if all(groups) else None


_Tokens: TypeAlias = Sequence[BoxToken]


def _split(tokens: _Tokens) -> tuple[Join, list[_Tokens]] | None:
    """The parts between the operators outside parentheses, which must be of one kind; None when they are not."""
    kinds = {token.kind for token, depth in _with_depth(tokens) if depth == 0 and token.kind in ("and", "or")}
    if len(kinds) > 1:
        return None
    parts: list[list[BoxToken]] = [[]]
    for token, depth in _with_depth(tokens):
        if depth == 0 and token.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(token)
    return ("OR" if "or" in kinds else "AND", list(parts)) if all(parts) else None


def _with_depth(tokens: _Tokens) -> Iterator[tuple[BoxToken, int]]:
    """Tokens with the number of parentheses they stand in; a parenthesis itself stands in its own."""
    depth = 0
    for token in tokens:
        depth += token.kind == "("
        yield token, depth
        depth -= token.kind == ")"


def _inside(tokens: _Tokens) -> _Tokens | None:
    """What stands in the parentheses that hold all of the tokens; None when there are none."""
    if len(tokens) < 3 or tokens[0].kind != "(" or tokens[-1].kind != ")":
        return None
    depths = [depth for _, depth in _with_depth(tokens)]
    return tokens[1:-1] if min(depths) > 0 and depths.count(1) - _level_tokens(tokens) == 2 else None


def _level_tokens(tokens: _Tokens) -> int:
    """Tokens just inside the outermost parentheses."""
    return sum(depth == 1 and token.kind not in ("(", ")") for token, depth in _with_depth(tokens))


def _is_group(tokens: _Tokens) -> bool:
    if tokens[0].kind == "not":
        return True
    inside = _inside(tokens)
    return inside is not None and (len(inside) == 1 or inside[0].kind in ("(", "prefix") or _has_operator(inside))


def _has_operator(tokens: _Tokens) -> bool:
    return any(depth == 0 and token.kind in ("and", "or") for token, depth in _with_depth(tokens))


def _read_group(text: str, tokens: _Tokens) -> Group | None:
    is_negative = tokens[0].kind == "not"
    inside = _inside(tokens[1:] if is_negative else tokens) or (tokens[1:] if is_negative else tokens)
    found = _split(inside)
    if found is None or (is_negative and len(found[1]) > 1 and found[0] == "AND"):
        return None
    join, parts = found
    return Group(tuple(_row(text, part) for part in parts), "NOT" if is_negative else join)


def _row(text: str, tokens: _Tokens) -> Row:
    name = tokens[0].text if tokens[0].kind == "prefix" else ""
    rest = tokens[1:] if name else tokens
    inside = _inside(rest)
    if name and rest and (inside or len(rest) == 1) and (kind := _search_type(name)):
        return Row(_slice(text, inside or rest), kind)
    return Row(_slice(text, tokens if name else inside or tokens))


def _search_type(name: str) -> str:
    """The search type a prefix is the name or a short name of; "" for a prefix that asks an index field."""
    if name in SEARCH_TYPES:
        return name
    target = target_named(name)
    return target.search_type if target else ""


def _slice(text: str, tokens: _Tokens) -> str:
    return text[tokens[0].start : tokens[-1].end]
