"""The languages a search can be written in, and which of them a text is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.search.clauses import Clause
from bookwheel.search.notes import Notes
from bookwheel.search.syntaxes import box, cql, ovid, pubmed


@dataclass(frozen=True, slots=True)
class Syntax:
    """`read` takes a text without blanks around it, the search type its words are meant for, and where to put notes."""

    name: str
    label: str
    read: Callable[[str, str, Notes], Clause | None]


SYNTAXES: Mapping[str, Syntax] = MappingProxyType(
    {
        syntax.name: syntax
        for syntax in (
            Syntax("box", "Search box", box.read),
            Syntax("pubmed", "PubMed", pubmed.read),
            Syntax("ovid", "Ovid", ovid.read),
            Syntax("cql", "CQL", cql.read),
        )
    }
)


def detect(text: str) -> str:
    """The name of a text's syntax: "box" unless it bears signs that nobody puts into a title or a question."""
    if _looks_like_cql(text):
        return "cql"
    if _looks_like_pubmed(text):
        return "pubmed"
    return "ovid" if _looks_like_ovid(text) else "box"


def _looks_like_cql(text: str) -> bool:
    """An index with its set before a relation, or a word relation before a quotation mark."""
    return _CQL.search(text) is not None


_CQL = re.compile(
    r"\b(?:dc|cql|rec|bath|srw)\.[A-Za-z]+\s*(?:==?|<>|[<>]=?|\s(?:any|all|adj|exact|within)\b)|\bprox/[a-z]+"
    r"|(?:^|[(\s])(?:title|creator|subject|anywhere)\s+(?:any|all|adj|exact)(?:/\S+)?\s+\"",
    re.IGNORECASE,
)


def _looks_like_pubmed(text: str) -> bool:
    """A tag no title has; or one that a title may have, with an operator; or lines joined by their numbers."""
    tags = {tag[1].strip().lower() for tag in _TAG.finditer(text)}
    if any(pubmed.is_sure_tag(tag) for tag in tags):
        return True
    if any(pubmed.is_tag(tag) for tag in tags) and _OPERATOR.search(text):
        return True
    return _LINES.search(text) is not None


_TAG = re.compile(r"\[([A-Za-z][A-Za-z /:~0-9-]{1,30})\]")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")
_LINES = re.compile(r"#[0-9]{1,3}\s+(?:AND|OR|NOT)\s+#[0-9]", re.IGNORECASE)


def _looks_like_ovid(text: str) -> bool:
    """A field suffix, a numbered adjacency, an exploded heading, or lines named by their numbers."""
    return _OVID.search(text) is not None


_OVID = re.compile(
    r"(?<=[\w$*?\")])\.\s?(?:mp|tw|ti,ab|ab,ti|ti|ab|kw|kf|sh|hw|af|nm|rn)(?:,[a-z]{2})*\.?(?=\s|\)|$)"
    r"|\s(?i:adj)[0-9]{1,2}\s|^(?i:or|and)/[0-9]|^(?i:exp)\s[^\n/]{2,80}/|^[\w ,-]{3,80}/$|\b(?i:limit) [0-9]+ to ",
    re.MULTILINE,
)
