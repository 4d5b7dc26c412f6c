"""How a question is asked: the reader's choice before the catalogue's, relaxed by what all of it finds."""

import pytest
from tests.fakes.vocabulary import FakeVocabularies

from bookwheel.search.headings import Explosion, headings_of
from bookwheel.search.parse import parse
from bookwheel.search.query import AtLeast, Filter, Query
from bookwheel.search.reading import Reading, read, without_settled
from bookwheel.search.synonyms import Expansion
from bookwheel.search.url import from_url

WORDS = FakeVocabularies({"heart attack": ["Myocardial Infarction"]}, {"Neoplasms": ["Leukemia"]})
HEART_ATTACK = Expansion("heart attack", ("Myocardial Infarction",), "heart attack", "Fake 1")


def reading(text: str, *, own: bool = True, finds: int = 100, synonyms: str = "") -> Reading:
    return read(from_url([("lookfor", text), ("synonyms", synonyms)]), WORDS, own, lambda _: finds)


@pytest.mark.parametrize(
    ("own", "asked", "expected"),
    [(True, "", True), (False, "", False), (True, "0", False), (False, "1", True)],
)
def test_the_reader_decides_before_the_catalogue(own: bool, asked: str, expected: bool) -> None:
    found = reading("heart attack", own=own, synonyms=asked)
    assert found.has_synonyms is expected
    assert found.can_have_synonyms
    # What could be searched is known in either case, so that a page can offer it.
    assert found.expansions == (HEART_ATTACK,)
    assert ("Myocardial" in repr(found.query.tree)) is expected


@pytest.mark.parametrize("text", ["", '"heart attack"', "nothing"])
def test_without_words_to_widen_nothing_is_widened(text: str) -> None:
    found = reading(text)
    assert not found.has_synonyms
    assert found.query.tree == from_url([("lookfor", text)]).tree


def test_without_vocabularies_the_query_stays() -> None:
    query = from_url([("lookfor", "heart attack Neoplasms[mh]")])
    assert read(query, FakeVocabularies(), True, lambda _: 0) == Reading(query)


def test_headings_are_exploded_and_their_remarks_go() -> None:
    found = reading("Neoplasms[mh] AND Rivers[mh]")
    assert [(each.heading.text, bool(each.found)) for each in found.explosions] == [
        ("Neoplasms", True),
        ("Rivers", False),
    ]
    text = found.query.text
    assert [text[note.start : note.end] for note in found.query.notes if note.kind == "heading"] == ["Rivers[mh]"]
    assert not found.can_have_synonyms, "a strategy is asked as it stands"


SENTENCE = "what helps against a heart attack of old men"


def test_a_relaxed_question_has_synonyms_too() -> None:
    found = reading(SENTENCE, finds=3)
    assert found.relaxed
    assert found.has_synonyms
    assert "AtLeast" in repr(found.query.tree)
    assert repr(found.query.tree).count("Myocardial") == 2
    assert AtLeast.__name__ not in repr(reading(SENTENCE, finds=100).query.tree)


def test_it_is_relaxed_by_what_is_found_with_synonyms_and_without_filters() -> None:
    asked: list[Query] = []
    query = from_url([("lookfor", SENTENCE), ("filter[]", 'language:"English"')])
    assert query.filters == (Filter("language", "English"),)
    found = read(query, WORDS, True, lambda each: asked.append(each) or 100)  # type: ignore[func-returns-value]
    assert not found.relaxed
    assert found.query.filters == query.filters
    assert [(each.filters, "Myocardial" in repr(each.tree)) for each in asked] == [((), True)]


KNOWN = FakeVocabularies(headings={"Neoplasms": ["Leukemia"], "Child": []})


@pytest.mark.parametrize(
    ("text", "syntax", "left"),
    [
        ("Neoplasms[mh]", "pubmed", []),
        ("Neoplasms[mh] AND Child[mh:noexp]", "pubmed", []),
        ("Neoplasms[mh] AND Glaciers[mh]", "pubmed", ["Glaciers[mh]"]),
        ("(Neoplasms[mh] OR x[ti]) AND (Glaciers[mh] OR Child[mh])", "pubmed", ["Glaciers[mh]"]),
        ("exp Neoplasms/ and child/", "ovid", ["child/"]),
        ("(Neoplasms or Child).sh.", "ovid", []),
        ("(Neoplasms or Glaciers).sh.", "ovid", [".sh."]),
        ("exp Neoplasms/\nexp Child/\n1 and 2", "ovid", []),
        ("exp Neoplasms/\nexp Rivers/\n1 and 2", "ovid", ["exp Rivers/"]),
        ("bookwheel.heading = Neoplasms", "cql", []),
    ],
)
def test_remarks_go_where_headings_are_known(text: str, syntax: str, left: list[str]) -> None:
    parsed = parse(text, syntax=syntax)
    explosions = [Explosion(each, KNOWN.heading(each.text, each.exploded)) for each in headings_of(parsed.tree)]
    assert [note.kind for note in parsed.notes if note.kind == "heading"], "there is a remark to begin with"
    notes = without_settled(parsed.notes, Query(text=text, syntax=syntax), explosions)
    assert [text[note.start : note.end] for note in notes if note.kind == "heading"] == left
