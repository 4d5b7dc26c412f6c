import json

import pytest

from bookwheel.formats.columns import read_columns
from bookwheel.formats.table import read_csv, read_json
from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord

COLUMNS = read_columns('title = "Titel"\nauthors = ["A1", "A2"]\nid = "Nr"', "m.toml")


def row(header: str, cells: str) -> Record:
    found = read_csv(RawRecord("lab", "", "", "csv", f"{header}\n{cells}".encode())).record
    assert found is not None
    return found


def test_a_mapping_stands_in_for_the_guess() -> None:
    raw = RawRecord("lab", "", "", "csv", b"Nr;Titel;A1;A2;Title\n7;Wiese;Halm, Anna;Rispe, Eva;not this")
    reading = read_csv(raw, columns=COLUMNS)
    assert reading.record is not None
    assert (reading.record.id, reading.record.title.value) == ("lab-7", "Wiese")
    assert [person.family for person in reading.record.contributors] == ["Halm", "Rispe"]
    assert reading.unused == ("Title",)
    assert {rule.rule for rule in reading.provenance} == {"by the mapping"}


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_columns_shows_in_the_header(sign: str) -> None:
    assert row(sign.join(("Title", "Year")), sign.join(("T", "2012"))).published is not None


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ('"Halm, Anna; Rispe, Eva"', ["Halm, Anna", "Rispe, Eva"]),
        ('"Anna Halm and Eva Rispe"', ["Anna Halm", "Eva Rispe"]),
        ('"Halm A, van der Wiese TS, Rispe E."', ["Halm A", "van der Wiese TS", "Rispe E"]),
        ('"Halm, Anna"', ["Halm, Anna"]),
    ],
)
def test_names_in_one_cell_are_parted(cell: str, names: list[str]) -> None:
    assert [person.name for person in row("Title,Authors", f"T,{cell}").contributors] == names


@pytest.mark.parametrize("blank", ["", "NA", "null", "NaN"])
def test_cells_that_say_nothing_are_no_values(blank: str) -> None:
    reading = read_csv(RawRecord("lab", "", "", "csv", f"Title,DOI\nT,{blank}".encode()))
    assert (reading.problems, reading.unused) == ((), ())


def test_more_cells_than_columns_are_told() -> None:
    reading = read_csv(RawRecord("lab", "", "", "csv", b"Title,Year\nT,2012,x"))
    assert "3 cells under 2 columns" in reading.problems[0].message


@pytest.mark.parametrize("payload", [b"", b"Title", b"Title\na\nb", b'Title\n"a', b"\xff\xfe"])
def test_what_is_no_single_row_is_rejected(payload: bytes) -> None:
    assert read_csv(RawRecord("lab", "", "", "csv", payload)).record is None or payload == b'Title\n"a'


def test_lists_in_json_are_several_values() -> None:
    item = {"id": 7, "title": "T", "authors": ["Halm, Anna", "Eva Rispe"], "orcid": ["", "0000-0002-1825-0097"]}
    record = read_json(RawRecord("lab", "", "", "json", json.dumps(item).encode())).record
    assert record is not None
    assert [person.name for person in record.contributors] == ["Halm, Anna", "Eva Rispe"]
