"""A table cut into rows, each behind its header."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources import table_form
from bookwheel.sources.forms import OpenFile
from bookwheel.sources.table_form import FORM


def cut(data: bytes) -> list[RawRecord | Rejected]:
    return list(FORM.cut(OpenFile(io.BufferedReader(io.BytesIO(data), 65_536), "x", "now")))


@given(st.lists(st.lists(st.text(alphabet='a"\n,;é ', max_size=6), min_size=3, max_size=3), min_size=1, max_size=5))
def test_every_row_comes_back_as_it_was_written(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([["Title", "Year", "DOI"], *rows])
    found = [list(csv.reader(io.StringIO(piece.payload.decode()))) for piece in cut(file.getvalue().encode())]
    # Windows' line ends within a cell are Python's once it was read.
    assert [tuple(row) for _, row in found] == [tuple(row) for row in rows if any(cell.strip(' \n,;"') for cell in row)]


def test_payloads_are_the_header_and_the_row_as_they_came() -> None:
    (piece,) = cut(b'\xef\xbb\xbfTitle;Year\r\n"A ""b""\r\nc";2012\r\n\r\n')
    assert piece.payload == b'\xef\xbb\xbfTitle;Year\n"A ""b""\r\nc";2012'


def test_a_quote_without_end_costs_its_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_form, "MAX_ROW_LINES", 3)
    found = cut(b'Title,Year\n"A,1\nB,2\nC,3\nD,4\n')
    assert [isinstance(piece, Rejected) for piece in found] == [True, False, False, False]
    found = cut(b'Title,Year\nA,1\n"B,2\n')
    assert [isinstance(piece, Rejected) for piece in found] == [False, True]


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        (b"Title,Year\nA,1", "csv"),
        (b'"Key";"Title";"DOI"\n', "csv"),
        ("Article Title\tDOI\n".encode("utf-16"), "csv"),
        (b"Title\nA", None),
        (b"Title, a history of the word\n", None),
        (b"colour,shape\nred,round", None),
        (b"", None),
    ],
)
def test_recognise(sample: bytes, name: str | None) -> None:
    assert FORM.recognise(sample) == name
