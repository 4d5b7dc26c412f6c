"""How many citations a second in each built-in style, against writing the same items as CSL-JSON.

    PYTHONPATH=src:. python -m bench.citations [--items 47] [--rounds 3]

The items are those of the style matrix (`tests/exports/citing/items.json`): articles, books, chapters, datasets …, with
one to twenty-five authors. A citation is made whole: the entry and its form in the text, each as text and as HTML.
Times are of the processor, so that a busy machine counts less; the first citation of a style, which compiles it, apart.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from bookwheel.exports.citing.output import to_html, to_text
from bookwheel.exports.citing.style import Style
from bookwheel.exports.shelf import STYLES, load

ITEMS = Path(__file__).resolve().parent.parent / "tests" / "exports" / "citing" / "items.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=47)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    items: list[dict[str, Any]] = json.loads(ITEMS.read_text(encoding="utf-8"))[: given.items]
    print(f"{platform.python_implementation()} {platform.python_version()}, {len(items)} items, {given.rounds} rounds")
    encoder = msgspec.json.Encoder()
    baseline = _seconds(lambda: [encoder.encode(item) for item in items], given.rounds * 20) / len(items)
    print(f"{'CSL-JSON (baseline)':32} {1 / baseline:10.0f}/s {baseline * 1e6:8.1f} µs     1 ×")
    for name, listed in STYLES.items():
        began = time.process_time()
        style = load(listed)
        _cite(style, items[:1], listed.language)
        first = time.process_time() - began
        each = _seconds(lambda s=style, tag=listed.language: _cite(s, items, tag), given.rounds) / len(items)  # type: ignore[misc]
        print(
            f"{name:32} {1 / each:10.0f}/s {each * 1e6:8.0f} µs {each / baseline:5.0f} ×   first {first * 1e3:.0f} ms"
        )


def _cite(style: Style, items: list[dict[str, Any]], language: str) -> None:
    for item in items:
        for runs in (style.entry(item, language=language).body, style.citation(item, language=language)):
            to_text(runs)
            to_html(runs)


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """The shortest of the rounds: what disturbs only makes longer."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    main()
