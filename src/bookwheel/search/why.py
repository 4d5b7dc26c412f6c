"""Why is it not here? Papers a reader expected, and for each the first reason why a search does not show it.

Pure: what is found is asked through `Finds`, so that any engine, or a test's dictionary, can answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bookwheel.records import identifiers
from bookwheel.records.model import Identifier
from bookwheel.search.query import And, Field, Filter, Node, Query, YearRange

MAX_WANTED = 500
"""Papers looked for at once."""
MAX_CHARACTERS = 2_000_000
"""Of a pasted list or file."""

Cause: TypeAlias = Literal["found", "clause", "years", "filter", "unknown", "removed", "quarantined"]
"""found · clause: the first that does not match · years, filter: the words match, a restriction does not · unknown: not
in the catalogue · removed: withdrawn by its source · quarantined: here, but it could not be read."""

Finds: TypeAlias = Callable[[Query], bool]
"""Whether a query finds the record in question."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper as the reader names it: `text` to show, and what to look it up by, the surest first."""

    text: str
    identifiers: tuple[Identifier, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`record_id` is empty for what is not in the catalogue. `clause` belongs to the cause "clause", `restriction` to
    "filter". `detail` is the day of a removal, or why something could not be read."""

    wanted: Wanted
    cause: Cause
    record_id: str = ""
    clause: Node | None = None
    restriction: Filter | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`is_cut` says that more papers were named than are looked for at once."""

    verdicts: tuple[Verdict, ...]
    is_cut: bool = False

    @property
    def found(self) -> int:
        return sum(verdict.cause == "found" for verdict in self.verdicts)

    @property
    def in_catalogue(self) -> int:
        """Papers that are in the catalogue: what a search could find at best."""
        return sum(verdict.cause in ("found", "clause", "years", "filter") for verdict in self.verdicts)


def read_wanted(text: str) -> tuple[Wanted, ...]:
    """The papers of a pasted text, each once: DOIs, PMIDs, record ids and titles by line, or a RIS or MEDLINE file."""
    text = text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if _RIS_LINE.search(text):
        return _unique(_from_ris(text))
    if _MEDLINE_LINE.search(text):
        return _unique(_one(f"pmid:{number}", number) for number in _MEDLINE_LINE.findall(text))
    return _unique(found for line in text.split("\n") for found in _from_line(line))


def reason(query: Query, finds: Finds) -> Verdict:
    """The first reason why the query does not find a record of the catalogue; "found" when it does.

    Words come before restrictions, and among the words the order of the reader's text counts.
    """
    nobody = Wanted("")
    bare = replace(query, filters=(), years=YearRange())
    if not finds(bare):
        return Verdict(nobody, "clause", clause=first_failing(bare, finds))
    if query.years != YearRange() and not finds(replace(bare, years=query.years)):
        return Verdict(nobody, "years")
    for restriction in query.filters:
        # Alternatives of one field restrict together.
        together = tuple(
            each
            for each in query.filters
            if each == restriction or (restriction.mode == each.mode == "any" and restriction.field == each.field)
        )
        if not finds(replace(bare, filters=together)):
            return Verdict(nobody, "filter", restriction=restriction)
    return Verdict(nobody, "found")


def first_failing(query: Query, finds: Finds) -> Node:
    """The first clause, as small as can be named, that alone does not match."""

    def failing(node: Node, wrap: Callable[[Node], Node]) -> Node:
        if isinstance(node, Field):
            return failing(node.part, lambda part: wrap(Field(node.field, part)))
        if isinstance(node, And):
            for part in node.parts:
                if not finds(replace(query, tree=wrap(part))):
                    return failing(part, wrap)
        return wrap(node)

    return failing(query.tree, lambda node: node)


_RIS_LINE = re.compile(r"^TY {1,2}- ", re.MULTILINE)
_RIS_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
_MEDLINE_LINE = re.compile(r"^PMID- ?([0-9]{1,9})\s*$", re.MULTILINE)
_BARE_PMID = re.compile(r"[0-9]{4,9}")
_RECORD_ID = re.compile(r"[a-z][a-z0-9]*(?:-[A-Za-z0-9.:_]+)+")


def _unique(found: Iterable[Wanted]) -> tuple[Wanted, ...]:
    return tuple({(each.identifiers or each.title.casefold()): each for each in reversed(list(found))}.values())[::-1]


def _from_line(line: str) -> Iterator[Wanted]:
    """A line is a title, unless all its words are identifiers: then it is a list of them."""
    line = line.strip().strip(",;")
    if not line:
        return
    pieces = [piece for piece in re.split(r"[\s,;]+", line) if piece]
    whole = identifiers.detect(line)
    if whole is not None:
        yield Wanted(line, (whole,))
        return
    read = [_identifier(piece) for piece in pieces]
    if all(read):
        yield from (Wanted(piece, (found,)) for piece, found in zip(pieces, read, strict=True) if found)
    else:
        yield Wanted(line, (), line)


def _identifier(text: str) -> Identifier | None:
    """As `identifiers.detect`, and here a bare number is a PMID."""
    if found := identifiers.detect(text):
        return found
    if _BARE_PMID.fullmatch(text):
        return Identifier("pmid", text.lstrip("0"))
    return Identifier("id", text) if _RECORD_ID.fullmatch(text) else None


def _one(text: str, label: str) -> Wanted:
    found = identifiers.detect(text)
    return Wanted(label, (found,) if found else ())


def _from_ris(text: str) -> Iterator[Wanted]:
    entry: dict[str, list[str]] = {}
    for line in [*text.split("\n"), "ER  - "]:
        match = _RIS_TAG.match(line.rstrip())
        if match is None:
            continue
        if match[1] in ("TY", "ER"):
            if wanted := _ris_entry(entry):
                yield wanted
            entry = {}
        if match[1] != "ER":
            entry.setdefault(match[1], []).append(match[2].strip())


def _ris_entry(entry: dict[str, list[str]]) -> Wanted | None:
    title = next((text for tag in ("TI", "T1", "CT", "BT") for text in entry.get(tag, ()) if text), "")
    tags = ("DO", "ID", "AN", "M3", "UR", "L3", "C2")
    found = [identifiers.detect(text) for tag in tags for text in entry.get(tag, ())]
    if "pubmed" in " ".join(entry.get("DB", ())).lower() or "nlm" in " ".join(entry.get("DP", ())).lower():
        found += [_identifier(text) for tag in ("AN", "ID") for text in entry.get(tag, ()) if text.isdecimal()]
    usable = tuple(dict.fromkeys(each for each in found if each and each.scheme in ("doi", "pmid", "pmcid")))
    if not usable and not title:
        return None
    return Wanted(title or usable[0].value, usable, title)
