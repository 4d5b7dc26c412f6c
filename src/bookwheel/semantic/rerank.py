"""The order that two judgements give together: the engine's, by words, and the model's, by meaning."""

from collections.abc import Sequence
from math import sqrt

DENSE_WEIGHT = 0.4
"""Share of the meaning; `docs/semantic.md` has the measurements. Fusing ranks instead of scores harms known titles."""

LEAD = 0.25
"""Standard deviations the best hit by words must be ahead of the next to keep the first place, whatever both mean."""


def fused(by_words: Sequence[float], by_meaning: Sequence[float | None], weight: float = DENSE_WEIGHT) -> list[int]:
    """Places of the hits in their new order, best first; equal ones keep theirs.

    Both judgements are brought to one measure, distances from their mean in standard deviations, and added by weight.
    A hit the model does not know (None) counts as of middling meaning. What the words put clearly first stays there.
    """
    words = standard(by_words)
    known = iter(standard([score for score in by_meaning if score is not None]))
    meanings = [0.0 if score is None else next(known) for score in by_meaning]
    total = [(1 - weight) * word + weight * meaning for word, meaning in zip(words, meanings, strict=True)]
    leader = _leader(words)
    return sorted(range(len(total)), key=lambda place: (place != leader, -total[place]))


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


def _leader(words: Sequence[float]) -> int | None:
    """Place of the hit that is `LEAD` ahead of all others by words; None where the first are all but equal."""
    best = sorted(words, reverse=True)[:2]
    return words.index(best[0]) if len(best) == 2 and best[0] - best[1] >= LEAD else None


_NOISE = 1e-9
"""Differences of equal scores through rounding alone."""
