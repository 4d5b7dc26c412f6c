"""A tree in Ovid's language, on one line."""

from __future__ import annotations

import re

from bookwheel.search.notes import Notes
from bookwheel.search.query import Everything, Exact, Heading, Near, Node, Range
from bookwheel.search.syntaxes.writing import TreeWriter

_CODES = {
    "TitleAbstract": "tw", "Title": "ti", "abstract": "ab", "TextWord": "mp", "Subject": "kw", "Author": "au",
    "JournalTitle": "jw", "affiliation": "in", "AllFields": "af", "publisher": "pb",
}  # fmt: skip
_EXACT = {"pmid_str_mv": "ui", "doi_str_mv": "do", "issn": "is", "isbn": "ib", "language": "la"}


def write(tree: Node, notes: Notes) -> str:
    return "" if tree == Everything() else _Writer(notes).written(tree)


class _Writer(TreeWriter):
    name = "Ovid"
    operators = {"and": "and", "or": "or", "not": "not"}  # noqa: RUF012 - read only, as its type says.

    def word(self, text: str, field: str) -> str:
        self.unwritten("The forms of “%(word)s” cannot be written; the word is.", word=text)
        return self.phrase(text, field)

    def phrase(self, text: str, field: str) -> str:
        return self._term(text, field)

    def pattern(self, text: str, field: str) -> str:
        return self._term(text.replace("?", "#"), field)

    def _term(self, text: str, field: str) -> str:
        return f"{_quoted(text)}.{self._code(field)}."

    def near(self, node: Near, field: str) -> str:
        operator = "adj" if node.ordered and node.distance == 0 else f"adj{node.distance + 1}"
        if node.ordered != (node.distance == 0):
            self.unwritten("Ovid keeps the order of words that touch, and of no others.")
        if len(node.parts) > 2 and node.distance:
            self.unwritten("Of three and more parts each two are near, not all together.")
        return f" {operator} ".join(self.grouped(part, field) for part in node.parts)

    def heading(self, node: Heading) -> str:
        return f"{'exp ' if node.exploded else ''}{_quoted(node.text)}/"

    def range(self, node: Range) -> str:
        return f"{node.low or 1000}-{node.high or 3000}.yr."

    def exact(self, node: Exact) -> str:
        if node.field in _EXACT:
            return f"{_quoted(node.value)}.{_EXACT[node.field]}."
        self.unwritten("Whole values of %(field)s cannot be written; the words are.", field=node.field)
        return self._term(node.value, "AllFields")

    def _code(self, field: str) -> str:
        if field and field not in _CODES:
            self.unwritten("There is no code for %(field)s; all fields are written.", field=field)
        return _CODES.get(field or "AllFields", "af")


def _quoted(text: str) -> str:
    return '"' + " ".join(re.sub(r"[\"“”„«»]", " ", text).split()) + '"'
