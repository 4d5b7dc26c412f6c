"""What a reader typed becomes a query tree. Never fails: what cannot be read is searched as words, and a note says so.

The text may be in the language of the box or in that of a database (`syntaxes`); `write` prints a tree in each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bookwheel.search.clauses import Clause
from bookwheel.search.limits import MAX_CHARACTERS, MAX_STRATEGY_CHARACTERS
from bookwheel.search.notes import Notes
from bookwheel.search.query import Everything, Node, Note
from bookwheel.search.relax import is_prose
from bookwheel.search.syntaxes import SYNTAXES, detect


@dataclass(frozen=True, slots=True)
class Parsed:
    """`notes` say what was read otherwise than typed; `syntax` in which language; `clause` where each part stood."""

    tree: Node
    notes: tuple[Note, ...] = ()
    syntax: str = "box"
    clause: Clause | None = None

    @property
    def reproducible(self) -> bool:
        """Whether all that was asked for is done as asked."""
        return all(note.honoured for note in self.notes)


def parse(text: str, search_type: str = "AllFields", syntax: str = "") -> Parsed:
    """The tree of a search text. An empty text, or one of signs alone, asks for everything.

    `syntax` is a name of `SYNTAXES`; "" or an unknown one leaves it to the text.
    """
    notes = Notes()
    text = _readable(text)
    lead = len(text) - len(text.lstrip())
    used = syntax if syntax in SYNTAXES else detect(text[:MAX_STRATEGY_CHARACTERS])
    stripped = _cut(text.strip(), longest(text, used), notes)
    clause = SYNTAXES[used].read(stripped, search_type, notes)
    if clause is None and stripped:
        notes.add("no-words", "There was no word to search for, so everything is shown.")
    tree = clause.node if clause is not None else Everything()
    remarks = tuple(_moved(note, lead) for note in notes.all())
    return Parsed(tree, remarks, used, shifted(clause, lead) if clause is not None else None)


def longest(text: str, syntax: str) -> int:
    """Characters of a text that are read: of plain words fewer than of what has operators or fields."""
    if syntax == "box" and (len(text) <= MAX_CHARACTERS or is_prose(text[:MAX_STRATEGY_CHARACTERS])):
        return MAX_CHARACTERS
    return MAX_STRATEGY_CHARACTERS


def shifted(clause: Clause, by: int) -> Clause:
    """The clause as of a text with `by` more characters before it."""
    if not by:
        return clause
    parts = tuple(shifted(part, by) for part in clause.parts)
    lines = tuple((number, shifted(line, by)) for number, line in clause.lines)
    return replace(clause, start=clause.start + by, end=clause.end + by, parts=parts, lines=lines)


def _moved(note: Note, by: int) -> Note:
    if note.start is None or note.end is None or not by:
        return note
    return replace(note, start=note.start + by, end=note.end + by)


def _readable(text: str) -> str:
    """The text without halves of surrogate pairs, which stand in no index and cannot be written anywhere."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def _cut(text: str, most: int, notes: Notes) -> str:
    if len(text) <= most:
        return text
    notes.lost("text-cut", "Only the first %(most)s characters of the search were used.", most, len(text), most=most)
    head = text[:most]
    return head.rsplit(maxsplit=1)[0] if " " in head else head
