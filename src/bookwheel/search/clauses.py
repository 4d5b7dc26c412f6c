"""A tree with the places its parts came from: what readers of each syntax make, and what the page shows.

The node of a clause is what an engine is asked. Its parts say how it came about: a group's members, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bookwheel.search.query import And, Everything, Exact, Field, Heading, Node, Not, Or, Range


@dataclass(frozen=True, slots=True)
class Clause:
    """`text[start:end]` of the reader's text, read as `node`. `weight` counts the leaves of the node.

    `widened`: a condition in it could not be asked and was left out, so it finds more than was meant.
    `lines`: of a whole strategy, the lines it was made of with their numbers, in order; () for a text of one.
    """

    node: Node
    start: int
    end: int
    parts: tuple[Clause, ...] = ()
    weight: int = 1
    widened: bool = False
    lines: tuple[tuple[int, Clause], ...] = ()


def of_lines(found: Mapping[int, Clause | None], number: int) -> Clause | None:
    """The line of this number as the whole search, with all lines beside it."""
    whole = found[number]
    if whole is None or len(found) < 2:
        return whole
    return replace(whole, lines=tuple((name, line) for name, line in found.items() if line is not None))


def joined(kind: type[And] | type[Or], clauses: list[Clause]) -> Clause | None:
    """One clause of several; those of the same kind are taken apart, since (a b) c is a b c."""
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    parts: list[Clause] = []
    nodes: list[Node] = []
    for clause in clauses:
        if isinstance(clause.node, kind):
            nodes += clause.node.parts
            # A line that was named shows as that line, whatever it holds.
            parts += clause.parts or (clause,)
        else:
            nodes.append(clause.node)
            parts.append(clause)
    start, end = min(c.start for c in clauses), max(c.end for c in clauses)
    weight, widened = sum(c.weight for c in clauses), any(c.widened for c in clauses)
    return Clause(kind(tuple(nodes)), start, end, tuple(parts), weight, widened)


def negated(clause: Clause, start: int) -> Clause:
    """NOT of a clause, from the place of its operator; NOT NOT is nothing."""
    if isinstance(clause.node, Not):
        inner = clause.parts[0] if clause.parts else clause
        return replace(inner, node=clause.node.part, start=start, end=clause.end)
    return Clause(Not(clause.node), start, clause.end, (clause,), clause.weight)


def without(left: Clause, right: Clause) -> Clause:
    """`left NOT right`; of everything that is simply NOT."""
    negative = negated(right, right.start)
    if left.node == Everything():
        return replace(negative, start=left.start)
    found = joined(And, [left, negative])
    return found if found is not None else left


def wrapped(clause: Clause, wrap: Callable[[Node], Node], end: int | None = None) -> Clause:
    """The clause with `wrap` around its node, and around each of its parts, so that parts mean what they say."""
    parts = tuple(wrapped(part, wrap) for part in clause.parts)
    return replace(clause, node=wrap(clause.node), parts=parts, end=clause.end if end is None else end)


def in_field(name: str) -> Callable[[Node], Node]:
    """Asks a node of a field; what already says where to look keeps saying so."""

    def wrap(node: Node) -> Node:
        return node if isinstance(node, Field | Exact | Range | Everything | Heading) else Field(name, node)

    return wrap


def in_fields(names: Iterable[str]) -> Callable[[Node], Node]:
    """Asks a node of several fields: each of its leaves may be found in any of them."""
    wanted = [in_field(name) for name in names]
    return wanted[0] if len(wanted) == 1 else leaves_in(wanted)


def leaves_in(wanted: Sequence[Callable[[Node], Node]]) -> Callable[[Node], Node]:
    """Asks each leaf of a node, one by one, of any of the fields; leaves that have a field keep it."""

    def wrap(node: Node) -> Node:
        match node:
            case And(parts):
                return And(tuple(map(wrap, parts)))
            case Or(parts):
                return Or(tuple(map(wrap, parts)))
            case Not(part):
                return Not(wrap(part))
        found = tuple(dict.fromkeys(each(node) for each in wanted))
        return found[0] if len(found) == 1 else Or(found)

    return wrap
