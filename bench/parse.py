"""How long parsing takes, over a million made-up strings: p50 and p99 of each syntax, against `str.split` and `json`.

    python bench/parse.py [--count 1000000] [--seed 1]

Times are of the processor, so that a busy machine counts less. The strings are random mixtures of words, signs and
operators of all syntaxes, mutilated strategies, characters of any script, and runs of one sign, up to the caps; each is
parsed in one syntax, chosen in turn, or in that which is detected. Any exception ends the run. The ratio is that of the
middle times, to `json.loads` of the words of the same texts.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Iterator
from random import Random

from bookwheel.search.parse import parse
from bookwheel.search.syntaxes import SYNTAXES

_WORDS = (
    "leukemia",
    "cell*",
    "T-cell",
    "wom?n",
    "naïve",
    "лечение",
    "北京",
    "p53",
    "10.1155/2012/393864",
    "the",
    "of",
    "2012",
)
_SIGNS = (
    *'()[]"*?$#/.:^~+-&|<>=\\{}\n', " AND ", " OR ", " NOT ", " and ", " or ", " not ", " adj3 ", ".ti,ab.",
    ".mp.", "[tiab]", "[mh:noexp]", "[dp]", "[tiab:~3]", "#1", "or/1-3", "exp ", " prox/distance<3 ", "dc.title = ",
    "limit 1 to ", "title:", "year:[2010 TO 2012]", "2010:2012", "“", "”", "—", "NEAR/3 ",
)  # fmt: skip
_STRATEGIES = (
    "(lung cancer[tiab] OR \"Lung Neoplasms\"[Mesh]) AND (smok*[tw] OR tobacco[ti]) AND 2010:2015[dp] NOT child[mh]",
    "exp Macular Edema/\n(macula$ adj3 (oedema or edema)).tw.\nCME.ti,ab.\nor/1-3\nlimit 4 to english language",
    "dc.title = \"lung cancer\" and (dc.creator any \"a b\" or dc.date > 2010) not dc.subject = mouse",
    "(title:leukemia OR \"chronic lymphocytic\"~3) AND year:[2010 TO *] NOT author:reda wom?n colour~1",
)  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    names = (*SYNTAXES, "")
    times: dict[str, list[int]] = {name: [] for name in names}
    splits: list[int] = []
    loads: list[int] = []
    slowest = (0, "", "")
    for number, text in enumerate(_texts(Random(given.seed), given.count)):
        name = names[number % len(names)]
        started = time.thread_time_ns()
        parse(text, syntax=name)
        taken = time.thread_time_ns() - started
        times[name].append(taken)
        slowest = max(slowest, (taken, name, text))
        if number % 20 == 0:
            splits.append(_timed_split(text))
            loads.append(_timed_json(text))
    _print(times, splits, loads, slowest, given.count)


def _texts(random: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        kind = random.random()
        if kind < 0.5:
            yield "".join(_piece(random) for _ in range(random.randint(1, 40)))
        elif kind < 0.9:
            yield _mutilated(random, random.choice(_STRATEGIES))
        elif kind < 0.99:
            yield "".join(chr(random.randrange(0x20, 0x3000)) for _ in range(random.randint(0, 200)))
        else:
            yield (random.choice(_SIGNS) + random.choice(("", " ", "a"))) * random.randint(1, 500)


def _piece(random: Random) -> str:
    return random.choice(_SIGNS) if random.random() < 0.5 else f" {random.choice(_WORDS)}"


def _mutilated(random: Random, text: str) -> str:
    for _ in range(random.randint(0, 6)):
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice((_piece(random), "")) + text[place + random.randint(0, 5) :]
    return text


def _timed_split(text: str) -> int:
    started = time.thread_time_ns()
    text.split()
    return time.thread_time_ns() - started


def _timed_json(text: str) -> int:
    encoded = json.dumps(text.split())
    started = time.thread_time_ns()
    json.loads(encoded)
    return time.thread_time_ns() - started


def _print(
    times: dict[str, list[int]], splits: list[int], loads: list[int], slowest: tuple[int, str, str], count: int
) -> None:
    baseline = sorted(loads)[len(loads) // 2]
    sys.stdout.write(f"{count} strings, Python {platform.python_version()}, {platform.machine()}, one thread\n")
    sys.stdout.write(f"{'':10} {'p50 µs':>9} {'p99 µs':>9} {'max µs':>9} {'x json':>7}\n")
    rows = {**{name or "(detected)": each for name, each in times.items()}, "str.split": splits, "json.loads": loads}
    for name, taken in rows.items():
        taken.sort()
        middle, most = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        ratio = middle / baseline
        sys.stdout.write(f"{name:10} {middle / 1e3:9.1f} {most / 1e3:9.1f} {taken[-1] / 1e3:9.1f} {ratio:7.1f}\n")
    sys.stdout.write(f"slowest: {slowest[0] / 1e6:.1f} ms, {slowest[1] or 'detected'}: {slowest[2][:80]!r}\n")


if __name__ == "__main__":
    main()
