"""How long readers wait: searches inside the process, and whole pages over HTTP, on a filled catalogue.

    python -m bench.pipeline --records 1000000 --catalogue /tmp/catalogue
    python -m bench.latency --records 1000000 --catalogue /tmp/catalogue

Each query is asked once, with words of the invented records drawn by a fixed seed, so no answer comes from a cache that
an earlier query of the same run filled; the engine's files are in the page cache. Times are milliseconds.
The baseline of the ratios is one word without facets, best twenty hits, in the same run.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import httpx2

from bookwheel.cli.serve import free_port
from bookwheel.demo.generate import record
from bookwheel.library import Library
from bookwheel.search.engine import TITLES, Stretch
from bookwheel.search.fields import DEFAULT_FACETS
from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.url import from_url

FACETS = tuple(FacetRequest(field) for field in DEFAULT_FACETS)
_WORD = re.compile(r"[^\W\d_]{4,}")


def texts(count: int, queries: int, words: int, seed: int) -> list[str]:
    """Query texts: so many neighbouring words of the abstract or title of invented records drawn by the seed."""
    draw = random.Random(seed)
    found: list[str] = []
    while len(found) < queries:
        sample = record(draw.randrange(count))
        said = _WORD.findall(draw.choice((sample.title, sample.abstract)))
        if len(said) > words:
            start = draw.randrange(len(said) - words)
            found.append(" ".join(said[start : start + words]))
    return found


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    return times


def report(name: str, times: list[float], baseline: float) -> None:
    ordered = sorted(times)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.50, 0.95, 0.99))
    print(f"  {name:44} {p50:8.1f} {p95:8.1f} {p99:8.1f} {p50 / baseline:9.1f}")


def parsed(text: str, **parameters: str) -> Query:
    return from_url([("lookfor", text), *parameters.items()], facets=())


def inside(library: Library, count: int, queries: int) -> float:
    """Searches in this process; gives the baseline's median."""

    def search(**change: object) -> Callable[[str], object]:
        return lambda text: library.search(replace(parsed(text), **change))  # type: ignore[arg-type]

    base = timed(search(), texts(count, queries, 1, 1))
    baseline = sorted(base)[len(base) // 2]
    report("one word", base, baseline)
    report("three words", timed(search(), texts(count, queries, 3, 2)), baseline)
    report("phrase of three words", timed(search(), [f'"{t}"' for t in texts(count, queries, 3, 3)]), baseline)
    report("two words, all default facets", timed(search(facets=FACETS), texts(count, queries, 2, 4)), baseline)
    report("one word, all default facets", timed(search(facets=FACETS), texts(count, queries, 1, 5)), baseline)
    report("one word, newest first", timed(search(sort="newest"), texts(count, queries, 1, 6)), baseline)
    report("one word, by title", timed(search(sort="title"), texts(count, queries, 1, 7)), baseline)
    report("everything, all default facets", timed(search(facets=FACETS), [""] * 20), baseline)
    numbers = random.Random(8).sample(range(count), min(count, queries))
    ids = [f"doaj-art-{record(number).identifier.rpartition(':')[2]}" for number in numbers]
    report("record by id", timed(library.record, ids), baseline)
    report("similar records", timed(library.similar, ids[:100]), baseline)
    return baseline


LISTS = {"Title": TITLES, "Author": "author_facet", "Subject": "topic_facet", "JournalTitle": "container_title_str"}
"""Search type -> the field its suggestions come from."""

SOURCES = {"author": "author_facet", "title": TITLES, "topic": "topic_facet", "journal": "container_title_str"}
"""Lists that can be browsed, and their fields."""


def listed(library: Library, field: str, count: int, seed: int) -> list[str]:
    """Values of a field, from places of its alphabetical list drawn by the seed."""
    draw = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        start = "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=2))
        values = library.engine.browse(field, Stretch(start, 20)) or library.engine.browse(field, Stretch(size=20))
        found.append(draw.choice(values).value)
    return found


def beginnings(values: Sequence[str], seed: int) -> list[str]:
    """The first three to eight letters of a word of each value, as somebody types them."""
    draw = random.Random(seed)
    return [draw.choice(_WORD.findall(value) or [value])[: draw.randrange(3, 9)] for value in values]


def lists_over_http(address: str, library: Library, queries: int, baseline: float) -> None:
    """Suggestions while typing, alphabetical lists, and lists of facet values."""
    with httpx2.Client(base_url=address, timeout=60) as client:

        def page(path: str, **parameters: str) -> Callable[[str], object]:
            name, *rest = parameters
            fixed = {key: parameters[key] for key in rest}

            def ask(value: str) -> None:
                client.get(path, params={parameters[name]: value, **fixed}).raise_for_status()

            return ask

        for kind, field in LISTS.items():
            typed = beginnings(listed(library, field, queries, 21), 22)
            report(f"suggestions, {kind}", timed(page("/suggest", name="q", type=kind), typed), baseline)
        typed = beginnings(listed(library, "author_facet", queries, 23) + listed(library, TITLES, queries, 24), 25)
        report("suggestions, all fields", timed(page("/suggest", name="q", type="AllFields"), typed), baseline)
        for name, field in SOURCES.items():
            starts = [value[:4] for value in listed(library, field, queries // 2, 26)]
            report(f"browse, {name}", timed(page("/Alphabrowse/Home", name="from", source=name), starts), baseline)
        words = [word.lower() for value in listed(library, TITLES, queries // 4, 27) for word in _WORD.findall(value)]
        for order in ("count", "index"):
            ask = page("/Search/FacetList", name="lookfor", facet="author_facet", facetsort=order)
            report(f"authors of a search, by {order}", timed(ask, words[: queries // 2]), baseline)


def over_http(address: str, count: int, queries: int, baseline: float, ids: Sequence[str]) -> None:
    """Whole pages, one reader at a time."""
    with httpx2.Client(base_url=address, timeout=60) as client:

        def page(path: str) -> None:
            client.get(path).raise_for_status()

        def results(text: str) -> None:
            page(f"/Search/Results?{urlencode({'lookfor': text, 'type': 'AllFields'})}")

        results("warm")
        report("result page, two words", timed(results, texts(count, queries, 2, 11)), baseline)
        report("result page, one word", timed(results, texts(count, queries, 1, 12)), baseline)
        report("record page", timed(lambda id_: page(f"/Record/{id_}"), ids), baseline)
        report("similar records", timed(lambda id_: page(f"/Record/{id_}/Similar"), ids[:100]), baseline)


@contextmanager
def serving(catalogue: Path) -> Iterator[tuple[str, int]]:
    """The server on a free port; gives its address and process group's number."""
    port = free_port("127.0.0.1", 0)
    command = [sys.executable, "-m", "bookwheel", "serve", "--catalogue", str(catalogue), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    httpx2.get(f"{address}/health")
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield address, server.pid
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def memory_mb(group: int) -> tuple[float, float]:
    """Resident and anonymous memory of a process group, in MB; files mapped from the index count to the first alone."""
    resident = anonymous = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) != group:
                continue
            status = (folder / "status").read_text()
        except (OSError, ProcessLookupError):
            continue
        resident += int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
        anonymous += int(re.search(r"RssAnon:\s+(\d+)", status)[1])  # type: ignore[index]
    return resident / 1000, anonymous / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, required=True, help="how many the catalogue was filled with")
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--queries", type=int, default=200, help="of each class")
    arguments = parser.parse_args()
    print(f"{arguments.records:,} invented records, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores")
    print(f"  {'milliseconds':44} {'p50':>8} {'p95':>8} {'p99':>8} {'/ base':>9}")
    with Library.open(arguments.catalogue) as library:
        baseline = inside(library, arguments.records, arguments.queries)
    numbers = random.Random(9).sample(range(arguments.records), min(arguments.records, arguments.queries))
    samples = [record(number) for number in numbers]
    ids = [f"doaj-art-{s.identifier.rpartition(':')[2]}" for s in samples if not s.deleted]
    with serving(arguments.catalogue) as (address, group):
        over_http(address, arguments.records, arguments.queries, baseline, ids)
        resident, anonymous = memory_mb(group)
    print(f"  {'memory of the server, MB (resident, anonymous)':44} {resident:8.0f} {anonymous:8.0f}")


if __name__ == "__main__":
    main()
