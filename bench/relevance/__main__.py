"""How well results are ranked, on judged collections, beside plain BM25 in the same run.

    PYTHONPATH=src python -m bench.relevance --data ../data
    PYTHONPATH=src python -m bench.relevance --data ../data --only ir-cacm --queries
    PYTHONPATH=src python -m bench.relevance --data ../data --only pmc-pico --http http://127.0.0.1:8000

A collection is imported into a catalogue of its own (kept under `--folder` for the next run) and asked as the result
page asks: `url.from_url`, then `Library.search`; with `--http` by the JSON API of a server that runs on that catalogue.
"""

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from bench.relevance.baselines import EngineBm25, ReferenceBm25
from bench.relevance.catalogue import Asked, HttpAsked, LibraryAsked, documents, fill
from bench.relevance.collections import COLLECTIONS, Collection, load
from bench.relevance.measures import MEASURES, ndcg, reciprocal_rank

from bookwheel.library import Library

_DEPTH = 1_000
_DEPTH_OF_KNOWN_ITEMS = 100
"""Records looked at: an answer further down is as good as none."""

_PAGE = 20
_TIE = 0.001
"""Differences below are neither win nor loss."""


class Run(NamedTuple):
    """`rankings` in the order of the questions; `rate` is questions a second, one after the other, 20 hits each."""

    name: str
    rankings: list[list[str]]
    rate: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the collections' folders")
    parser.add_argument("--only", nargs="+", choices=COLLECTIONS, default=COLLECTIONS, metavar="NAME")
    parser.add_argument("--folder", type=Path, help="where the catalogues are kept; default: a temporary folder")
    parser.add_argument("--http", default="", help="address of a server on the catalogue of the one collection asked")
    parser.add_argument("--queries", action="store_true", help="print every question that won or lost")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in given.only:
            report(load(name, given.data), folder / name, http=given.http, queries=given.queries)


def report(collection: Collection, folder: Path, *, http: str = "", queries: bool = False) -> None:
    """Measure one collection and print its table."""
    fill(folder, collection)
    with Library.open(folder) as library:
        found = list(documents(library, collection.articles))
        asked: dict[str, Asked] = {
            "Bookwheel": HttpAsked(http) if http else LibraryAsked(library),
            "BM25, engine": EngineBm25(found),
            "BM25, formula": ReferenceBm25(found),
        }
        runs = [run(name, each, collection) for name, each in asked.items()]
    print(f"\n{collection.name}: {len(found)} records, {len(collection.questions)} questions")
    print(f"{'':16}" + "".join(f"{name:>9}" for name in (*MEASURES, "q/s")))
    for each in runs:
        print(f"{each.name:16}" + "".join(f"{value:9.4f}" for value in scores(each, collection)) + f"{each.rate:9.0f}")
    _print_wins(runs[0], runs[1], collection, queries)


def run(name: str, asked: Asked, collection: Collection) -> Run:
    questions = collection.questions
    depth = _DEPTH_OF_KNOWN_ITEMS if collection.is_known_item else _DEPTH
    rankings = [asked.rank(question.text, depth) for question in questions]
    started = time.perf_counter()
    for question in questions:
        asked.rank(question.text, _PAGE)
    return Run(name, rankings, len(questions) / (time.perf_counter() - started))


def scores(run: Run, collection: Collection) -> list[float]:
    """The means of `MEASURES` over the questions."""
    pairs = list(zip(run.rankings, collection.questions, strict=True))
    return [mean(measure(ranking, question.judgements) for ranking, question in pairs) for measure in MEASURES.values()]


def _print_wins(ours: Run, baseline: Run, collection: Collection, queries: bool) -> None:
    measure = reciprocal_rank if collection.is_known_item else ndcg
    gains = [
        (measure(own, question.judgements) - measure(other, question.judgements), question)
        for own, other, question in zip(ours.rankings, baseline.rankings, collection.questions, strict=True)
    ]
    won, lost = (sum(sign * gain > _TIE for gain, _ in gains) for sign in (1, -1))
    name = "MRR" if collection.is_known_item else "nDCG@10"
    print(f"against BM25, {name} a question: {won} better, {lost} worse, {len(gains) - won - lost} the same")
    for gain, question in sorted(gains, key=lambda pair: pair[0]) if queries else ():
        if abs(gain) > _TIE:
            print(f"  {gain:+.3f}  {question.id}: {question.text[:100]!r}")


if __name__ == "__main__":
    main()
