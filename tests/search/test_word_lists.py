import pytest

from bookwheel.search.query import Fuzzy, Prefix, Wildcard
from bookwheel.search.results import FacetValue, Pattern, WordList
from bookwheel.search.word_lists import beginnings, matcher, word_list


@pytest.mark.parametrize(
    ("pattern", "begin", "fits", "does_not"),
    [
        (Prefix("Leuk"), ("leuk",), ["leukemia", "leuk"], ["aleukemia"]),
        (Wildcard("wom?n"), ("wom",), ["women", "woman"], ["womens"]),
        (Wildcard("*itis"), ("",), ["arthritis", "itis"], ["itisx"]),
        (Fuzzy("lenalidomid", 1), ("l", "e"), ["lenalidomide", "enalidomid"], ["lenalidom", "xlenalidomid"]),
    ],
)
def test_a_pattern_knows_its_words(
    pattern: Pattern, begin: tuple[str, ...], fits: list[str], does_not: list[str]
) -> None:
    assert beginnings(pattern) == begin
    match = matcher(pattern)
    assert all(map(match, fits))
    assert not any(map(match, does_not))


@pytest.mark.parametrize("pattern", [Prefix("two words"), Wildcard("t-ce*"), Fuzzy("—")])
def test_only_patterns_of_one_word_have_a_list(pattern: Pattern) -> None:
    assert beginnings(pattern) == ()


def test_the_most_frequent_come_first() -> None:
    found = word_list({"b": 2, "a": 2, "c": 9}, 2, is_cut=True)
    assert found == WordList((FacetValue("c", 9), FacetValue("a", 2)), 3, is_cut=True)
