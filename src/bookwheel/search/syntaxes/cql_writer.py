"""A tree in CQL."""

from __future__ import annotations

import re

from bookwheel.search.notes import Notes
from bookwheel.search.query import Everything, Exact, Heading, Near, Node, Range
from bookwheel.search.syntaxes.writing import TreeWriter

_INDEXES = {
    "Title": "dc.title", "Author": "dc.creator", "Subject": "dc.subject", "abstract": "dc.description",
    "publisher": "dc.publisher", "JournalTitle": "bookwheel.journal", "affiliation": "bookwheel.affiliation",
    "AllFields": "cql.anywhere", "TitleAbstract": "bookwheel.titleAbstract", "TextWord": "bookwheel.textWord",
}  # fmt: skip
_EXACT = {
    "id": "rec.identifier", "issn": "bath.issn", "isbn": "bath.isbn", "language": "dc.language", "format": "dc.type",
    "doi_str_mv": "bookwheel.doi", "pmid_str_mv": "bookwheel.pmid", "author_facet": "bookwheel.authorFacet",
}  # fmt: skip


def write(tree: Node, notes: Notes) -> str:
    return "" if tree == Everything() else _Writer(notes).written(tree)


class _Writer(TreeWriter):
    name = "CQL"
    operators = {"and": "and", "or": "or", "not": "not"}  # noqa: RUF012 - read only, as its type says.
    everything = "cql.allRecords = 1"

    def word(self, text: str, field: str) -> str:
        if not field and re.fullmatch(r"[^\W\d_]+", text) and text.lower() not in _RESERVED:
            return text
        return f"{self._index(field)} all {_quoted(text)}"

    def phrase(self, text: str, field: str) -> str:
        return self._term(_escaped(text), field)

    def pattern(self, text: str, field: str) -> str:
        return self._term(text, field)

    def _term(self, text: str, field: str) -> str:
        return f"{self._index(field)} = {_in_quotes(text)}" if field else _in_quotes(text)

    def near(self, node: Near, field: str) -> str:
        if len(node.parts) > 2 and (node.distance or not node.ordered):
            self.unwritten("Of three and more parts each two are near, not all together.")
        order = "ordered" if node.ordered else "unordered"
        operator = f" prox/distance<={node.distance + 1}/unit=word/{order} "
        return operator.join(self.grouped(part, field) for part in node.parts)

    def heading(self, node: Heading) -> str:
        return f"bookwheel.heading{'' if node.exploded else 'Only'} = {_quoted(node.text)}"

    def range(self, node: Range) -> str:
        if node.low is None and node.high is None:
            return 'dc.date within "1000 3000"'
        if node.low is None:
            return f"dc.date <= {node.high}"
        return f"dc.date >= {node.low}" if node.high is None else f'dc.date within "{node.low} {node.high}"'

    def exact(self, node: Exact) -> str:
        if node.field in _EXACT:
            return f"{_EXACT[node.field]} == {_quoted(node.value)}"
        self.unwritten("Whole values of %(field)s cannot be written; the words are.", field=node.field)
        return _quoted(node.value)

    def _index(self, field: str) -> str:
        if field and field not in _INDEXES:
            self.unwritten("There is no index for %(field)s; all fields are written.", field=field)
        return _INDEXES.get(field or "AllFields", "cql.anywhere")


_RESERVED = ("and", "or", "not", "prox", "sortby", "any", "all", "adj", "exact", "within", "scr", "encloses")


def _quoted(text: str) -> str:
    return _in_quotes(_escaped(text))


def _escaped(text: str) -> str:
    return re.sub(r"[*?^]", " ", text.replace("\\", " "))


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'
