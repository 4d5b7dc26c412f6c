"""Operators, parentheses and lines, as PubMed and Ovid both have them.

A reader cuts a line into tokens, whose terms are clauses already; this joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bookwheel.search.clauses import Clause, in_field, joined, without, wrapped
from bookwheel.search.limits import MAX_NEAR, MAX_NESTING, MAX_STRATEGY_CLAUSES
from bookwheel.search.notes import Notes
from bookwheel.search.query import And, Everything, Field, Near, Node, Or
from bookwheel.search.syntaxes.box import NOT_NEAR, can_be_near

Kind: TypeAlias = Literal["term", "and", "or", "not", "near", "suffix", "(", ")"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line. A suffix has the `wrap` its fields put around what stands before it.

    A term has its `clause`; one without is a condition that cannot be asked, which leaves the others wider.
    """

    kind: Kind
    start: int
    end: int
    clause: Clause | None = None
    distance: int = 0
    ordered: bool = False
    wrap: Callable[[Node], Node] | None = None


def clause_of(tokens: list[Token], notes: Notes, *, or_binds_last: bool) -> Clause | None:
    """The tokens as one clause. Operators count from left to right; with `or_binds_last` OR only after all others."""
    return _Expression(_with_pairs_only(tokens, notes), notes, or_binds_last).read()


def _with_pairs_only(tokens: list[Token], notes: Notes) -> list[Token]:
    opened: list[int] = []
    paired: set[int] = set()
    for place, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(place)
        elif token.kind == ")" and opened:
            first = opened.pop()
            if len(opened) < MAX_NESTING:
                paired |= {first, place}
            else:
                notes.lost("nesting", "Parentheses more than %(most)s deep were left out.", most=MAX_NESTING)
        elif token.kind == ")":
            notes.lost("parentheses", "This parenthesis has no partner and was left out.", token.start, token.end)
    for place in opened:
        token = tokens[place]
        notes.lost("parentheses", "This parenthesis has no partner and was left out.", token.start, token.end)
    return [token for place, token in enumerate(tokens) if token.kind not in ("(", ")") or place in paired]


class _Expression:
    """Depth of the recursion is that of the parentheses, at most `MAX_NESTING`."""

    def __init__(self, tokens: list[Token], notes: Notes, or_binds_last: bool) -> None:
        self.tokens = tokens
        self.notes = notes
        self.or_binds_last = or_binds_last
        self.place = 0
        self.left_out = False

    def read(self) -> Clause | None:
        return self._alternatives() if self.or_binds_last else self._sequence(("and", "or", "not"))

    def _kind(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def _alternatives(self) -> Clause | None:
        found = self._sequence(("and", "not"))
        while self._kind() == "or":
            operator = self.tokens[self.place]
            self.place += 1
            found = self._combined(found, operator, self._sequence(("and", "not")))
        return found

    def _sequence(self, operators: tuple[str, ...]) -> Clause | None:
        """Units with operators between; two with none between must both occur."""
        found = self._unit()
        while (kind := self._kind()) not in ("", ")"):
            operator = self.tokens[self.place]
            if kind in operators:
                self.place += 1
                found = self._combined(found, operator, self._unit())
            elif kind in ("and", "or", "not"):
                break
            else:
                found = self._combined(found, replace(operator, kind="and"), self._unit(), is_implied=True)
        return found

    def _combined(
        self, left: Clause | None, operator: Token, right: Clause | None, *, is_implied: bool = False
    ) -> Clause | None:
        if left is None or right is None:
            if self.left_out:
                self.left_out = False
                alone = left or right
                return replace(alone, widened=True) if alone is not None else None
            if operator.kind == "not" and right is not None:
                return without(Clause(Everything(), operator.start, operator.start), right)
            if not is_implied:
                self.notes.lost(
                    "operator", "This operator has nothing to join and was left out.", operator.start, operator.end
                )
            return left or right
        if left.weight + right.weight > MAX_STRATEGY_CLAUSES:
            self.notes.lost(
                "clauses",
                "The search has more than %(most)s parts; this was left out.",
                right.start,
                right.end,
                most=MAX_STRATEGY_CLAUSES,
            )
            return left
        if operator.kind == "not" and right.widened:
            self.notes.lost(
                "not",
                "A part of this cannot be asked, so excluding it would exclude too much; it was not excluded.",
                operator.start,
                right.end,
            )
            return left
        if operator.kind == "not":
            return without(left, right)
        return joined(Or if operator.kind == "or" else And, [left, right])

    def _unit(self) -> Clause | None:
        """Items near one another, from left to right."""
        found = self._item()
        while self._kind() == "near":
            operator = self.tokens[self.place]
            self.place += 1
            found = self._near(found, operator, self._item())
        return found

    def _near(self, left: Clause | None, operator: Token, right: Clause | None) -> Clause | None:
        if left is None or right is None:
            self.notes.lost(
                "operator", "This operator has nothing to join and was left out.", operator.start, operator.end
            )
            return left or right
        field, left_part = _out_of_field(left.node)
        other, right_part = _out_of_field(right.node)
        if field and field == other:
            inside = self._near(replace(left, node=left_part), operator, replace(right, node=right_part))
            return wrapped(inside, in_field(field)) if inside is not None else None
        if not can_be_near(left.node) or not can_be_near(right.node):
            self.notes.lost("near", NOT_NEAR, operator.start, operator.end)
            return joined(And, [left, right])
        parts: tuple[Node, ...] = (left.node, right.node)
        is_phrase = operator.ordered and operator.distance == 0
        if is_phrase and isinstance(left.node, Near) and left.node.ordered and left.node.distance == 0:
            parts = (*left.node.parts, right.node)
        if len(parts) > MAX_NEAR and not is_phrase:
            self.notes.lost("near", NOT_NEAR, operator.start, operator.end)
            return joined(And, [left, right])
        node = Near(parts, operator.distance, operator.ordered)
        return Clause(node, left.start, right.end, (), left.weight + right.weight)

    def _item(self) -> Clause | None:
        kind = self._kind()
        if kind not in ("term", "("):
            if kind == "suffix":
                self.place += 1
            return None
        token = self.tokens[self.place]
        self.place += 1
        if kind == "(":
            found = self.read()
            end = self.tokens[self.place].end
            self.place += 1
            found = replace(found, start=token.start, end=end) if found is not None else None
        else:
            found = token.clause
            self.left_out = found is None
        while self._kind() == "suffix":
            suffix = self.tokens[self.place]
            self.place += 1
            if found is not None and suffix.wrap is not None:
                found = wrapped(found, suffix.wrap, suffix.end)
        return found


def _out_of_field(node: Node) -> tuple[str, Node]:
    """The one field a node, or each of its alternatives, is asked of, and the node without it."""
    if isinstance(node, Field):
        return node.field, node.part
    if isinstance(node, Or):
        inner = [part for part in node.parts if isinstance(part, Field)]
        if len(inner) == len(node.parts) and len({part.field for part in inner}) == 1:
            return inner[0].field, Or(tuple(part.part for part in inner))
    return "", node


@dataclass(frozen=True, slots=True)
class Line:
    """One search of a strategy: its number, and the place of its text."""

    number: int
    start: int
    end: int


_NUMBERED = re.compile(r"\s*(?:#\s*)?([0-9]{1,3})\s*(?:[.):]|\s)\s*(?=\S)")
_JOINS_ON = re.compile(r"\s*(?:AND|OR|NOT|and|or|not)\b(?!/)")
_STARTS_WITH_OPERATOR = re.compile(r"(?:and|or|not|adj[0-9]*)\b(?!/)", re.IGNORECASE)
_HAS_SYNTAX = re.compile(r"[\[\]\"“”()*$#/?]|\.[a-z]{2}\b|\b(?:AND|OR|NOT|and|or|not)\b")


def lines_of(text: str, notes: Notes) -> list[Line]:
    """The lines of a strategy, by the numbers they bear or by their order.

    A line that begins with an operator, or follows one that leaves a parenthesis open, goes on with the line before.
    Where lines are numbered, so does one without a number, and one of plain words alone is a headline.
    """
    places = [(match.start(), match.end()) for match in re.finditer(r"[^\n\r]+", text) if match[0].strip()]
    is_numbered = _bears_numbers(text, places)
    found: list[Line] = []
    for index, (start, end) in enumerate(places):
        own = _own_number(text, start, end)
        if is_numbered and own is not None and int(own[1]) > (found[-1].number if found else 0):
            is_headline = not _HAS_SYNTAX.search(text, own.end(), end) and _is_followed(text, places[index + 1 :])
            if is_headline:
                _note_headline(notes, own.end(), end)
            found.append(Line(int(own[1]), end if is_headline else own.end(), end))
        elif is_numbered and not _HAS_SYNTAX.search(text, start, end) and not _names_lines(text[start:end]):
            _note_headline(notes, start, end)
        elif found and (_goes_on(text, found[-1], start) or (is_numbered and not _names_lines(text[start:end]))):
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Line(found[-1].number + 1 if found else 1, start, end))
    return found


def _own_number(text: str, start: int, end: int) -> re.Match[str] | None:
    """The number a line bears, which is none to be combined ("1 or 2")."""
    match = _NUMBERED.match(text, start, end)
    return match if match and not _STARTS_WITH_OPERATOR.match(text, match.end()) else None


def _is_followed(text: str, places: list[tuple[int, int]]) -> bool:
    """Whether a line without a number, that begins anew, comes next."""
    if not places:
        return False
    start, end = places[0]
    return _own_number(text, start, end) is None and not _JOINS_ON.match(text, start)


def _note_headline(notes: Notes, start: int, end: int) -> None:
    notes.lost("headline", "This line was taken for a headline and not searched.", start, end)


def _bears_numbers(text: str, places: list[tuple[int, int]]) -> bool:
    """Whether lines begin with 1, 2 and so on, none of which is a number to be combined ("1 or 2")."""
    numbers = [int(match[1]) for place in places if (match := _own_number(text, *place))]
    return len(numbers) > 1 and numbers[0] == 1 and numbers == sorted(set(numbers))


def _goes_on(text: str, line: Line, start: int) -> bool:
    before = text[line.start : line.end]
    return _JOINS_ON.match(text, start) is not None or before.count("(") > before.count(")")


def _names_lines(text: str) -> bool:
    """Whether a text is only numbers of lines and operators: "1 AND 2 NOT #3", "or/1-4"."""
    return re.fullmatch(r"(?i:\s*(?:and|or|not|#?[0-9]{1,3}|[()/,-])\s*)+", text) is not None
