"""What the order by meaning costs: making vectors, and one question at the size of a large catalogue.

    PYTHONPATH=src python -m bench.semantic --records 1000000

Vectors of invented records are random, since looking them up costs the same whatever they hold. Times are in
milliseconds of CPU and of wall time; the engine's own share, reading 200 documents in place of a page, is in
`bench/latency.py` when the setting is on.
"""

import argparse
import hashlib
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import quantiles

from bookwheel.semantic.encoder import load
from bookwheel.semantic.files import VECTORS, WIDTH
from bookwheel.semantic.meaning import DEPTH
from bookwheel.semantic.rerank import fused
from bookwheel.semantic.vectors import Row, Vectors

_TEXT = (
    "Effect of lenalidomide on chronic lymphocytic leukaemia in elderly patients. We report the outcome of {} patients "
    "who were treated with lenalidomide and rituximab for relapsed disease between two visits, and compare adverse "
    "events, overall survival and quality of life with those of patients who had chemotherapy alone in the same years."
)
_QUESTIONS = ("heart attack of old people", "soil", "what is the influence of teaching methods on arithmetic in school")
_ROUNDS = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        model = load(folder, make=True)
        print(f"model made and opened in {time.perf_counter() - started:.1f} s")
        _print_rate(model.encode)
        ids = [hashlib.sha256(str(number).encode()).hexdigest()[:41] for number in range(given.records)]
        with closing(Vectors(folder / VECTORS)) as vectors:
            _fill(vectors, ids)
            print(f"{given.records:,} vectors: {vectors.size() / given.records:.0f} bytes each on disk")
            _print_question(vectors, ids, model.nearness)


def _print_rate(encode: Callable[[list[str]], list[bytes]]) -> None:
    texts = [_TEXT.format(number) for number in range(500)]
    started = time.process_time()
    encode(texts)
    print(f"{len(texts) / (time.process_time() - started):.0f} texts of 64 pieces a second of CPU")


def _fill(vectors: Vectors, ids: list[str]) -> None:
    chosen = random.Random(1)
    noise = chosen.randbytes(1_000_000)
    vectors.begin("noise")
    for begin in range(0, len(ids), 5_000):
        places = (chosen.randrange(len(noise) - WIDTH) for _ in range(5_000))
        rows = zip(ids[begin : begin + 5_000], places, strict=False)
        made = [Row(record, b"8 bytes.", noise[place : place + WIDTH]) for record, place in rows]
        vectors.save(made, [], begin)


def _print_question(vectors: Vectors, ids: list[str], nearness: Callable[[str, list[bytes]], list[float]]) -> None:
    chosen = random.Random(2)
    cpu, wall = [], []
    for number in range(_ROUNDS):
        hits = chosen.sample(ids, DEPTH)
        scores = sorted((chosen.random() for _ in hits), reverse=True)
        started = time.process_time(), time.perf_counter()
        found = vectors.vectors(hits)
        near = nearness(_QUESTIONS[number % len(_QUESTIONS)], list(found.values()))
        fused(scores, near)
        cpu.append(1e3 * (time.process_time() - started[0]))
        wall.append(1e3 * (time.perf_counter() - started[1]))
    for name, times in (("CPU", cpu), ("wall", wall)):
        cuts = quantiles(times, n=20)
        print(f"one question over {DEPTH} hits, ms of {name}: p50 {cuts[9]:.1f}, p95 {cuts[18]:.1f}")


if __name__ == "__main__":
    main()
