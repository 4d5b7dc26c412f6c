"""How long the searches take that cost the engine most, as anybody may type them, on a filled catalogue.

    python -m bench.pipeline --records 1000000 --catalogue /tmp/catalogue
    python -m bench.worst --records 1000000 --catalogue /tmp/catalogue

Each class is asked twice, since the first may have to read files and lists of words; the longer time counts. Words are
the most frequent ones of a sample of the records, so nothing else of the same form finds more. The baseline of the
ratios is one plain word in the same run. What is asked too much of is refused or loses its facets: the last column says
so. Exits with 1 when a search took longer than the catalogue's deadline.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from bookwheel.demo.generate import record
from bookwheel.errors import TooBroadError
from bookwheel.library import Library
from bookwheel.search.analysis import folded_words
from bookwheel.search.fields import DEFAULT_FACETS
from bookwheel.search.limits import MAX_CHARACTERS
from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.url import from_url

FACETS = tuple(FacetRequest(field, 100) for field in DEFAULT_FACETS)
Parameters = list[tuple[str, str]]


def frequent_words(records: int, sample: int = 1_000) -> list[str]:
    """Words by the number of records of a sample that have them."""
    chance = random.Random(3)
    counts: Counter[str] = Counter()
    for _ in range(sample):
        drawn = record(chance.randrange(records))
        counts.update(set(folded_words(f"{drawn.title} {drawn.abstract}")))
    return [word for word, _ in counts.most_common() if word not in ("and", "or", "not")]


def classes(words: Sequence[str]) -> dict[str, Parameters]:
    """Name of a class -> the parameters of its result page."""
    long = [word for word in words if len(word) > 4 and word.isascii()]
    pairs = list(pairwise(words))

    def strategy(terms: Sequence[str]) -> str:
        return "\n".join(f"{number}. {term}" for number, term in enumerate([*terms, f"or/1-{len(terms)}"], 1))

    def box(text: str, **more: str) -> Parameters:
        return [("lookfor", text), *more.items()]

    def ovid(text: str, **more: str) -> Parameters:
        return [("lookfor", text), ("syntax", "ovid"), *more.items()]

    filters = [("filter[]", f'-language:"L{number}"') for number in range(32)]
    return {
        "everything": box(""),
        "the most frequent word": box(words[0]),
        "many words, all": box(_cut(words, " ")),
        "many words, any": box(_cut(words, " OR ")),
        "many words, none": box(_cut(words, " ", "-")),
        "200 words, any": ovid("\n".join(_lines(words[:200]))),
        "350 words, any": ovid("\n".join(_lines(words[:350]))),
        "infix wildcard": box(f"{long[0][0]}*{long[0][2:4]}*"),
        "wildcard of stars": box("a*e*i*"),
        "question marks": box("???"),
        "many infix wildcards": box(_cut([f"{word[0]}*{word[2:4]}*" for word in long], " OR ")),
        "many prefixes": box(_cut([f"{word[:3]}*" for word in long], " OR ")),
        "150 infix wildcards": ovid(strategy([f"?{word[1:5]}*.tw." for word in long[:150]])),
        "fuzzy short word": box("case~2"),
        "many fuzzy words": box(_cut([f"{word[:6]}~2" for word in long], " OR ")),
        "phrase of frequent words": box(f'"{words[0]} {words[1]}"'),
        "loose phrase": box(f'"{" ".join(words[:6])}"~100'),
        "long phrase": box(f'"{" ".join(words[:60])}"'),
        "many phrases": box(_cut([f'"{a} {b}"' for a, b in pairs], " OR ")),
        "words near one another": ovid(f"({words[0]} adj99 {words[1]}).tw."),
        "five words near one another": ovid(f"({' adj3 '.join(words[:5])}).tw."),
        "patterns near one another": ovid(f"({long[0][:3]}* adj5 {long[1][:3]}*).tw."),
        "many near one another": ovid(strategy([f"({a} adj5 {b}).tw." for a, b in pairs[:60]])),
        "years": box("publishDate:[1900 TO 2030]"),
        "many filters": [*box(words[0]), *filters],
        "a filter's alternatives": [*box(words[0]), *(("filter[]", f'~format:"{x}"') for x in ("Article", "Book"))],
        "last page": box(words[0], page="100", limit="100"),
        "last page by title": box(words[0], page="100", limit="100", sort="title"),
        "last page by year": box(words[0], page="100", limit="100", sort="newest"),
        "200 words, any, by title": ovid("\n".join(_lines(words[:200])), sort="title"),
        "question in plain words": box(_cut(long, " ")),
        "another question in plain words": box(" ".join(["unheardof", *long[:50]])[:MAX_CHARACTERS]),
    }


def _cut(terms: Sequence[str], between: str, before: str = "") -> str:
    """As many of the terms as the box takes."""
    text = ""
    for term in terms:
        longer = f"{text}{between if text else ''}{before}{term}"
        if len(longer) > MAX_CHARACTERS:
            break
        text = longer
    return text


def _lines(words: Sequence[str], each: int = 25) -> list[str]:
    """A strategy in lines of words joined by "or", the last line joining them all."""
    lines = [" or ".join(words[start : start + each]) for start in range(0, len(words), each)]
    return [
        *(f"{number}. ({line}).tw." for number, line in enumerate(lines, 1)),
        f"{len(lines) + 1}. or/1-{len(lines)}",
    ]


def timed(library: Library, query: Query) -> tuple[float, str]:
    """Seconds of a search with all facets, and how it ended."""
    started = time.perf_counter()
    try:
        result = library.search(query)
    except TooBroadError:
        return time.perf_counter() - started, "refused"
    seconds = time.perf_counter() - started
    facets = "" if len(result.facets) == len(query.facets) else ", without facets"
    return seconds, f"{result.total:,}{facets}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, required=True, help="how many the catalogue was filled with")
    parser.add_argument("--catalogue", type=Path, required=True)
    arguments = parser.parse_args()
    worst = 0.0
    with Library.open(arguments.catalogue) as library:
        limit = library.config.search_deadline_seconds
        print(f"{library.count():,} invented records, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores,", end=" ")
        print(f"one search at a time, deadline {limit:g} s")
        words = frequent_words(arguments.records)
        plain = from_url([("lookfor", words[20])], facets=())
        timed(library, plain)
        baseline = min(timed(library, plain)[0] for _ in range(5))
        print(f"  {'milliseconds':34} {'first':>8} {'again':>8} {'/ base':>8}  found")
        print(f"  {'one word, no facets: the base':34} {'':8} {baseline * 1000:8.1f} {1:8.1f}")
        for name, parameters in classes(words).items():
            query = from_url(parameters, facets=FACETS)
            first, _ = timed(library, query)
            again, outcome = timed(library, query)
            worst = max(worst, first, again)
            print(f"  {name:34} {first * 1000:8.0f} {again * 1000:8.0f} {again / baseline:8.1f}  {outcome}", flush=True)
    print(f"  {'the worst of all':34} {worst * 1000:8.0f}")
    return int(worst > limit)


if __name__ == "__main__":
    sys.exit(main())
