"""Every kind of item in every built-in style, against the entries of citeproc-js (`tools/citations`)."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tools.citations.__main__ import comparable

from bookwheel.exports.citing.output import to_html
from bookwheel.exports.shelf import STYLES, load

FOLDER = Path(__file__).resolve().parent
ITEMS: list[dict[str, Any]] = json.loads((FOLDER / "items.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
DIFFERENCES = tomllib.loads((FOLDER / "differences.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", STYLES)
def test_entries_are_those_of_citeproc_js(name: str) -> None:
    listed = STYLES[name]
    style = load(listed)
    differing = {}
    for item in ITEMS:
        entry = comparable(to_html(style.entry(item, language=listed.language).body, links=False))
        if entry != EXPECTED[name][item["id"]]:
            differing[item["id"]] = entry
    judged = {item for item, difference in DIFFERENCES.items() if name in difference["styles"]}
    assert set(differing) == judged, {item: (entry, EXPECTED[name][item]) for item, entry in differing.items()}


def test_every_item_has_been_asked_of_the_oracle() -> None:
    assert [sorted(entries) for entries in EXPECTED.values()] == [sorted(item["id"] for item in ITEMS)] * len(STYLES)
