"""How good a ranking is: the usual measures of retrieval, each of one ranking against one query's judgements.

A ranking is record ids, best first, none twice; judgements are id → gain, 0 or absent for what does not matter.
Definitions are trec_eval's: the gain of nDCG is the judgement itself, average precision counts over the whole ranking.
"""

from collections.abc import Callable, Mapping, Sequence
from math import log2
from typing import TypeAlias

Ranking: TypeAlias = Sequence[str]
Judgements: TypeAlias = Mapping[str, int]


def ndcg(ranking: Ranking, judgements: Judgements, depth: int = 10) -> float:
    """Discounted gain of the first `depth` records, as a share of the best there could be."""
    best = _discounted(sorted(judgements.values(), reverse=True)[:depth])
    return _discounted([judgements.get(record_id, 0) for record_id in ranking[:depth]]) / best if best else 0.0


def average_precision(ranking: Ranking, judgements: Judgements) -> float:
    """Mean of the precisions at each relevant record; those not found count 0."""
    wanted = _relevant(judgements)
    found, precisions = 0, 0.0
    for place, record_id in enumerate(ranking, start=1):
        if record_id in wanted:
            found += 1
            precisions += found / place
    return precisions / len(wanted) if wanted else 0.0


def recall(ranking: Ranking, judgements: Judgements, depth: int = 100) -> float:
    """Share of the relevant records among the first `depth`."""
    wanted = _relevant(judgements)
    return len(wanted.intersection(ranking[:depth])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranking: Ranking, judgements: Judgements) -> float:
    """1 / place of the first relevant record, 0.0 without one."""
    wanted = _relevant(judgements)
    return next((1 / place for place, record_id in enumerate(ranking, start=1) if record_id in wanted), 0.0)


MEASURES: Mapping[str, Callable[[Ranking, Judgements], float]] = {
    "nDCG@10": ndcg,
    "MAP": average_precision,
    "R@100": recall,
    "MRR": reciprocal_rank,
}


def _relevant(judgements: Judgements) -> set[str]:
    return {record_id for record_id, gain in judgements.items() if gain > 0}


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))
