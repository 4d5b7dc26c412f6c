"""Two judgements, one order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.semantic.rerank import fused, standard

scores = st.floats(-1e6, 1e6)
pairs = st.lists(st.tuples(scores, st.none() | scores), max_size=50)


@pytest.mark.parametrize(
    ("by_words", "by_meaning", "weight", "expected"),
    [
        ([], [], 0.4, []),
        ([3.0], [0.5], 0.4, [0]),
        ([3.0, 2.0, 1.0], [0.1, 0.2, 0.3], 0.0, [0, 1, 2]),
        ([3.0, 3.0, 1.0], [0.1, 0.2, 0.3], 1.0, [2, 1, 0]),
        ([3.0, 2.0, 1.0], [0.5, 0.5, 0.5], 0.4, [0, 1, 2]),
        ([1.0, 1.0, 1.0], [0.1, 0.3, 0.2], 0.4, [1, 2, 0]),
        ([3.0, 2.0, 1.0], [None, None, None], 0.4, [0, 1, 2]),
        # What the model does not know stands between what it finds near and what it finds far.
        ([1.0, 1.0, 1.0], [0.1, None, 0.3], 0.4, [2, 1, 0]),
        # What the words put clearly first stays there, wherever it stands; the rest is put in order behind it.
        ([3.0, 2.0, 1.9, 1.8], [0.1, 0.2, 0.9, 0.3], 0.9, [0, 2, 3, 1]),
        ([1.8, 2.0, 1.9, 3.0], [0.3, 0.2, 0.9, 0.1], 0.9, [3, 2, 0, 1]),
        # Two that are all but equal by words are told apart by their meaning.
        ([3.0, 2.9, 1.0, 1.0], [0.1, 0.9, 0.2, 0.2], 0.4, [1, 0, 2, 3]),
        # A whole title typed in stands far above the rest by its words; no meaning brings it down.
        ([900.0, 8.0, 7.0, 6.0, 5.0], [0.5, 0.9, 0.1, 0.1, 0.1], 0.4, [0, 1, 2, 3, 4]),
    ],
)
def test_fused(by_words: list[float], by_meaning: list[float | None], weight: float, expected: list[int]) -> None:
    assert fused(by_words, by_meaning, weight) == expected


@given(pairs)
def test_every_hit_stands_once(judged: list[tuple[float, float | None]]) -> None:
    order = fused([words for words, _ in judged], [meaning for _, meaning in judged])
    assert sorted(order) == list(range(len(judged)))


@given(pairs)
def test_a_hit_better_in_both_stands_first(judged: list[tuple[float, float | None]]) -> None:
    order = fused([words for words, _ in judged], [meaning for _, meaning in judged])
    place = {hit: rank for rank, hit in enumerate(order)}
    for one, (words, meaning) in enumerate(judged):
        for other, (other_words, other_meaning) in enumerate(judged):
            known = meaning is not None and other_meaning is not None
            if known and words - other_words > 1 and meaning - other_meaning > 1:  # type: ignore[operator]
                assert place[one] < place[other]


@given(st.lists(scores, min_size=1, max_size=50), st.integers(0, 50), st.floats(0, 1))
def test_no_meaning_takes_a_clear_first_place(others: list[float], place: int, weight: float) -> None:
    words = [*others[:place], max(others) + 1e7, *others[place:]]
    meanings = [-1.0 if word == max(words) else 1.0 for word in words]
    assert fused(words, meanings, weight)[0] == words.index(max(words))


@given(st.lists(st.floats(-1000, 1000), min_size=2), st.floats(0.1, 1000), st.floats(-1000, 1000))
def test_the_unit_of_a_score_does_not_matter(values: list[float], factor: float, shift: float) -> None:
    if max(values) - min(values) < 1:
        return
    moved = standard([value * factor + shift for value in values])
    assert moved == pytest.approx(standard(values), abs=1e-6)
