import pytest

from bookwheel.search.edit_distance import is_within


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("leukemia", "leukemia", 0),
        ("leukemia", "leukaemia", 1),
        ("leukemia", "leukmia", 1),
        ("leukemia", "leukemai", 1),
        ("leukemia", "leukomia", 1),
        ("colour", "color", 1),
        ("behavior", "behaviours", 2),
        ("ca", "abc", 3),
        ("лечение", "личение", 1),
    ],
)
def test_words_are_so_far_apart(one: str, other: str, distance: int) -> None:
    assert is_within(one, other, distance)
    assert is_within(other, one, distance)
    assert not is_within(one, other, distance - 1)
