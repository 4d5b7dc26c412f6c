import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.wildcards import beginning, letters, pattern_regex, pattern_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wom?n", ["wom?n"]),
        ("Hæm*", ["haem*"]),
        ("T-cell* death", ["t", "cell*", "death"]),
        ("*", ["*"]),
        ("ꙮ a", ["a"]),
        ("", []),
    ],
)
def test_words_keep_their_signs(text: str, words: list[str]) -> None:
    assert pattern_words(text) == words


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("wom?n", ["woman", "women"], ["womn", "womaan", "womanly"]),
        ("leuk*mia", ["leukemia", "leukaemia", "leukmia"], ["leukemias"]),
        ("лек?*", ["лекарство"], ["лек"]),
    ],
)
def test_patterns_fit_whole_words(pattern: str, fits: list[str], fits_not: list[str]) -> None:
    assert all(pattern_regex(pattern).match(word) for word in fits)
    assert not any(pattern_regex(pattern).match(word) for word in fits_not)


@given(text=st.text())
def test_any_text_has_patterns_that_are_regular(text: str) -> None:
    for word in pattern_words(text):
        assert beginning(word) == word[: len(beginning(word))]
        assert letters(word) <= len(word)
        pattern_regex(word)


def test_many_stars_are_quick() -> None:
    started = time.process_time()
    assert not pattern_regex("a*" * 40 + "b").match("a" * 100)
    assert time.process_time() - started < 0.1
