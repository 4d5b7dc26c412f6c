"""Compares our citations with two other processors, on every item of the matrix in every built-in style.

    npm install --prefix FOLDER citeproc          # citeproc-js, the oracle
    apt-get install pandoc                        # a second opinion, where it is installed
    PYTHONPATH=src:. python -m tools.citations FOLDER/node_modules/citeproc

Writes the oracle's entries to `tests/exports/citing/expected.json`, where the tests compare ours with them, and prints
what differs. Neither processor is part of Bookwheel, nor needed by its tests.
"""

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from bookwheel.exports.citing.output import to_html
from bookwheel.exports.shelf import STYLES, load

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "tests" / "exports" / "citing"
BUNDLED = files("bookwheel.exports") / "styles"
LANGUAGES = ("en-US", "en-GB")

_BETWEEN_ENTRIES = re.compile(r'\s(?:disambiguate-[a-z-]+|subsequent-[a-z-]+|collapse)="[^"]*"')
_SAME = {"<em>": "<i>", "</em>": "</i>", "<strong>": "<b>", "</strong>": "</b>"}
_DEEPEST = 3
"""Spans within spans that pandoc makes."""

Entries = Mapping[str, Mapping[str, str]]
"""Style, then item: the entry."""


def main(arguments: Sequence[str]) -> None:
    items: list[dict[str, Any]] = json.loads((FOLDER / "items.json").read_text(encoding="utf-8"))
    expected = citeproc_js(Path(arguments[0]), items)
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / "expected.json").write_text(f"{text}\n", encoding="utf-8")
    report("citeproc-js", ours(items), expected)
    if shutil.which("pandoc"):
        report("pandoc", ours(items), pandoc(items))


def ours(items: Sequence[dict[str, Any]]) -> Entries:
    made = {}
    for name, listed in STYLES.items():
        style = load(listed)
        entries = {item["id"]: to_html(style.entry(item, language=listed.language).body, links=False) for item in items}
        made[name] = {identifier: comparable(entry) for identifier, entry in entries.items()}
    return made


def citeproc_js(package: Path, items: Sequence[dict[str, Any]]) -> Entries:
    locales = {tag: (BUNDLED / "locales" / f"locales-{tag}.xml").read_text(encoding="utf-8") for tag in LANGUAGES}
    jobs = [
        {"style": _source(str(listed.file)), "language": listed.language, "items": items} for listed in STYLES.values()
    ]
    asked = json.dumps({"locales": locales, "jobs": jobs})
    command = ["node", str(HERE / "citeproc.js"), str(package.resolve())]
    answered = json.loads(subprocess.run(command, input=asked, text=True, capture_output=True, check=True).stdout)
    return {
        name: {item["id"]: comparable(entry) for item, entry in zip(items, entries, strict=True)}
        for name, entries in zip(STYLES, answered, strict=True)
    }


def pandoc(items: Sequence[dict[str, Any]]) -> Entries:
    """One document for each style. What ties entries of one list together is taken out of the style first."""
    made = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "items.json").write_text(json.dumps(items), encoding="utf-8")
        for style, listed in STYLES.items():
            source = re.sub(
                r'\s(?:disambiguate-[a-z-]+|subsequent-[a-z-]+|collapse)="[^"]*"', "", _source(str(listed.file))
            )
            (folder / "style.csl").write_text(source, encoding="utf-8")
            (folder / "page.md").write_text(f"---\nnocite: '@*'\nlang: {listed.language}\n---\n", encoding="utf-8")
            command = ["pandoc", "--citeproc", "--csl=style.csl", "--bibliography=items.json", "--to=html", "page.md"]
            run = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
            found = re.findall(r'<div id="ref-([^"]+)"[^>]*>(.*?)\n</div>', run.stdout, re.DOTALL)
            made[style] = {identifier: comparable(entry) for identifier, entry in found}
    return made


def comparable(entry: str) -> str:
    """An entry without its number, links, and the ways in which HTML may be written differently."""
    entry = re.sub(r'<(div|span) class="csl-left-margin">.*?</\1>', "", entry, flags=re.DOTALL)
    entry = re.sub(r"</?(?:div|a|p)\b[^>]*>", "", entry)
    for _ in range(_DEEPEST):
        entry = re.sub(r"<span(?: class=\"[^\"]*\")?>((?:(?!<span).)*?)</span>", r"\1", entry, flags=re.DOTALL)
    entry = (
        entry.replace("<em>", "<i>").replace("</em>", "</i>").replace("<strong>", "<b>").replace("</strong>", "</b>")
    )
    entry = re.sub(r"&(?:lt|#60);", "‹", re.sub(r"&(?:gt|#62);", "›", entry))
    return " ".join(html.unescape(entry).split())


def report(name: str, made: Entries, other: Entries) -> None:
    for style, entries in made.items():
        differing = [item for item, entry in entries.items() if other[style].get(item) != entry]
        print(f"{name}, {style}: {len(entries) - len(differing)} of {len(entries)} alike")
        for item in differing:
            print(f"  {item}\n    other: {other[style].get(item)}\n    ours:  {entries[item]}")


def _source(file: str) -> str:
    return (BUNDLED / file).read_text(encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
