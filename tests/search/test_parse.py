import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.limits import MAX_CHARACTERS, MAX_CLAUSES, MAX_NESTING
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
from bookwheel.search.ranking import SEARCH_TYPES

YEAR = "publishDateSort"


def words(text: str) -> Node:
    parts = tuple(Word(word) for word in text.split())
    return And(parts) if len(parts) > 1 else parts[0]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("  *:* ", Everything()),
        ("leukemia", Word("leukemia")),
        ("lenalidomide leukemia", words("lenalidomide leukemia")),
        ("a AND b && c", words("a b c")),
        ("a and b or not c", words("a and b or not c")),
        ("a OR b || c", Or((Word("a"), Word("b"), Word("c")))),
        ("a OR b c", Or((Word("a"), words("b c")))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("(a b) c", words("a b c")),
        ("a NOT b", And((Word("a"), Not(Word("b"))))),
        ("a AND NOT b", And((Word("a"), Not(Word("b"))))),
        ("-a +b", And((Not(Word("a")), Word("b")))),
        ("(a)-b c", words("a b c")),
        ("(a) -b c", And((Word("a"), Not(Word("b")), Word("c")))),
        ('"a b"-c', And((Phrase("a b"), Word("c")))),
        ("a-b", Word("a-b")),
        ("a -- b", words("a b")),
        ("a ~1100 b", words("a ~1100 b")),
        ("NOT NOT a", Word("a")),
        ("NOT (a b)", Not(words("a b"))),
        ('"a b"', Phrase("a b")),
        ('"a b"~3', Phrase("a b", 3)),
        ('"a b"~999', Phrase("a b", 100)),
        ("“a b” „c d“", And((Phrase("a b"), Phrase("c d")))),
        ('"say \\"x\\" y"', Phrase('say "x" y')),
        ("leuk*", Prefix("leuk")),
        ("SARS-CoV*", Prefix("SARS-CoV")),
        ("C-reactive co-operation", words("C-reactive co-operation")),
        ("\\AND a\\:b", words("AND a:b")),
        ("lung cancer—a review", words("lung cancer a review")),
        ("leuk*mia", Wildcard("leuk*mia")),
        ("wome?n", Wildcard("wome?n")),
        ("wom?n*", Wildcard("wom?n*")),
        ("colour~1 behaviour~", And((Fuzzy("colour", 1), Fuzzy("behaviour", 2)))),
        ("a NEAR/3 b", Near((Word("a"), Word("b")), 3)),
        ('"a b" PRE/0 (leuk* OR c)', Near((Phrase("a b"), Or((Prefix("leuk"), Word("c")))), 0, ordered=True)),
        ("a NEAR/3 b NEAR/3 c", Near((Word("a"), Word("b"), Word("c")), 3)),
        ("a NEAR/3 b NEAR/1 c", Near((Near((Word("a"), Word("b")), 3), Word("c")), 1)),
        ("foo^2", Boost(Word("foo"), 2.0)),
        ('"a b"^2.5', Boost(Phrase("a b"), 2.5)),
        ("(a OR b)^0.5 c", And((Boost(Or((Word("a"), Word("b"))), 0.5), Word("c")))),
        ('mh:"Rotator Cuff"', Heading("Rotator Cuff")),
        ("mh_noexp:Rupture", Heading("Rupture", exploded=False)),
    ],
)
def test_reads_the_language_of_the_box(text: str, tree: Node) -> None:
    assert parse(text).tree == tree
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("title:leukemia", Field("Title", Word("leukemia"))),
        ("TI:leuk*", Field("Title", Prefix("leuk"))),
        ('author:("van der Werf" OR reda)', Field("Author", Or((Phrase("van der Werf"), Word("reda"))))),
        ("-author:reda", Not(Field("Author", Word("reda")))),
        ("title:(a author:b)", Field("Title", And((Word("a"), Field("Author", Word("b")))))),
        ("journal:hematology", Field("JournalTitle", Word("hematology"))),
        ("language:english", Field("language", Word("english"))),
        ('author_facet:"Reda, Gianluigi"', Exact("author_facet", "Reda, Gianluigi")),
        ("format:Article", Exact("format", "Article")),
        ("doi:10.1155/2012/ABC", Exact("doi_str_mv", "10.1155/2012/abc")),
        ("doi: https://doi.org/10.1155/2012/ABC", Exact("doi_str_mv", "10.1155/2012/abc")),
        ("issn:1687-9104", Exact("issn", "1687-9104")),
        ("issn:(1687-9104 2041-1723)", Or((Exact("issn", "1687-9104"), Exact("issn", "2041-1723")))),
        ("id:doaj-art-1", Exact("id", "doaj-art-1")),
        ("year:2012", Range(YEAR, "2012", "2012")),
        ("year:2010-2012", Range(YEAR, "2010", "2012")),
        ("year:>2010", Range(YEAR, "2011", None)),
        ("year:[2010 TO 2012]", Range(YEAR, "2010", "2012")),
        ("publishDate:[2010-01-01 to *]", Range(YEAR, "2010", None)),
        ("publishDate:{2010 TO 2012}", Range(YEAR, "2011", "2011")),
        ("year:[* TO *]", Range(YEAR, None, None)),
    ],
)
def test_reads_prefixes(text: str, tree: Node) -> None:
    assert parse(text).tree == tree
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("10.1155/2012/393864", Exact("doi_str_mv", "10.1155/2012/393864")),
        ("https://doi.org/10.1155/2012/393864", Exact("doi_str_mv", "10.1155/2012/393864")),
        ("1687-9104", Exact("issn", "1687-9104")),
        ("0000-0002-1825-0097", Exact("orcid_str_mv", "0000-0002-1825-0097")),
        ("PMID 22937098", Exact("pmid_str_mv", "22937098")),
        ("AT reda lenalidomide", Exact("work_keys_str_mv", "AT reda lenalidomide")),
    ],
)
def test_identifiers_are_looked_up_and_searched_as_words(text: str, exact: Exact) -> None:
    assert parse(text).tree == Or((exact, words(text)))


def test_an_identifier_among_words_is_looked_up_too() -> None:
    assert parse("leukemia 1687-9104").tree == And(
        (Word("leukemia"), Or((Exact("issn", "1687-9104"), Word("1687-9104"))))
    )


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ("???", Everything(), "no-words"),
        ("AND", Word("AND"), "capitals"),
        ("TO BE OR NOT TO BE", words("TO BE OR NOT TO BE"), "capitals"),
        ("CANCER OF THE HEAD AND NECK", words("CANCER OF THE HEAD AND NECK"), "capitals"),
        ('5" pipe', words("5 pipe"), "open-quote"),
        ('"a b', words("a b"), "open-quote"),
        ("((a b", words("a b"), "parentheses"),
        ("1) a", words("1 a"), "parentheses"),
        ("a AND", Word("a"), "operator"),
        ("or AND a", words("or a"), ""),
        ("OR a", Word("a"), "operator"),
        ("a AND OR b", Or((Word("a"), Word("b"))), "operator"),
        ("a (OR) b", words("a b"), "operator"),
        ("a NOT", Word("a"), "operator"),
        ("a b c d e f g (h OR)", words("a b c d e f g h OR"), "operator"),
        ("a b c d e f g (OR h)", words("a b c d e f g OR h"), "operator"),
        ("a b c d e f (g OR)", words("a b c d e f g"), "operator"),
        ("a b c d e f g (h OR) NOT i", And((*(Word(x) for x in "abcdefgh"), Not(Word("i")))), "operator"),
        ("a CYP2D6*4 b c", words("a CYP2D6*4 b c"), "operator"),
        ("a CYP2D6*4 b", And((Word("a"), Wildcard("CYP2D6*4"), Word("b"))), ""),
        ("le*", Word("le"), "short-prefix"),
        ("*emia", Word("emia"), "leading-wildcard"),
        ("l*k", Word("lk"), "short-prefix"),
        ("a *", Word("a"), "wildcard"),
        ("foo~1", Word("foo"), "fuzzy"),
        ("leukemia~3", Fuzzy("leukemia", 2), "fuzzy"),
        ("a NEAR/3", Word("a"), "operator"),
        ("a NEAR/3 title:b", And((Word("a"), Field("Title", Word("b")))), "near"),
        ("[a TO b]", words("a b"), "range"),
        ("title:[2010 TO 2012]", Field("Title", words("2010 2012")), "range"),
        ("year:[2010 TO soon]", words("2010 soon"), "range"),
    ],
)
def test_what_cannot_be_read_is_words_and_a_note(text: str, tree: Node, note: str) -> None:
    found = parse(text)
    assert found.tree == tree
    assert {each.kind for each in found.notes} == ({note} if note else set())
    assert all(each.text for each in found.notes)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Leukemia: a review", words("Leukemia: a review")),
        ("Leukemia:a", Word("Leukemia:a")),
        ("http://example.org/a?b=c", Word("http://example.org/a?b=c")),
        ("what is leukemia?", words("what is leukemia?")),
        ("a - b / c & d", words("a b c d")),
        ("DNA OR RNA", Or((Word("DNA"), Word("RNA")))),
        ("HIV AND NOT AIDS", And((Word("HIV"), Not(Word("AIDS"))))),
        ("Fe(III) oxide", words("Fe III oxide")),
        ("[Article in German]", words("[Article in German]")),
        ("::: a", Word("a")),
    ],
)
def test_pasted_titles_questions_and_addresses_are_words(text: str, tree: Node) -> None:
    assert parse(text).tree == tree
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("search_type", "text", "tree"),
    [
        ("Title", "1687-9104", Word("1687-9104")),
        ("ISN", "1687-9104", Or((Exact("issn", "1687-9104"), Exact("isbn", "1687-9104")))),
        ("id", "doaj-art-1 x", Exact("id", "doaj-art-1 x")),
        ("ids", "a-1 b-2", Or((Exact("id", "a-1"), Exact("id", "b-2")))),
        ("WorkKeys", '"AT a b"', Or((Exact("work_keys_str_mv", "AT a b"), Exact("work_ids_str_mv", "AT a b")))),
        ("year", "2012", Range(YEAR, "2012", "2012")),
        ("DOI", "https://doi.org/10.1155/X", Exact("doi_str_mv", "10.1155/x")),
        ("nobody knows", "a", Word("a")),
    ],
)
def test_search_types_read_their_own_values(search_type: str, text: str, tree: Node) -> None:
    assert parse(text, search_type).tree == tree


def test_long_texts_are_cut_between_words() -> None:
    found = parse("leukemia " * 200)
    assert [note.kind for note in found.notes] == ["text-cut"]
    assert found.tree == words("leukemia " * (MAX_CHARACTERS // 9))


def test_deep_parentheses_are_left_out() -> None:
    deep = "(" * 30 + "a OR b" + ")" * 30
    assert parse(deep).tree == Or((Word("a"), Word("b")))
    assert [note.kind for note in parse(deep).notes] == ["nesting"]
    assert parse("(" * MAX_NESTING + "a" + ")" * MAX_NESTING).notes == ()


def test_clauses_are_counted() -> None:
    found = parse(" ".join("a" * 230))
    assert isinstance(found.tree, And)
    assert len(found.tree.parts) == MAX_CLAUSES
    assert [note.kind for note in found.notes] == ["clauses"]


SYNTAX = st.lists(
    st.sampled_from(
        [*'ab()":*~^+-[]{}\\/?&|—“”» é北', " AND ", " OR ", " NOT ", "title:", "doi: ", "year:[2010 TO ", "*:*"]
    ),
    max_size=60,
).map("".join)


@given(text=st.text() | SYNTAX, search_type=st.sampled_from(("nope", *SEARCH_TYPES)))
def test_no_text_is_an_error(text: str, search_type: str) -> None:
    found = parse(text, search_type)
    assert found == parse(text, search_type)
    assert all(0 <= note.start < note.end <= len(text) for note in found.notes if note.start is not None and note.end)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100000,
        '"' * 500,
        "NOT " * 125,
        "title:" * 83,
        "[a TO " * 80,
        "\\" * 500,
        "~1" * 250,
        "a*" * 250,
        "10.1/" * 100,
        "x" * 100000,
        "a " * 50000,
        "\ud800" * 500,
        "[a TO b" * 70,
        "^1.1" * 120,
        "doi: 1" * 80,
    ],
)
def test_hostile_texts_are_read_at_once(text: str) -> None:
    started = time.process_time()
    for _ in range(10):
        parse(text)
    assert (time.process_time() - started) / 10 < 0.05
