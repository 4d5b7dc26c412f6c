"""Vocabularies as tables with or without a head line, and synonyms written line by line."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, groupby
from typing import BinaryIO

from bookwheel.errors import VocabularyError
from bookwheel.vocabulary.concepts import Concept

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "term", "preferred", "preferred term", "preferred_term", "label", "heading"),
    "code": ("id", "code", "ui", "doid", "drugbank_id", "concept"),
    "synonyms": ("synonyms", "synonym", "alternatives", "entry terms", "entry_terms", "variants"),
    "trees": ("tree_numbers", "trees", "tree numbers", "mn"),
}
"""What a column holds → the names it may have in a head line, in lower case."""


def read_table(stream: BinaryIO) -> Iterator[Concept]:
    """Rows of TSV, or of CSV where there is no tab in the first line.

    With a head line that names a column of preferred terms, columns count by name; lists in a cell are parted by | or
    semicolons, and rows of the same code that follow one another are one concept, the first its name. Without a head
    line the first cell is the preferred term and all others are synonyms. Raises VocabularyError for a row that is too
    long.
    """
    csv.field_size_limit(min(sys.maxsize, 10_000_000))
    with _text_of(stream) as text:
        first = text.readline()
        lines = chain([first], text)
        # Quotes in TSV are letters like any other, as in the names of chemicals.
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if "\t" in first else csv.reader(lines)
        try:
            head = next(rows, [])
            places = _places(head)
            yield from _concepts(rows, places) if "name" in places else map(_plain, chain([head], rows))
        except csv.Error as error:
            raise VocabularyError(f"line {rows.line_num}: {error}") from error


def read_rules(stream: BinaryIO) -> Iterator[Concept]:
    """Solr's synonyms.txt: `a, b, c` mean the same; `a, b => c` finds c too for a and for b; # begins a remark.

    Backslashes take a comma or arrow for itself. Source: Lucene, SolrSynonymParser. Unlike there, the words of the left
    side of an arrow stay in the question.
    """
    with _text_of(stream) as text:
        for number, line in enumerate(text, 1):
            rule = line.strip()
            if not rule or rule.startswith("#"):
                continue
            sides = [_terms(side) for side in re.split(r"(?<!\\)=>", rule)]
            if len(sides) > 2 or not all(sides):
                raise VocabularyError(f"line {number}: {rule[:60]!r} is no rule; write 'a, b, c' or 'a => b, c'")
            if len(sides) == 1:
                yield Concept(sides[0][0], tuple(sides[0][1:]))
            else:
                yield from (Concept(name, tuple(sides[1]), one_way=True) for name in sides[0])


def written_rules(concepts: Iterable[Concept]) -> str:
    """Rules as `read_rules` reads them, a line each; rules of one way with the same right side are one line."""
    lines = []
    for names, group in groupby(concepts, key=lambda each: each.synonyms if each.one_way else None):
        if names is None:
            lines += [", ".join(map(_escaped, (each.name, *each.synonyms))) for each in group]
        else:
            left = ", ".join(_escaped(each.name) for each in group)
            lines.append(f"{left} => {', '.join(map(_escaped, names))}")
    return "".join(f"{line}\n" for line in lines)


def _escaped(term: str) -> str:
    return re.sub(r"[\\,]|^#|=>", r"\\\g<0>", term)


@contextmanager
def _text_of(stream: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """The stream as text, with its line ends; the stream stays open."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        text.detach()


def _places(head: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in head]
    return {
        column: next(names.index(name) for name in known if name in names)
        for column, known in _COLUMNS.items()
        if any(name in names for name in known)
    }


def _concepts(rows: Iterator[list[str]], places: Mapping[str, int]) -> Iterator[Concept]:
    def cell(row: Sequence[str], column: str) -> str:
        place = places.get(column, len(row))
        return row[place].strip() if place < len(row) else ""

    # Rows without a code are one concept each.
    numbered = ((cell(row, "code") or f"row {number}", row) for number, row in enumerate(rows))
    for code, group in groupby(numbered, key=lambda pair: pair[0]):
        same = [row for _, row in group]
        names = [name for row in same if (name := cell(row, "name"))]
        if not names:
            continue
        synonyms = [term for row in same for term in _listed(cell(row, "synonyms"))]
        trees = [number for row in same for number in _listed(cell(row, "trees"))]
        own = "" if code.startswith("row ") else code
        yield Concept(names[0], tuple(dict.fromkeys([*names[1:], *synonyms])), own, tuple(trees))


def _plain(row: Sequence[str]) -> Concept:
    terms = [term for cell in row for term in _listed(cell)]
    return Concept(terms[0], tuple(terms[1:])) if terms else Concept("")


def _listed(cell: str) -> list[str]:
    """The terms of a cell: parted by |, or by semicolons where there is no |."""
    return [term for part in cell.split("|" if "|" in cell else ";") if (term := part.strip())]


def _terms(side: str) -> list[str]:
    parts = re.split(r"(?<!\\),", side)
    return [term for part in parts if (term := re.sub(r"\\(.)", r"\1", part).strip())]
