"""Suggestions and offers, asked of the reference engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.engines.memory import MemoryEngine
from bookwheel.search.offers import counted, offers
from bookwheel.search.parse import parse
from bookwheel.search.query import Filter, Query, YearRange
from bookwheel.search.results import Document
from bookwheel.search.suggestions import Suggestion, suggestions

TITLES = (
    "Lenalidomide in chronic lymphocytic leukemia",
    "Chronic leukemia of children",
    "Müller cells of the retina",
    "The p53 gene and COVID-19",
    "Diagnosis by magnetic resonance imaging",
)


def _document(number: int, title: str) -> Document:
    return {"id": (f"r{number}",), "title": (title,), "format": ("Article",), "publishDateSort": (str(2000 + number),)}


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    made = MemoryEngine()
    with made.update(1) as writer:
        for number, title in enumerate(TITLES):
            writer.add(_document(number, title))
    return made


def asked(text: str, search_type: str = "AllFields") -> Query:
    return Query(text=text, tree=parse(text, search_type).tree, search_type=search_type)


def texts(engine: MemoryEngine, text: str, search_type: str = "AllFields") -> list[str]:
    return [each.text for each in suggestions(engine, asked(text, search_type)) if each.kind == "replace"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("leukemai", "leukemia"),
        ("chronic leukemai", "chronic leukemia"),
        ('"magnetic resonace imaging"', '"magnetic resonance imaging"'),
        ("title:leukemai", "title:leukemia"),
        ("leukemai AND (children OR adults)", "leukemia AND (children OR adults)"),
        ("Müler cels", "muller cells"),
        ("Chronc luekemia", "chronic leukemia"),
        ("lenalidomid", "lenalidomide"),
    ],
)
def test_a_slip_is_mended_where_it_stands(engine: MemoryEngine, typed: str, meant: str) -> None:
    assert texts(engine, typed)[0] == meant


def test_both_forms_say_what_they_find(engine: MemoryEngine) -> None:
    assert suggestions(engine, asked("leukemai")) == (
        Suggestion("leukemia", 2, "replace"),
        Suggestion("(leukemai OR leukemia)", 2, "expand"),
    )


@pytest.mark.parametrize(
    "text",
    ["", "lenalidomide", "leukemia", "p54 gene", "COVID-18", "retina leukemai", "xyzzyx", "leukemai*", "AND OR NOT"],
)
def test_known_words_codes_and_what_finds_nothing_are_left_alone(engine: MemoryEngine, text: str) -> None:
    assert texts(engine, text) == []


def test_tags_of_a_strategy_are_no_slips(engine: MemoryEngine) -> None:
    assert texts(engine, "leukemai[tiab] OR imagin[mh]") == []


def test_only_what_finds_more_is_suggested(engine: MemoryEngine) -> None:
    assert suggestions(engine, asked("leukemai"), total=2) == ()


def test_whole_values_are_not_spelled(engine: MemoryEngine) -> None:
    assert suggestions(engine, asked("leukemai", "ISN")) == ()


@given(text=st.text(alphabet=st.sampled_from('abckelmuiüß0123 -"():*~^\\ANDOR'), max_size=40))
def test_any_text_can_be_asked(engine: MemoryEngine, text: str) -> None:
    query = asked(text)
    total = engine.search(query).total
    for each in suggestions(engine, query, total):
        assert counted(engine, asked(each.text)) == each.count > total


def test_offers_lead_to_hits(engine: MemoryEngine) -> None:
    book = Filter("format", "Book")
    query = Query(
        text="leukemia",
        tree=parse("leukemia", "Author").tree,
        search_type="Author",
        filters=(book, Filter("format", "Article")),
        years=YearRange(2001, 2001),
    )
    assert offers(engine, query) == ()
    title = Query(text="leukemia", tree=parse("leukemia").tree, filters=(book,), years=YearRange(2001, 2002))
    assert [(offer.kind, offer.count, offer.filter) for offer in offers(engine, title)] == [
        ("without-filter", 1, book),
        ("unfiltered", 2, None),
    ]


@pytest.mark.parametrize(
    ("text", "search_type", "kinds"),
    [
        ("leukemia", "Author", ["all-fields"]),
        ("leukemia retina", "AllFields", ["any-word"]),
        ("leukemai", "AllFields", ["spelling"]),
        ("xyzzyx", "AllFields", []),
        ('"retina leukemia"', "AllFields", []),
    ],
)
def test_other_fields_and_words_are_offered(
    engine: MemoryEngine, text: str, search_type: str, kinds: list[str]
) -> None:
    found = offers(engine, asked(text, search_type))
    assert [offer.kind for offer in found] == kinds
    assert all(counted(engine, offer.query) == offer.count > 0 for offer in found)
