"""A spreadsheet for Excel, LibreOffice and Numbers: the columns of `rows`, every cell a text and so never a formula."""

import re
from collections.abc import Iterable, Iterator

from bookwheel.exports.base import Item
from bookwheel.exports.office import DECLARATION, content_types, relationships, zipped
from bookwheel.exports.rows import COLUMNS, row
from bookwheel.exports.xml import Xml, element

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""Of a sheet and of a cell: Excel's specifications and limits. What a cell cannot hold is cut."""

_MOST_SIZE = 1_500_000_000
"""Characters of a sheet, well below what an entry of a zip can hold; further rows go to another sheet."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
_WIDTHS = {"Title": 60, "Authors": 40, "Abstract": 60, "Journal or book": 30}


def write(items: Iterable[Item]) -> Iterator[bytes]:
    return zipped(_parts(items))


def _parts(items: Iterable[Item]) -> Iterator[tuple[str, Iterable[str]]]:
    rows = (row(item) for item in items)
    waiting = next(rows, None)
    sheets = 0
    while waiting or not sheets:
        sheets += 1
        sheet = _Sheet(rows, waiting)
        yield f"xl/worksheets/sheet{sheets}.xml", sheet.texts()
        waiting = sheet.waiting
    names = [f"sheet{number}" for number in range(1, sheets + 1)]
    yield "xl/workbook.xml", [_workbook(sheets)]
    # The styles are the workbook's last relationship, so that the sheets have the numbers of their names.
    links = [*(("worksheet", f"worksheets/{name}.xml") for name in names), ("styles", "styles.xml")]
    yield "xl/_rels/workbook.xml.rels", [relationships(*links)]
    yield "xl/styles.xml", [_STYLES]
    types = {f"xl__worksheets__{name}": f"{_SHEET}.worksheet+xml" for name in names}
    types |= {"xl__workbook": f"{_SHEET}.sheet.main+xml", "xl__styles": f"{_SHEET}.styles+xml"}
    yield "[Content_Types].xml", [content_types(**types)]
    yield "_rels/.rels", [relationships(("officeDocument", "xl/workbook.xml"))]


class _Sheet:
    """One sheet, as many rows as it takes; `waiting` is the first row of the next one, None at the end."""

    def __init__(self, rows: Iterator[tuple[str, ...]], first: tuple[str, ...] | None) -> None:
        self._rows = rows
        self.waiting = first

    def texts(self) -> Iterator[str]:
        head = DECLARATION + f'<worksheet xmlns="{_MAIN}">' + _view() + _columns() + "<sheetData>" + _row(COLUMNS, "1")
        yield head
        size, count = len(head), 1
        while self.waiting is not None and count < MOST_ROWS and size < _MOST_SIZE:
            text = _row(self.waiting, "")
            size, count = size + len(text), count + 1
            yield text
            self.waiting = next(self._rows, None)
        yield "</sheetData></worksheet>"


def _row(cells: Iterable[str], style: str) -> Xml:
    return element("row", *(_cell(cell, style) for cell in cells))


def _cell(text: str, style: str) -> Xml:
    if not text:
        return element("c", attributes={"s": style})
    # What looks like an escape of the format is text that holds it by chance.
    shown = _ESCAPE.sub(r"_x005F\g<0>", text[:MOST_CHARACTERS]) if "_x" in text else text[:MOST_CHARACTERS]
    return element("c", element("is", element("t", shown)), attributes={"t": "inlineStr", "s": style})


def _view() -> Xml:
    """The first row stays in sight."""
    pane = element(
        "pane", attributes={"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}
    )
    return element("sheetViews", element("sheetView", pane, attributes={"workbookViewId": "0"}))


def _columns() -> Xml:
    return element("cols", *(_column(str(number), name) for number, name in enumerate(COLUMNS, 1)))


def _column(number: str, name: str) -> Xml:
    width = str(_WIDTHS.get(name, 15))
    return element("col", attributes={"min": number, "max": number, "width": width, "customWidth": "1"})


def _workbook(sheets: int) -> str:
    listed = (
        element("sheet", attributes={"name": f"Records {number}", "sheetId": str(number), "r:id": f"r{number}"})
        for number in range(1, sheets + 1)
    )
    names = {"xmlns": _MAIN, "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
    return DECLARATION + element("workbook", element("sheets", *listed), attributes=names)


_STYLES = DECLARATION + (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
"""Two kinds of cell: plain, and bold for the first row."""
