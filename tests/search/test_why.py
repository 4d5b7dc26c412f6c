"""Why a paper is not among the results: reading what was pasted, and naming the first reason."""

import pytest

from bookwheel.records.model import Identifier
from bookwheel.search.parse import parse
from bookwheel.search.query import And, Exact, Field, Filter, Not, Or, Query, Word, YearRange
from bookwheel.search.why import Wanted, first_failing, read_wanted, reason

RIS = """TY  - JOUR
TI  - Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia
DO  - 10.1155/2012/393864
ER  -

TY  - JOUR
T1  - A paper without a number
ER  -
TY  - JOUR
DB  - PubMed
AN  - 22937098
TI  - From PubMed
ER  -
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10.1155/2012/393864", [("doi", "10.1155/2012/393864")]),
        ("https://doi.org/10.1155/2012/ABC", [("doi", "10.1155/2012/abc")]),
        ("22937098\npmid: 12345", [("pmid", "22937098"), ("pmid", "12345")]),
        ("22937098, 12345678;\t7654321", [("pmid", "22937098"), ("pmid", "12345678"), ("pmid", "7654321")]),
        ("PMC3173870 10.1000/x", [("pmcid", "PMC3173870"), ("doi", "10.1000/x")]),
        ("doaj-art-a34e60", [("id", "doaj-art-a34e60")]),
        ("10.1155/2012/1\n\n10.1155/2012/1", [("doi", "10.1155/2012/1")]),
        ("PMID- 22937098\nOWN - NLM\n\nPMID- 12345", [("pmid", "22937098"), ("pmid", "12345")]),
        ("", []),
        ("  \n\n", []),
    ],
)
def test_reads_identifiers_in_any_spelling(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [(each.scheme, each.value) for paper in read_wanted(text) for each in paper.identifiers]
    assert found == wanted


def test_a_line_of_words_is_a_title() -> None:
    assert read_wanted("Leukemia in 2012") == (Wanted("Leukemia in 2012", (), "Leukemia in 2012"),)


def test_reads_a_ris_file() -> None:
    first, second, third = read_wanted(RIS.replace("\n", "\r\n"))
    assert first.identifiers == (Identifier("doi", "10.1155/2012/393864"),)
    assert (second.identifiers, second.title) == ((), "A paper without a number")
    assert third.identifiers == (Identifier("pmid", "22937098"),)


def _finder(*words: str, year: int = 2012, language: str = "English"):  # type: ignore[no-untyped-def]
    """A record of these words, asked as an engine would be."""

    def matches(node: object) -> bool:
        match node:
            case And(parts):
                return all(map(matches, parts))
            case Or(parts):
                return any(map(matches, parts))
            case Not(part) | Field("Title", part) as inner:
                return matches(part) != isinstance(inner, Not)
            case Word(text):
                return text in words
        return False

    def finds(query: Query) -> bool:
        in_years = (query.years.low or 0) <= year <= (query.years.high or 9999)
        modes = {f.mode for f in query.filters if f.value == language}
        wanted = {f.mode for f in query.filters}
        return matches(query.tree) and in_years and "none" not in modes and wanted <= {"none"} | modes

    return finds


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("a b c", Word("c")),
        ("c b", Word("c")),
        ("a AND (c OR d)", Or((Word("c"), Word("d")))),
        ("a AND NOT b", Not(Word("b"))),
        ("a AND title:(b c)", Field("Title", Word("c"))),
        ("c", Word("c")),
    ],
)
def test_names_the_first_clause_that_fails(text: str, clause: object) -> None:
    query = Query(tree=parse(text).tree)
    assert first_failing(query, _finder("a", "b")) == clause
    assert reason(query, _finder("a", "b")).clause == clause


def test_restrictions_come_after_words() -> None:
    query = Query(tree=Word("a"), filters=(Filter("language", "German"),), years=YearRange(2013, None))
    assert reason(query, _finder("b")).cause == "clause"
    assert reason(query, _finder("a")).cause == "years"
    found = reason(query, _finder("a", year=2014))
    assert (found.cause, found.restriction) == ("filter", Filter("language", "German"))
    assert reason(query, _finder("a", year=2014, language="German")).cause == "found"


def test_alternatives_of_a_field_restrict_together() -> None:
    either = (Filter("language", "German", "any"), Filter("language", "English", "any"))
    asked: list[Query] = []
    reason(Query(tree=Word("a"), filters=either), lambda query: not asked.append(query))  # type: ignore[func-returns-value]
    assert all(query.filters in ((), either) for query in asked)


def test_an_exact_clause_is_named_whole() -> None:
    query = Query(tree=And((Word("a"), Exact("doi_str_mv", "x"))))
    assert first_failing(query, _finder("a")) == Exact("doi_str_mv", "x")
