"""The order that two judgements give together: the engine's, by words, and the model's, by meaning."""

from collections.abc import Sequence
from math import sqrt

DENSE_WEIGHT = 0.4
"""Share of the meaning; `docs/semantic.md` has the measurements. Fusing ranks instead of scores harms known titles."""


def fused(by_words: Sequence[float], by_meaning: Sequence[float | None], weight: float = DENSE_WEIGHT) -> list[int]:
    """Places of the hits in their new order, best first; equal ones keep theirs.

    Both judgements are brought to one measure, distances from their mean in standard deviations, and added by weight.
    A hit the model does not know (None) counts as of middling meaning.
    """
    words = standard(by_words)
    known = iter(standard([score for score in by_meaning if score is not None]))
    meanings = [0.0 if score is None else next(known) for score in by_meaning]
    total = [(1 - weight) * word + weight * meaning for word, meaning in zip(words, meanings, strict=True)]
    return sorted(range(len(total)), key=lambda place: -total[place])


def standard(scores: Sequence[float]) -> list[float]:
    """Distances from the mean in standard deviations; all 0 where the scores are equal.

    >>> standard([1.0, 3.0])
    [-1.0, 1.0]
    """
    if not scores:
        return []
    mean = sum(scores) / len(scores)
    deviation = sqrt(sum((score - mean) ** 2 for score in scores) / len(scores))
    if deviation < _NOISE * max(1.0, abs(mean)):
        return [0.0] * len(scores)
    return [(score - mean) / deviation for score in scores]


_NOISE = 1e-9
"""Differences of equal scores through rounding alone."""
