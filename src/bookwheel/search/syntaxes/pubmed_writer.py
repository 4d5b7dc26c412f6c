"""A tree in PubMed's language."""

from __future__ import annotations

import re

from bookwheel.search.notes import Notes
from bookwheel.search.query import And, Everything, Exact, Heading, Near, Node, Phrase, Range
from bookwheel.search.syntaxes.writing import TreeWriter, pieces

_TAGS = {
    "TitleAbstract": "tiab", "Title": "ti", "abstract": "ab", "TextWord": "tw", "Subject": "ot", "Author": "au",
    "JournalTitle": "ta", "affiliation": "ad", "AllFields": "all", "publisher": "pubn",
}  # fmt: skip
_EXACT = {"pmid_str_mv": "pmid", "doi_str_mv": "doi", "issn": "issn", "isbn": "isbn", "language": "la"}


def write(tree: Node, notes: Notes) -> str:
    return "" if tree == Everything() else _Writer(notes).written(tree)


class _Writer(TreeWriter):
    name = "PubMed"
    everything = "all[sb]"

    def word(self, text: str, field: str) -> str:
        if not field and re.fullmatch(r"[^\W\d_][\w-]*", text) and text.upper() not in ("AND", "OR", "NOT"):
            return text
        self.unwritten("The forms of “%(word)s” cannot be written; the word is.", word=text)
        return self.phrase(text, field)

    def phrase(self, text: str, field: str) -> str:
        return f'"{_plain(text)}"{self._tag(field)}'

    def pattern(self, text: str, field: str) -> str:
        if "?" in text or "*" in text.rstrip("*"):
            self.unwritten("PubMed knows * at the end of words alone; %(word)s is written as it is.", word=text)
        return f'"{_plain(text)}"{self._tag(field)}'

    def near(self, node: Near, field: str) -> str:
        words = pieces(node)
        if words and node.ordered and node.distance == 0:
            return self.pattern(" ".join(words), field)
        if words and not node.ordered and field in ("Title", "TitleAbstract", "affiliation") and _are_plain(node):
            return f'"{_plain(" ".join(words))}"[{_TAGS[field]}:~{node.distance}]'
        self.unwritten("Only plain words can be near one another, in title or abstract; the parts are joined with AND.")
        return self.written(And(node.parts), field)

    def heading(self, node: Heading) -> str:
        return f'"{_plain(node.text)}"[{"mh" if node.exploded else "mh:noexp"}]'

    def range(self, node: Range) -> str:
        if node.low is not None and node.low == node.high:
            return f"{node.low}[dp]"
        return f"{node.low or 1000}:{node.high or 3000}[dp]"

    def exact(self, node: Exact) -> str:
        if node.field in _EXACT:
            return f'"{_plain(node.value)}"[{_EXACT[node.field]}]'
        self.unwritten("Whole values of %(field)s cannot be written; the words are.", field=node.field)
        return self.phrase(node.value, "")

    def _tag(self, field: str) -> str:
        if not field:
            return ""
        if field not in _TAGS:
            self.unwritten("There is no tag for %(field)s; all fields are written.", field=field)
        return f"[{_TAGS.get(field, 'all')}]"


def _are_plain(node: Near) -> bool:
    return all(isinstance(part, Phrase) for part in node.parts)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\"“”„‟«»＂\[\]]", " ", text).split())
