"""CSV for spreadsheets and scripts: UTF-8 with the mark that Excel knows it by, every cell in quotes (RFC 4180)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from bookwheel.exports.base import Item
from bookwheel.exports.rows import COLUMNS, row

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for item in items:
        yield _line([_harmless(cell) for cell in row(item)])
    yield b""


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe instead (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


def _line(cells: Sequence[str]) -> bytes:
    line = StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue().encode()
