"""Runs the official examples of the Citation Style Language through our interpreter and counts.

    git clone https://github.com/citation-style-language/test-suite
    PYTHONPATH=src:. python -m tools.citations.suite test-suite/processor-tests/humans [NAME...]

Only examples of one entry at a time are counted: what ties citations to each other (positions, disambiguation,
collapsing, locators) Bookwheel does not do. With names, or their beginnings, the differences are shown.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.citations.__main__ import comparable

from bookwheel.exports.citing.output import to_html
from bookwheel.exports.citing.style import Style
from bookwheel.exports.shelf import locale_file

_SECTION = re.compile(r">>=+ ([A-Z-]+) =+>>\n(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
_ELSEWHERE = ("CITATIONS", "BIBSECTION", "ABBREVIATIONS")
_BETWEEN_CITATIONS = ("bibheader", "collapse", "disambiguate", "display", "integration", "magic", "position")
_NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"


def main(arguments: Sequence[str]) -> None:
    counted = alike = 0
    for path in sorted(Path(arguments[0]).glob("*.txt")):
        if len(arguments) > 1 and not path.stem.startswith(tuple(arguments[1:])):
            continue
        example = dict(_SECTION.findall(path.read_text(encoding="utf-8")))
        if path.stem.startswith(_BETWEEN_CITATIONS) or any(section in example for section in _ELSEWHERE):
            continue
        lines = _lines(example)
        if lines is None:
            continue
        wanted, made = _plain(example["RESULT"]), _plain(" ".join(lines))
        counted += 1
        alike += made == wanted
        if made != wanted and len(arguments) > 1:
            print(f"{path.stem}\n  wanted: {wanted}\n  made:   {made}")
    print(f"{alike} of {counted} alike")


def _lines(example: Mapping[str, str]) -> list[str] | None:
    """The entries or citations of an example; None for one that is not of single entries."""
    items: list[dict[str, Any]] = json.loads(example["INPUT"])
    style = Style(example["CSL"].strip().encode(), locale_file)
    if example["MODE"].strip() == "bibliography":
        ordered = sorted(items, key=style.sort_key)
        entries = [style.entry(item, number=number) for number, item in enumerate(ordered, 1)]
        return [f"{to_html(entry.label, links=False)} {to_html(entry.body, links=False)}" for entry in entries]
    groups = json.loads(example.get("CITATION-ITEMS", "[]")) or [[{"id": item.get("id")}] for item in items]
    if any(len(group) != 1 or set(group[0]) - {"id"} for group in groups):
        return None
    if "CITATION-ITEMS" not in example and len(items) != 1:
        return None
    by_id = {str(item.get("id")): item for item in items}
    return [to_html(style.citation(by_id[str(group[0]["id"])]), links=False) for group in groups]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"</?div[^>]*>", " ", comparable(text.replace(_NOTHING, ""))).split())


if __name__ == "__main__":
    main(sys.argv[1:])
