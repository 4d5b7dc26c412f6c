"""Why a record stands where it stands: what each clause of a question gains in each column, adding up to the score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from bookwheel.search.query import And, AtLeast, Boost, Exact, Field, Node, Or
from bookwheel.search.ranking import SearchType, search_type_named

ScoreOf: TypeAlias = Callable[[Node, SearchType], float | None]
"""The score of a clause, asked of a search type, for the one record; None when it does not match."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a clause gains in a column.

    `column` is one of `ranking.TEXT_COLUMNS`, an exact field, or "" where the clause counts as a whole. `clause` is
    None for what the words gain together, as one phrase or as the whole title. `alone` is what the match is worth by
    itself, `share` what it adds to the score: of a word's columns the best counts whole, the others a little.
    """

    clause: Node | None
    column: str
    alone: float
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """`score` is the sum of the shares."""

    score: float
    parts: tuple[Part, ...]


def explained(tree: Node, kind: SearchType, total: float, score: ScoreOf) -> Explanation:
    """The parts of a record's score `total`. What no clause explains is what the words gain together."""
    parts = [part for part in _parts(tree, kind, score, 1.0) if part.share]
    rest = total - sum(part.share for part in parts)
    if abs(rest) > _NOISE * max(1.0, total):
        parts.append(Part(None, "", rest, rest))
    return Explanation(total, tuple(parts))


_NOISE = 1e-4
"""Engines keep scores in single precision."""


def _parts(node: Node, kind: SearchType, score: ScoreOf, weight: float) -> Iterator[Part]:
    match node:
        case And(parts) | Or(parts) | AtLeast(parts):
            for part in parts:
                yield from _parts(part, kind, score, weight)
        case Field(name, part):
            yield from _parts(part, search_type_named(name), score, weight)
        case Boost(part, factor):
            yield from _parts(part, kind, score, weight * factor)
        case Exact(name, _):
            whole = score(node, kind)
            if whole is not None:
                yield Part(node, name, weight * whole, weight * whole)
        case _:
            yield from _of_leaf(node, kind, score, weight)


def _of_leaf(node: Node, kind: SearchType, score: ScoreOf, weight: float) -> Iterator[Part]:
    """The columns a word, phrase or pattern stands in; one part when they do not explain its score."""
    whole = score(node, kind)
    if whole is None:
        return
    alone = {
        column: points
        for column, one in _single_columns(kind)
        if (points := score(node, one)) is not None and points > 0
    }
    ranked = sorted(alone.items(), key=lambda item: -item[1])
    shares = [points if place == 0 else kind.tie * points for place, (_, points) in enumerate(ranked)]
    if abs(sum(shares) - whole) > _NOISE * max(1.0, whole):
        yield Part(node, "", weight * whole, weight * whole)
        return
    for (column, points), share in zip(ranked, shares, strict=True):
        yield Part(node, column, weight * points, weight * share)


def _single_columns(kind: SearchType) -> Iterator[tuple[str, SearchType]]:
    """The search type cut down to each of its columns and exact fields."""
    for weighted in kind.columns:
        yield weighted.column, replace(kind, columns=(weighted,), exact=())
    for name in kind.exact:
        yield name, replace(kind, columns=(), exact=(name,))
