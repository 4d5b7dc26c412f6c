"""What the writers of PubMed, Ovid and CQL share: operators from left to right, fields pushed down to the terms."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping

from bookwheel.search.notes import Notes
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
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)


class TreeWriter(ABC):
    """Writes a tree in one syntax. What the syntax cannot say is written as near as can be, with a note."""

    name = ""
    operators: Mapping[str, str] = {"and": "AND", "or": "OR", "not": "NOT"}
    everything = ""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def written(self, node: Node, field: str = "") -> str:
        """The text of a node asked of a search type, "" being the query's own."""
        match node:
            case And(parts):
                return self._and(parts, field)
            case Or(parts):
                return f" {self.operators['or']} ".join(self.grouped(part, field) for part in parts)
            case AtLeast(parts, minimum):
                self.unwritten(
                    "That %(minimum)s of several parts are enough cannot be written; they are joined with OR.",
                    minimum=minimum,
                )
                return self.written(Or(parts), field)
            case Not(part):
                return f"{self.everything} {self.operators['not']} {self.grouped(part, field)}".strip()
            case Field(name, part):
                return self.written(part, name)
            case Boost(part):
                self.unwritten("Weights cannot be written; the part is written without.")
                return self.written(part, field)
            case Everything():
                return self.everything or self._nothing()
            case Fuzzy(text):
                self.unwritten("Similar spellings of “%(word)s” cannot be written; the word is.", word=text)
                return self.phrase(text, field)
            case Word(text):
                return self.word(text, field)
            case Phrase(text, slop):
                if slop:
                    self.unwritten("How loose the phrase “%(phrase)s” is cannot be written.", phrase=text)
                return self.phrase(text, field)
            case Prefix(text):
                return self.pattern(f"{text}*", field)
            case Wildcard(text):
                return self.pattern(text, field)
        match node:
            case Near():
                return self.near(node, field)
            case Heading():
                return self.heading(node)
            case Range():
                return self.range(node)
            case Exact():
                return self.exact(node)

    def grouped(self, node: Node, field: str) -> str:
        """The node as one piece among operators."""
        text = self.written(node, field)
        inner = node
        while isinstance(inner, Field | Boost):
            inner = inner.part
        return f"({text})" if isinstance(inner, And | Or | AtLeast | Not | Near) and not _is_whole(text) else text

    def _and(self, parts: tuple[Node, ...], field: str) -> str:
        texts = [self.grouped(parts[0], field)]
        for part in parts[1:]:
            if isinstance(part, Not):
                texts.append(f"{self.operators['not']} {self.grouped(part.part, field)}")
            else:
                texts.append(f"{self.operators['and']} {self.grouped(part, field)}")
        return " ".join(texts)

    def unwritten(self, text: str, **values: object) -> None:
        """A remark on what the syntax cannot say."""
        self.notes.lost("write", text, None, None, **values)

    def _nothing(self) -> str:
        self.unwritten("That every record is asked for cannot be written.")
        return ""

    @abstractmethod
    def word(self, text: str, field: str) -> str:
        """A word in all its forms."""

    @abstractmethod
    def phrase(self, text: str, field: str) -> str: ...

    @abstractmethod
    def pattern(self, text: str, field: str) -> str:
        """Words with * and ? in them."""

    @abstractmethod
    def near(self, node: Near, field: str) -> str: ...

    @abstractmethod
    def heading(self, node: Heading) -> str: ...

    @abstractmethod
    def range(self, node: Range) -> str: ...

    @abstractmethod
    def exact(self, node: Exact) -> str: ...


def _is_whole(text: str) -> bool:
    """Whether it is one term as it stands, in quotation marks and with a tag perhaps."""
    return re.fullmatch(r'"[^"]*"(?:\[[^\[\]]*\])?', text) is not None


def pieces(node: Near) -> list[str] | None:
    """The parts of a Near as single words with their signs; None when one is more than that."""
    found = []
    for part in node.parts:
        text = part.text + "*" * isinstance(part, Prefix) if isinstance(part, Phrase | Prefix | Wildcard) else ""
        if not text or len(text.split()) != 1:
            return None
        found.append(text)
    return found
