"""Word and Excel documents, as the libraries that others use to read them see them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, repeat

import docx
import openpyxl
import pytest
from openpyxl.utils.escape import unescape
from tests.exports.test_cases import item
from tests.formats.cases import case

from bookwheel.exports import EXPORTS, Item, xlsx
from bookwheel.exports.rows import COLUMNS
from bookwheel.records.model import Record, Text

SEED = item(case("doaj-art-a34e60229e934aac998908d0fd28b026"))


def changed(**changes: object) -> Item:
    return replace(SEED, record=replace(SEED.record, **changes))  # type: ignore[arg-type]


def written(name: str, *items: Item) -> io.BytesIO:
    return io.BytesIO(b"".join(EXPORTS[name].write(items)))


def test_sheet_has_a_row_for_each_record_below_the_names() -> None:
    rows = list(openpyxl.load_workbook(written("xlsx", SEED, SEED)).active.values)
    assert rows[0] == COLUMNS
    assert len(rows) == 3
    assert dict(zip(COLUMNS, rows[1], strict=True))["Article number"] == "393864"


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "+1", "-1", "_x0041_", "a\u2028b & <c>"])
def test_cell_is_text_and_never_a_formula(title: str) -> None:
    cell = openpyxl.load_workbook(written("xlsx", changed(title=Text(title)))).active["C2"]
    assert cell.data_type == "s"
    assert unescape(cell.value) == " ".join(title.split())


def test_longer_cell_than_excel_takes_is_cut() -> None:
    book = openpyxl.load_workbook(written("xlsx", changed(abstract=Text("word " * 20_000))))
    assert len(book.active.cell(2, COLUMNS.index("Abstract") + 1).value) == xlsx.MOST_CHARACTERS


def test_rows_beyond_a_sheet_go_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    book = openpyxl.load_workbook(written("xlsx", *repeat(SEED, 5)))
    assert [sheet.max_row for sheet in book.worksheets] == [3, 3, 2]
    assert book.sheetnames == ["Records 1", "Records 2", "Records 3"]


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_pieces_come_before_the_last_record_is_asked_for(name: str) -> None:
    """Texts that do not shrink: a zip gives what it has packed, not what it was given."""
    asked = 0

    def items() -> Iterator[Item]:
        nonlocal asked
        for number in range(3_000):
            asked += 1
            noise = "".join(chr(0x4E00 + (number * 7919 + place * 104_729) % 20_000) for place in range(400))
            yield Item(str(number), Record(str(number), "s", "", "", "Article", "", title=Text(noise)))

    next(islice(EXPORTS[name].write(items()), 1, None))
    assert asked < 3_000


def test_bibliography_is_paragraphs_of_a_style_with_a_hanging_indent() -> None:
    document = docx.Document(written("docx", SEED, SEED))
    first, _ = document.paragraphs
    style = document.styles["Bibliography"]
    assert first.style == style
    assert style.element.xpath("w:pPr/w:ind/@w:hanging") == ["720"]
    assert "Cortelezzi, A., Sciumè, M., & Reda, G. (2012)." in first.text
    assert [run.text for run in first.runs if run.italic] == ["Advances in Hematology", "2012"]


def test_bibliography_links_the_doi() -> None:
    (field,) = docx.Document(written("docx", SEED)).element.xpath("//w:fldSimple/@w:instr")
    assert field == ' HYPERLINK "https://doi.org/10.1155/2012/393864" '
