"""How a search was understood: in words, part by part, with what could not be honoured, and in every syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bookwheel.search.analysis import folded_words
from bookwheel.search.clauses import Clause
from bookwheel.search.function_words import FUNCTION_WORDS
from bookwheel.search.headings import Explosion, natural_order
from bookwheel.search.parse import parse
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    Field,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Note,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Wildcard,
    Word,
)
from bookwheel.search.ranking import SEARCH_TYPES, plain_words
from bookwheel.search.reading import Reading
from bookwheel.search.results import Pattern, WordList
from bookwheel.search.synonyms import MAX_TERM_WORDS, Expansion
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.search.word_lists import beginnings
from bookwheel.search.write import written

MAX_PARTS = 60
"""Parts of a search shown one by one, each counted by a question of its own."""

MAX_PATTERNS = 20
"""Patterns and spellings of a search whose words are shown."""

MOST_WORDS = 10
"""Words shown that a pattern stands for."""

Kind: TypeAlias = Literal[
    "all", "any", "none", "some", "word", "term", "ignored", "phrase", "prefix", "wildcard", "fuzzy", "near", "heading",
    "years", "value", "everything",
]  # fmt: skip
"""all, any, none: of the parts of a group · some: of the words, in a relaxed reading · term: words that have synonyms ·
ignored: a function word that a relaxed reading does without · value: a whole value of a field."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the search, as typed and in words, with its own `parts` where it is a group.

    `text[start:end]` of the reader's text is what it was read from; `search_type` is where its words are looked for,
    "" where it has none. `count` is how many records it finds by itself, None where nobody counted. `line` is the
    number of a line of a strategy, 0 for all other parts.
    """

    text: str
    start: int
    end: int
    kind: Kind
    search_type: str
    words: str
    tree: Node
    notes: tuple[Note, ...] = ()
    parts: tuple[Part, ...] = ()
    count: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """The search in one syntax, to be copied; `notes` say what that syntax cannot express."""

    syntax: str
    label: str
    text: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternWords:
    """The words a pattern stands for in this catalogue; `found.total` of them, the most frequent named."""

    pattern: str
    found: WordList


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a search was understood and asked.

    `syntax` is the one the text was read in; `is_chosen` when the reader chose it. `kind` says how the parts are
    joined, or what the only one is. `notes` are all there are, on places and on the whole.
    `tree` is what the engine was asked. `synonyms` is "on" or "off" where the reader can choose, with the `expansions`
    there are; "none" where there are no vocabularies or no plain words. `headings` are those asked for and what became
    of them. `ignored` are the words a relaxed reading does without. `has_more`: parts beyond the first `MAX_PARTS` are
    not shown.
    """

    syntax: str
    label: str
    is_chosen: bool
    kind: Kind
    words: str
    parts: tuple[Part, ...]
    printed: tuple[Printed, ...]
    notes: tuple[Note, ...]
    reproducible: bool
    tree: Node
    synonyms: Literal["on", "off", "none"] = "none"
    expansions: tuple[Expansion, ...] = ()
    headings: tuple[Explosion, ...] = ()
    ignored: tuple[str, ...] = ()
    patterns: tuple[PatternWords, ...] = ()
    has_more: bool = False


_APPROXIMATE = ("relaxed", "semantic")
"""Kinds of notes on readings that depend on what else the catalogue holds."""


def describe(query: Query, reading: Reading | None = None, notes: Sequence[Note] = ()) -> Understanding:
    """How the text of a query was understood. Counts nothing and asks no engine.

    `reading` is how it is asked, when that may differ from its tree; `notes` are those of its result.
    """
    reading = reading or Reading(query)
    parsed = parse(query.text, query.search_type, query.syntax)
    remarks = tuple(dict.fromkeys((*(parsed.notes if reading.query is query else ()), *reading.query.notes, *notes)))
    ignored = tuple(dict.fromkeys(filter(_is_ignored, plain_words(query.tree)))) if reading.relaxed else ()
    outline = _Outline(query, reading, remarks)
    parts = outline.parts(parsed.clause) if parsed.clause else ()
    printed = []
    for syntax in SYNTAXES.values():
        found = written(_asked(parsed.tree, query.search_type), syntax.name)
        printed.append(Printed(syntax.name, syntax.label, found.text, found.notes))
    return Understanding(
        syntax=parsed.syntax,
        label=SYNTAXES[parsed.syntax].label,
        is_chosen=query.syntax == parsed.syntax,
        kind="some" if reading.relaxed else parts[0].kind if len(parts) == 1 else _kind(parsed.tree),
        words=in_words(parsed.tree),
        parts=parts,
        printed=tuple(printed),
        notes=remarks,
        reproducible=all(note.honoured and note.kind not in _APPROXIMATE for note in remarks),
        tree=reading.query.tree,
        synonyms="none" if not reading.can_have_synonyms else "on" if reading.has_synonyms else "off",
        expansions=reading.expansions,
        headings=reading.explosions,
        ignored=ignored,
        has_more=outline.has_more,
    )


def with_counts(found: Understanding, count: Callable[[Node], int | None], total: int | None = None) -> Understanding:
    """The understanding with the number of records each part finds by itself.

    A search of one part is not counted anew when its `total` is known.
    """
    if len(found.parts) == 1 and not found.parts[0].parts and total is not None:
        return replace(found, parts=(replace(found.parts[0], count=total),))

    def counted(part: Part) -> Part:
        number = None if part.kind == "ignored" else count(part.tree)
        return replace(part, count=number, parts=tuple(map(counted, part.parts)))

    return replace(found, parts=tuple(map(counted, found.parts)))


def patterns_of(tree: Node) -> tuple[Pattern, ...]:
    """The prefixes, wildcards and spellings of one word in a tree, each once, the first `MAX_PATTERNS`.

    Without those that begin with a sign: an engine looks at every word it has to list them.
    """
    found = (node for node in _leaves(tree) if isinstance(node, Prefix | Wildcard | Fuzzy))
    return tuple(dict.fromkeys(node for node in found if all(beginnings(node) or [""])))[:MAX_PATTERNS]


def as_typed(pattern: Pattern) -> str:
    """A pattern in the language of the box, without its field: "leuk*", "wom?n", "lenalidomid~"."""
    sign = "~" if isinstance(pattern, Fuzzy) else "*" if isinstance(pattern, Prefix) else ""
    return f"{pattern.text}{sign}"


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts) | AtLeast(parts, _) | Near(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part) | Boost(part, _) | Field(_, part):
            yield from _leaves(part)
        case _:
            yield node


def _asked(tree: Node, search_type: str) -> Node:
    """The tree with the query's own search type around it, which no syntax but the box has beside the text."""
    kind = SEARCH_TYPES.get(search_type)
    if kind is None or search_type == "AllFields" or not kind.columns or isinstance(tree, Field | Exact | Everything):
        return tree
    return Field(search_type, tree)


class _Outline:
    """The parts of one search, at most `MAX_PARTS`."""

    def __init__(self, query: Query, reading: Reading, notes: Sequence[Note]) -> None:
        self._text = query.text
        self._search_type = query.search_type
        self._reading = reading
        self._notes = notes
        self._terms = {each.term: each for each in reading.expansions} if reading.has_synonyms else {}
        self._left = MAX_PARTS
        self.has_more = False

    def parts(self, clause: Clause) -> tuple[Part, ...]:
        """The lines of a strategy, the parts of a clause, or the clause itself when it has neither."""
        if clause.lines:
            return self._lines(clause)
        if not clause.parts or isinstance(clause.node, Not):
            return self._some([clause], clause)
        return self._some(clause.parts, clause)

    def _lines(self, clause: Clause) -> tuple[Part, ...]:
        self.has_more = len(clause.lines) > MAX_PARTS
        shown = clause.lines[:MAX_PARTS]
        return tuple(
            replace(self._of(line.start, line.end, _kind(line.node), line.node), line=number) for number, line in shown
        )

    def _some(self, clauses: Sequence[Clause], parent: Clause) -> tuple[Part, ...]:
        found = []
        for group in self._groups(clauses) if isinstance(parent.node, And | Word) else [[each] for each in clauses]:
            if not self._left:
                self.has_more = True
                break
            self._left -= 1
            found.append(self._term(group) if len(group) > 1 else self._part(group[0]))
        return tuple(found)

    def _groups(self, clauses: Sequence[Clause]) -> list[list[Clause]]:
        """Words side by side that have synonyms together, and everything else by itself."""
        groups: list[list[Clause]] = []
        place = 0
        while place < len(clauses):
            ends = range(min(len(clauses), place + MAX_TERM_WORDS), place + 1, -1)
            end = next((end for end in ends if _typed(clauses[place:end]) in self._terms), place + 1)
            groups.append(list(clauses[place:end]))
            place = end
        return groups

    def _term(self, group: Sequence[Clause]) -> Part:
        node = And(tuple(each.node for each in group))
        return self._of(group[0].start, group[-1].end, "term", node)

    def _part(self, clause: Clause) -> Part:
        node = _bare(clause.node)
        if isinstance(node, Word) and self._reading.relaxed and all(map(_is_ignored, folded_words(node.text))):
            return self._of(clause.start, clause.end, "ignored", clause.node)
        kind = "term" if isinstance(node, Word) and node.text in self._terms else _kind(node)
        found = self._of(clause.start, clause.end, kind, clause.node)
        is_group = clause.parts and not isinstance(clause.node, Not)
        return replace(found, parts=self.parts(clause)) if is_group else found

    def _of(self, start: int, end: int, kind: Kind, node: Node) -> Part:
        here = tuple(
            note
            for note in self._notes
            if note.start is not None and note.end is not None and note.start < end and note.end > start
        )
        name = _search_type(node, self._search_type) if kind not in _WITHOUT_TYPE else ""
        return Part(" ".join(self._text[start:end].split()), start, end, kind, name, in_words(node), node, here)


_WITHOUT_TYPE: tuple[Kind, ...] = ("all", "any", "none", "some", "value", "years", "heading", "everything", "ignored")


def _typed(clauses: Sequence[Clause]) -> str:
    """The words of several clauses; "" where one of them is none."""
    words = [clause.node.text for clause in clauses if isinstance(clause.node, Word)]
    return " ".join(words) if len(words) == len(clauses) else ""


def _is_ignored(word: str) -> bool:
    return word in FUNCTION_WORDS


def _bare(node: Node) -> Node:
    while isinstance(node, Field | Boost):
        node = node.part
    return node


def _search_type(node: Node, name: str) -> str:
    while isinstance(node, Field | Boost):
        node, name = node.part, node.field if isinstance(node, Field) else name
    return name


def _kind(node: Node) -> Kind:
    return _KINDS[type(_bare(node))]


_KINDS: Mapping[type[Node], Kind] = {
    And: "all", Or: "any", Not: "none", AtLeast: "some", Word: "word", Phrase: "phrase", Prefix: "prefix",
    Wildcard: "wildcard", Fuzzy: "fuzzy", Near: "near", Heading: "heading", Range: "years", Exact: "value",
    Everything: "everything",
}  # fmt: skip


def in_words(node: Node) -> str:
    """A tree as an English phrase: `"lung cancer" in title and abstract, and not published 2010 to 2012`."""
    match node:
        case Everything():
            return "every record"
        case Word(text):
            return f"{text} in any form"
        case Phrase(text, slop):
            loose = f", up to {slop} words apart" if slop else ""
            return f"exactly “{text}”{loose}"
        case Prefix(text):
            return f"words that begin with {text}" if len(folded_words(text)) == 1 else f"“{text}…”"
        case Wildcard(text):
            return f"words like {text}"
        case Fuzzy(text, distance):
            return f"words spelled like {text} (up to {distance} letter{'s' * (distance > 1)} apart)"
        case Near(parts, distance, ordered):
            inner = f" {'then' if ordered else 'near'} ".join(_grouped(part) for part in parts)
            return inner if ordered and not distance else f"{inner} (at most {distance} words between)"
        case Heading(text, _, subjects) if subjects:
            return f"the heading “{natural_order(text)}” among the subjects"
        case Heading(text):
            return f"all words of the heading “{natural_order(text)}” in title, abstract or subjects"
        case Boost(part, weight):
            return f"{_grouped(part)} (weight {weight:g})"
        case Range(_, low, high):
            return _years(low, high)
        case Exact(field, value):
            return f"{_label(field)} is “{value}”"
        case Field(name, part):
            return f"{_grouped(part)} in {_label(name)}"
        case And(parts):
            return " and ".join(_grouped(part) for part in parts)
        case AtLeast(parts, minimum):
            return f"at least {minimum} of: {', '.join(_grouped(part) for part in parts)}"
        case Or(parts):
            return " or ".join(_grouped(part) for part in parts)
        case Not(part):
            return f"not {_grouped(part)}"


def _grouped(node: Node) -> str:
    return f"({in_words(node)})" if isinstance(node, And | Or | Near) else in_words(node)


def _years(low: str | None, high: str | None) -> str:
    if low is None and high is None:
        return "published in a known year"
    if low is None:
        return f"published until {high}"
    if high is None:
        return f"published since {low}"
    return f"published in {low}" if low == high else f"published {low} to {high}"


def _label(name: str) -> str:
    kind = SEARCH_TYPES.get(name)
    return kind.label.lower() if kind else name
