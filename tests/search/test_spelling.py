import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.edit_distance import is_within
from bookwheel.search.spelling import Vocabulary, is_better, likeliest, most_edits

COUNTS = {"leukemia": 500, "leukemias": 20, "leukaemia": 40, "lenalidomide": 3, "diagnosis": 900, "diagnoses": 100}
_WORDS = st.text("abcdeü", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("leukemai", "leukemia"), ("leukemi", "leukemia"), ("diagnsis", "diagnosis"), ("lenalidomid", "lenalidomide")],
)
def test_the_likeliest_word_comes_first(typed: str, meant: str) -> None:
    assert likeliest(Vocabulary(COUNTS).near(typed), 3)[0] == (meant, COUNTS[meant])


@pytest.mark.parametrize("word", ["leukemia", "the", "p53", "covid19", "il6", ""])
def test_a_word_itself_short_words_and_codes_have_no_likely_other(word: str) -> None:
    assert word not in dict(likeliest(Vocabulary({**COUNTS, "p54": 9, "covid29": 9, "then": 9}).near(word), 9))
    assert most_edits("p53") == most_edits("the") == most_edits("covid19") == 0


def test_a_word_records_have_is_right_unless_another_is_far_more_frequent() -> None:
    assert is_better(1, 0)
    assert not is_better(1_000_000, 3)
    assert not is_better(50, 1)
    assert is_better(100, 1)


@given(typed=_WORDS, words=st.sets(_WORDS, max_size=30))
def test_near_words_are_those_within_the_edits_allowed(typed: str, words: set[str]) -> None:
    most = most_edits(typed)
    found = {word for word, _, _ in Vocabulary(dict.fromkeys(words, 1)).near(typed)}
    assert found == {word for word in words if word != typed and is_within(typed, word, most)}
