"""What a search is widened by: longest terms, plain words only, never less found and never too much asked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import corpus
from tests.fakes.vocabulary import FakeVocabularies

from bookwheel.engines.memory import MemoryEngine
from bookwheel.search.parse import parse
from bookwheel.search.query import And, AtLeast, Boost, Field, Node, Not, Or, Phrase, Query, Word
from bookwheel.search.synonyms import (
    MAX_IN_QUERY,
    MAX_SYNONYMS,
    WEIGHT,
    is_widened,
    term_key,
    widened,
)

WORDS = FakeVocabularies(
    {
        "heart attack": ["Myocardial Infarction", "heart attacks"],
        "attack": ["assault"],
        "cancer": ["neoplasm", "tumour"],
        "SARS-CoV-2": ["covid virus"],
        "the who": ["World Health Organization"],
        "who": ["never"],
    }
)


def also(text: str, search_type: str = "AllFields") -> dict[str, tuple[str, ...]]:
    found = widened(parse(text, search_type).tree, search_type, WORDS)
    return {each.term: each.also for each in found.expansions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heart attack", {"heart attack": ("Myocardial Infarction",)}),
        ("Heart attacks of women", {"Heart attacks": ("Myocardial Infarction",)}),
        ("attack of the heart", {"attack": ("assault",)}),
        ("cancer attack", {"cancer": ("neoplasm", "tumour"), "attack": ("assault",)}),
        ("cancer OR leukemia", {"cancer": ("neoplasm", "tumour")}),
        ("title:cancer", {"cancer": ("neoplasm", "tumour")}),
        ("sars-cov-2 vaccine", {"sars-cov-2": ("covid virus",)}),
        ("cancer^2", {"cancer": ("neoplasm", "tumour")}),
        # Whoever writes these has chosen the words.
        ('"heart attack"', {}),
        ("NOT cancer", {}),
        ("cance*", {}),
        ("cancer~", {}),
        ("author:cancer", {}),
        ("journal:cancer", {}),
        ("topic_facet:cancer", {}),
        ("heart NEAR/3 attack", {}),
        # A function word alone means too much.
        ("who", {}),
        ("the who", {"the who": ("World Health Organization",)} if term_key("the who") else {}),
        ("nothing", {}),
        ("", {}),
    ],
)
def test_plain_words_are_widened_and_nothing_else(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert also(text) == expected


@pytest.mark.parametrize("search_type", ["Author", "JournalTitle", "ISN", "publisher", "DOI"])
def test_names_and_numbers_have_no_synonyms(search_type: str) -> None:
    assert also("cancer", search_type) == {}


def test_what_was_typed_stays_and_counts_more() -> None:
    found = widened(parse("heart attack cure").tree, "AllFields", WORDS)
    typed = And((Word("heart"), Word("attack")))
    assert found.tree == And((Or((typed, Boost(Word("Myocardial Infarction"), WEIGHT))), Word("cure")))
    assert 0 < WEIGHT < 1
    assert [(each.concept, each.vocabulary) for each in found.expansions] == [("heart attack", "Fake 1")]


def test_some_of_the_words_get_further_parts() -> None:
    tree = Field("Balanced", AtLeast((Boost(Word("heart"), 2.0), Word("attack"), Word("cure")), 1))
    found = widened(tree, "AllFields", WORDS)
    assert isinstance(found.tree, Field)
    assert found.tree.part == AtLeast(
        (*tree.part.parts, Boost(Word("Myocardial Infarction"), WEIGHT)),  # type: ignore[union-attr]
        1,
    )


def test_a_term_said_twice_is_named_once() -> None:
    assert list(also("cancer and CANCER OR title:cancers")) == ["cancer"]


def test_caps_hold() -> None:
    many = FakeVocabularies({f"word{letter}": [f"w{letter}x{n}y" for n in range(50)] for letter in "abcdefghij"})
    found = widened(parse(" ".join(many.synonyms)).tree, "AllFields", many)
    numbers = [len(each.also) for each in found.expansions]
    assert max(numbers) == MAX_SYNONYMS
    assert sum(numbers) == MAX_IN_QUERY


@pytest.mark.parametrize(
    ("text", "syntax", "expected"),
    [("heart attack", "", True), ("heart attack", "pubmed", False), ("cancer[tiab]", "", False), ("", "", True)],
)
def test_strategies_of_databases_are_asked_as_they_stand(text: str, syntax: str, expected: bool) -> None:
    assert is_widened(Query(text=text, syntax=syntax)) is expected


@pytest.mark.parametrize(
    ("term", "key"),
    [("Heart Attacks", "heart attack"), ("the", ""), ("x", ""), ("42", ""), ("", ""), ("a b c d e f g h i", "")],
)
def test_a_term_is_looked_up_by_its_stems(term: str, key: str) -> None:
    assert term_key(term) == key


SYNONYMS = {"leukemia": ["chronic disease", "лекарство"], "chronic": ["treatment"], "treatment of disease": ["study"]}


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    found = MemoryEngine()
    with found.update(1) as writer:
        for document in corpus.documents(150):
            writer.add(document)
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=corpus.trees(), search_type=st.sampled_from(("AllFields", "Title", "Author")))
def test_nothing_is_lost_by_synonyms(engine: MemoryEngine, tree: Node, search_type: str) -> None:
    """Whatever is asked, what the tree itself finds is found, unless an operator takes synonyms for NOT."""

    def found(asked: Node) -> set[str]:
        return {hit.id for hit in engine.search(Query(tree=asked, search_type=search_type, size=1000)).hits}

    assert found(tree) <= found(widened(tree, search_type, FakeVocabularies(SYNONYMS)).tree)


def test_systematic_names_come_last() -> None:
    words = FakeVocabularies({"aspirin": [*(f"{n}-(acid)" for n in range(30)), "acetylsalicylic acid"]})
    found = widened(Word("aspirin"), "AllFields", words).expansions[0].also
    assert (len(found), found[0]) == (MAX_SYNONYMS, "acetylsalicylic acid")


def test_not_is_never_widened() -> None:
    tree = And((Word("leukemia"), Not(Or((Word("cancer"), Phrase("x"))))))
    found = widened(tree, "AllFields", WORDS)
    assert found.tree == tree
    assert found.expansions == ()
