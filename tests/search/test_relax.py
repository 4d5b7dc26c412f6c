from dataclasses import replace

import pytest

from bookwheel.search.function_words import FUNCTION_WORDS
from bookwheel.search.parse import parse
from bookwheel.search.query import And, AtLeast, Boost, Field, Or, Phrase, Query, Word
from bookwheel.search.ranking import plain_words
from bookwheel.search.relax import MAX_WORDS, MAX_WORDS_MEANT, PAIR, relaxed


def asked(text: str, search_type: str = "AllFields") -> Query:
    return Query(text=text, tree=parse(text, search_type).tree, search_type=search_type)


def test_a_sentence_is_asked_for_any_telling_word_and_for_all_words() -> None:
    query = asked("what is the effect of aspirin on aspirin users")
    found = relaxed(query)
    assert found is not None
    assert isinstance(found.tree, Or)
    strict, some = found.tree.parts
    assert strict == query.tree
    words = (Word("effect"), Boost(Word("aspirin"), 2.0), Word("users"))
    pair = Boost(Phrase("aspirin users"), PAIR)
    assert some == Field("Balanced", AtLeast((*words, pair), 1))
    assert [note.kind for note in found.notes] == ["relaxed"]
    assert (found.text, found.search_type) == (query.text, query.search_type)


def test_in_one_field_the_field_stays() -> None:
    found = relaxed(asked("the treatment of chronic leukemia", "Title"))
    assert found is not None
    assert isinstance(found.tree, Or)
    assert isinstance(found.tree.parts[1], AtLeast)


def test_a_sentence_may_quote_and_hold_parentheses() -> None:
    found = relaxed(asked('is there any evidence of a "July effect" after (major) surgery'))
    assert found is not None
    assert isinstance(found.tree, Or)
    some = found.tree.parts[1]
    assert isinstance(some, Field)
    assert isinstance(some.part, AtLeast)
    assert some.part.parts[0] == Field("AllFields", Phrase("July effect"))
    assert Word("surgery") in some.part.parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "leukemia",
        "chronic leukemia",
        '"chronic lymphocytic leukemia in adults"',
        '"july effect" surgery mortality',
        "chronic AND lymphocytic AND leukemia",
        "chronic OR lymphocytic leukemia therapy",
        "chronic leukemia therapy NOT children",
        "-children chronic leukemia therapy",
        "title:chronic leukemia therapy in adults",
        "chronic leukem* therapy in adults",
        "trials of inhaled corticosteroids in the treatment of asthma -children",
        "trials of wom?n2 in the treatment of asthma",
        "10.1155/2012/393864",
        "to be or not to be",
    ],
)
def test_short_and_exact_questions_stay_strict(text: str) -> None:
    assert relaxed(asked(text)) is None


@pytest.mark.parametrize("search_type", ["ISN", "DOI", "id", "year"])
def test_whole_values_stay_strict(search_type: str) -> None:
    assert relaxed(asked("one two three four", search_type)) is None


def test_what_is_new_to_a_question_has_all_its_words() -> None:
    """A feed of a question with few answers was one of every new record with any one of its words."""
    query = asked("the treatment of chronic leukemia")
    assert relaxed(replace(query, sort="added")) is None
    assert relaxed(replace(query, sort="newest")) is not None


def test_words_are_capped() -> None:
    tree = And(tuple(Word(f"w{number}") for number in range(200)))
    found = relaxed(Query(text=" ".join(f"w{number}" for number in range(200)), tree=tree))
    assert found is not None
    assert isinstance(found.tree, Or)
    some = found.tree.parts[1]
    assert isinstance(some, Field)
    assert isinstance(some.part, AtLeast)
    assert sum(isinstance(part, Word) for part in some.part.parts) == MAX_WORDS
    assert len(some.part.parts) == 2 * MAX_WORDS


def test_of_many_words_those_that_have_all_do_not_come_first() -> None:
    few = " ".join(f"word{number}" for number in range(MAX_WORDS_MEANT))
    for text, weight in ((few, 1.0), (f"{few} aspirin", 0.0)):
        query = asked(text)
        found = relaxed(query)
        assert found is not None
        assert isinstance(found.tree, Or)
        assert found.tree.parts[0] == (query.tree if weight else Boost(query.tree, weight))
        assert plain_words(found.tree) == plain_words(query.tree)


@pytest.mark.parametrize(
    "text",
    [
        "randomised trials of receptor blocker (ARB)-based therapy versus placebo",
        "a dose of ~1100 units against placebo in adults",
        "deaths of patients in small hospitals (outside OR) and in the operating theatre",
        "risk of violence in couples after training (OR 0.37) against control",
        "magnetic resonance of the spine -- can it tell infarction from infection",
        "CYP2D6*4 allele and risk of breast cancer",
        "2?mA anodal stimulation over 15?minutes versus sham",
        "a weight loss programme -in the consistent group versus the minimal group",
    ],
)
def test_a_sentence_may_hold_what_looks_like_an_operator(text: str) -> None:
    assert relaxed(asked(text)) is not None


def test_function_words_are_folded() -> None:
    assert all(word == word.casefold() and word.isalpha() for word in FUNCTION_WORDS)
