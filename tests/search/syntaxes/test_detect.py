"""Which language a text is in: the box's unless it is clear."""

import json

import pytest
from tests.realdata import collection

from bookwheel.search.parse import parse
from bookwheel.search.syntaxes import detect


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("lung cancer", "box"),
        ("What is leukemia?", "box"),
        ("[Article in German]", "box"),
        ("Cost of care [abstract]", "box"),
        ("Fe(III) oxide: a review", "box"),
        ("title:cell AND author:reda", "box"),
        ("and/or problems in U.S. law", "box"),
        ("http://example.org/a.ti.b", "box"),
        ("10.1155/2012/393864", "box"),
        ("a = b", "box"),
        ('any "thing" goes', "box"),
        ("Lung cancer.", "box"),
        ("Smith J. A title. J. Med. 2012", "box"),
        ("lung cancer[tiab]", "pubmed"),
        ("Neoplasms[mh]", "pubmed"),
        ("cancer[title] AND lung[title]", "pubmed"),
        ("#1 AND #2", "pubmed"),
        ("lung cancer.ti,ab.", "ovid"),
        ("cancer.mp.", "ovid"),
        ("lung adj3 cancer", "ovid"),
        ("exp Lung Neoplasms/", "ovid"),
        ("a\nb\nor/1-2", "ovid"),
        ('dc.title = "lung"', "cql"),
        ("dc.date > 2010", "cql"),
        ('title any "lung cancer"', "cql"),
        ("a prox/distance<3 b", "cql"),
    ],
)
def test_detects(text: str, syntax: str) -> None:
    assert detect(text) == syntax
    assert parse(text).syntax == syntax


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("folder", "name", "field"),
    [("boolean-queries", "topics.jsonl", "query"), ("tar-pubmed", "queries.jsonl", "boolean_query")],
)
def test_published_strategies_are_accepted_whole(folder: str, name: str, field: str) -> None:
    for line in (collection(folder) / name).read_text().splitlines():
        text = json.loads(line)[field]
        found = parse(text)
        assert found.syntax in ("pubmed", "ovid")
        assert found.clause is not None
        kinds = {note.kind for note in found.notes}
        assert not kinds & {
            "text-cut",
            "clauses",
            "nesting",
            "parentheses",
            "operator",
            "reference",
            "no-words",
            "more",
            "near",
        }
        assert all(note.start is not None for note in found.notes if not note.honoured)
