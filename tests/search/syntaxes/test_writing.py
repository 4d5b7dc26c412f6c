"""Each language's writer against its reader: what it prints, and that it is read as the same tree."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookwheel.search.parse import parse
from bookwheel.search.query import (
    And,
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
from bookwheel.search.write import written

YEAR = "publishDateSort"
WORDS = st.sampled_from(("leukemia", "cell", "T-cell", "naïve", "лечение", "p53", "treatment", "who"))
TEXT_FIELDS = st.sampled_from(("Title", "abstract", "TitleAbstract", "TextWord", "Subject", "JournalTitle"))

_phrases = st.lists(WORDS, min_size=1, max_size=3).map(" ".join).map(Phrase)
_prefixes = st.sampled_from(("leuk", "cell deat", "treat", "лече")).map(Prefix)
_wildcards = st.sampled_from(("leuk?mia", "tumo*r", "wom?n*")).map(Wildcard)
_ranges = st.builds(Range, st.just(YEAR), st.none() | st.just("1999"), st.none() | st.just("2012"))
_headings = st.builds(Heading, st.sampled_from(("Rotator Cuff", "Tomography, Optical Coherence")), st.booleans())
_exacts = st.sampled_from(
    (Exact("doi_str_mv", "10.1155/2012/393864"), Exact("language", "English"), Exact("issn", "1687-9104"))
)
_near_parts = (
    _phrases
    | _prefixes
    | _wildcards
    | st.lists(_phrases, min_size=2, max_size=3, unique=True).map(lambda parts: Or(tuple(parts)))
)
_pairs = st.lists(_near_parts, min_size=2, max_size=2).map(tuple)
_words_near = st.lists(st.sampled_from(("leukemia", "cell", "who")).map(Phrase), min_size=2, max_size=4).map(tuple)

LEAVES: dict[str, st.SearchStrategy[Node]] = {
    "pubmed": st.one_of(
        st.sampled_from(("leukemia", "cell", "naïve", "лечение")).map(Word),
        st.builds(Field, TEXT_FIELDS, _phrases | _prefixes | _wildcards),
        st.builds(Field, st.sampled_from(("Title", "TitleAbstract")), st.builds(Near, _words_near, st.integers(0, 9))),
        _phrases | _prefixes | _headings | _ranges | _exacts,
    ),
    "ovid": st.one_of(
        st.builds(Field, TEXT_FIELDS, _phrases | _prefixes | _wildcards),
        st.builds(Field, TEXT_FIELDS, st.builds(Near, _pairs, st.integers(1, 9))),
        st.builds(Field, TEXT_FIELDS, st.builds(Near, _pairs, st.just(0), st.just(True))),
        _headings | _ranges | _exacts,
    ),
    "cql": st.one_of(
        st.sampled_from(("leukemia", "cell", "naïve", "лечение")).map(Word),
        st.builds(Field, TEXT_FIELDS, WORDS.filter(str.isalpha).map(Word) | _phrases | _prefixes | _wildcards),
        st.builds(Field, TEXT_FIELDS, st.builds(Near, _pairs, st.integers(0, 9), st.booleans())),
        _phrases | _prefixes | _headings | _ranges | _exacts,
    ),
}


def _branches(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        some.map(lambda nodes: And(tuple(_flat(And, nodes)))),
        some.map(lambda nodes: Or(tuple(_flat(Or, nodes)))),
        parts.filter(lambda node: not isinstance(node, Not)).map(Not),
    )


def _flat(kind: type[And] | type[Or], nodes: list[Node]) -> list[Node]:
    return [part for node in nodes for part in (node.parts if isinstance(node, kind) else (node,))]


TREES = {syntax: st.recursive(leaves, _branches, max_leaves=8) for syntax, leaves in LEAVES.items()}


@pytest.mark.parametrize("syntax", LEAVES)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_written_is_read_as_the_same(syntax: str, data: st.DataObject) -> None:
    tree = data.draw(TREES[syntax])
    assert parse(written(tree, syntax).text, syntax=syntax).tree == tree


@pytest.mark.parametrize(
    ("syntax", "tree", "text"),
    [
        ("pubmed", Field("TitleAbstract", Phrase("lung cancer")), '"lung cancer"[tiab]'),
        ("pubmed", And((Heading("Lung"), Not(Heading("Child", False)))), '"Lung"[mh] NOT "Child"[mh:noexp]'),
        ("pubmed", Range(YEAR, "2010", None), "2010:3000[dp]"),
        ("pubmed", Field("TitleAbstract", Near((Phrase("a"), Phrase("b")), 3)), '"a b"[tiab:~3]'),
        (
            "ovid",
            Field("TitleAbstract", Near((Prefix("macula"), Phrase("edema")), 2)),
            '"macula*".tw. adj3 "edema".tw.',
        ),
        ("ovid", Or((Heading("Lung"), Field("Title", Wildcard("wom?n")))), 'exp "Lung"/ or "wom#n".ti.'),
        ("cql", Field("Title", Or((Word("a"), Phrase("b c")))), 'dc.title all "a" or dc.title = "b c"'),
        ("cql", Range(YEAR, None, "2012"), "dc.date <= 2012"),
        ("pubmed", Everything(), ""),
    ],
)
def test_writes_as_a_reader_would(syntax: str, tree: Node, text: str) -> None:
    assert written(tree, syntax).text == text
    assert written(tree, syntax).notes == ()


@pytest.mark.parametrize(
    ("syntax", "tree"),
    [
        ("box", Wildcard("cancer?")),
        ("pubmed", Field("Title", Word("cell"))),
        ("pubmed", Fuzzy("leukemia")),
        ("pubmed", Boost(Phrase("a"), 2.0)),
        ("pubmed", Wildcard("wom?n")),
        ("pubmed", Near((Prefix("leuk"), Phrase("cell")), 3)),
        ("pubmed", Phrase("a b", 3)),
        ("pubmed", Exact("format", "Article")),
        ("pubmed", Field("toc", Phrase("a"))),
        ("ovid", Word("cell")),
        ("ovid", Fuzzy("leukemia")),
        ("ovid", Near((Phrase("a"), Phrase("b"), Phrase("c")), 3)),
        ("ovid", Near((Phrase("a"), Phrase("b")), 3, ordered=True)),
        ("ovid", Exact("format", "Article")),
        ("cql", Boost(Phrase("a"), 2.0)),
        ("cql", Fuzzy("leukemia")),
        ("cql", Near((Phrase("a"), Phrase("b"), Phrase("c")), 3)),
    ],
)
def test_what_a_language_cannot_say_is_noted(syntax: str, tree: Node) -> None:
    found = written(tree, syntax)
    assert found.text
    assert any(not note.honoured for note in found.notes)
