"""The table of `docs/collections.md` is what the collections give.

`BOOKWHEEL_REWRITE_CASES=1` writes the numbers that came out into the table; the diff is what gets reviewed.
"""

import os
import re
from pathlib import Path

import pytest
from tests.loading import load
from tests.realdata import collection

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "collections.md"
_ROW = re.compile(r"\| `([\w-]+)/([^`]+)` \|([^\n]*)\|")
ROWS = [(match[1], match[2]) for match in _ROW.finditer(DOCUMENT.read_text(encoding="utf-8"))]


def row(folder: str, file: str) -> str:
    found = load([collection(folder) / file])
    formats = ", ".join(f"{name} {count:,}" for name, count in sorted(found.formats.items()))
    numbers = (sum(found.formats.values()) - found.unreadable, found.rejected + found.unreadable, found.troubled)
    return f"| `{folder}/{file}` | {formats} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


@pytest.mark.realdata
@pytest.mark.parametrize(("folder", "file"), ROWS)
def test_a_collection_gives_what_the_table_says(folder: str, file: str) -> None:
    found = row(folder, file)
    text = DOCUMENT.read_text(encoding="utf-8")
    if os.environ.get("BOOKWHEEL_REWRITE_CASES"):
        old = next(match[0] for match in _ROW.finditer(text) if (match[1], match[2]) == (folder, file))
        DOCUMENT.write_text(text.replace(old, found), encoding="utf-8")
    else:
        assert found in text


def test_there_are_rows() -> None:
    assert len(ROWS) > 20
