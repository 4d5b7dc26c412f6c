"""How fast records leave, and in how much memory: records a second of every export format, one process each.

    python -m bench.exports [--records 100000] [--catalogue DIR]

Records are the invented ones of `bookwheel.demo`, read from their payloads before the clock starts. The growth of
memory is that from a tenth of the records to all of them: a writer that holds what it has written shows here. The
baseline of the same run is `jsonl`, a record encoded as it is. With a catalogue, everything in it is also exported
end to end, from the index and the store.
"""

import argparse
import itertools
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bookwheel.demo import oai_doaj
from bookwheel.demo.generate import record
from bookwheel.exports import EXPORTS, Item
from bookwheel.formats import FORMATS
from bookwheel.library import Library
from bookwheel.search.url import from_url
from bookwheel.sources.response import read_response

DIFFERENT = 1_000
"""Records that differ; the rest are these again under other ids."""

CITED = 10
"""A bibliography is made of one in so many records: each is a citation worked out by the rules of a style."""


class Measured(NamedTuple):
    rate: float
    megabytes: float
    growth: float
    """Peak memory at the end beyond that at a tenth of the way, in MB."""


def items(count: int) -> Iterator[Item]:
    page = oai_doaj.page(map(record, range(DIFFERENT)), "http://bench")
    raws = read_response(page, "bench", "oai_doaj", "").records
    known = [found for raw in raws if (found := FORMATS["oai_doaj"].read(raw).record)]
    for number, one in enumerate(itertools.islice(itertools.cycle(known), count)):
        yield Item(f"bench-{number}", replace(one, id=f"bench-{number}"), f"https://search.example.org/Record/{number}")


def measured(name: str, count: int) -> Measured:
    taken, early, started = 0, 0, 0.0

    def watched() -> Iterator[Item]:
        nonlocal early, started
        for number, item in enumerate(items(count)):
            if number == 0:
                started = time.perf_counter()
            if number == count // 10:
                early = _peak()
            yield item

    for piece in EXPORTS[name].write(watched()):
        taken += len(piece)
    rate = count / (time.perf_counter() - started)
    return Measured(rate, taken / 1e6, (_peak() - early) / 1000)


def end_to_end(folder: Path, name: str) -> Measured:
    """Everything in a catalogue, in the order of its ids."""
    with Library.open(folder) as library:
        count, taken, early = library.count(), 0, 0
        started = time.perf_counter()
        for number, piece in enumerate(library.export(from_url([]), name)):
            taken += len(piece)
            if number == count // 10:
                early = _peak()
        rate = count / (time.perf_counter() - started)
        return Measured(rate, taken / 1e6, (_peak() - early) / 1000)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--catalogue", type=Path, help="folder of a catalogue to export whole")
    parser.add_argument("--formats", nargs="*", default=list(EXPORTS), choices=list(EXPORTS))
    arguments = parser.parse_args()
    print(f"{arguments.records:,} invented records, {datetime.now(UTC):%Y-%m-%d}")
    print(f"{'format':10} {'records':>9} {'records/s':>10} {'of jsonl':>9} {'MB':>8} {'growth, MB':>11}")
    baseline = 0.0
    for name in ["jsonl", *(name for name in arguments.formats if name != "jsonl")]:
        count = arguments.records // (CITED if EXPORTS[name].is_bibliography else 1)
        found = _apart(measured, name, count)
        baseline = baseline or found.rate
        _print(name, count, found, baseline)
    if arguments.catalogue:
        for name in ("jsonl", "ris"):
            _print(f"{name}, all", 0, _apart(end_to_end, arguments.catalogue, name), baseline)


def _apart(function: Callable[..., Measured], *arguments: object) -> Measured:
    """Called in a process of its own, whose memory is its alone."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found: Measured = pool.apply(function, arguments)
        return found


def _print(name: str, count: int, found: Measured, baseline: float) -> None:
    ratio = found.rate / baseline
    print(
        f"{name:10} {count:9,} {found.rate:10,.0f} {ratio:9.2f} {found.megabytes:8,.0f} {found.growth:11.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
