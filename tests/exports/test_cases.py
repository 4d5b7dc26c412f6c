"""The case folders with exports: what their record looks like in every format, byte for byte.

`BOOKWHEEL_REWRITE_CASES=1` writes what came out as the new expectation; the diff is what gets reviewed. Office
documents are no text to review; they are read back in `test_office`.
"""

import os

import pytest
from tests.formats.cases import Case, cases

from bookwheel.exports import EXPORTS, Item
from bookwheel.plugins import names

WITH_EXPORTS = [case for case in cases() if (case.folder / "exports").is_dir()]
REVIEWED = sorted(EXPORTS.keys() - {"docx", "xlsx"})
RESUMING = sorted(name for name, export in EXPORTS.items() if export.resumes)


def item(case: Case) -> Item:
    record = case.reading.record
    assert record is not None
    return Item(record.id, record, f"https://search.example.org/Record/{record.id}")


@pytest.mark.parametrize("name", REVIEWED)
@pytest.mark.parametrize("case", WITH_EXPORTS, ids=lambda case: case.folder.name)
def test_export_is_as_expected(case: Case, name: str) -> None:
    path = case.folder / "exports" / f"{name}.{EXPORTS[name].suffix}"
    found = b"".join(EXPORTS[name].write([item(case)]))
    if os.environ.get("BOOKWHEEL_REWRITE_CASES"):
        path.write_bytes(found)
    assert found.decode() == path.read_bytes().decode()


@pytest.mark.parametrize("name", RESUMING)
def test_comes_in_pieces_that_can_be_gone_on_with(name: str) -> None:
    """Beginning, a piece for each record, end: so the rest of a file is what the rest of the records give."""
    items = [item(case) for case in cases()]
    pieces = list(EXPORTS[name].write(items))
    assert len(pieces) == len(items) + 2
    assert pieces[2:] == list(EXPORTS[name].write(items[1:]))[1:]


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_no_record_is_a_document_too(name: str) -> None:
    assert isinstance(b"".join(EXPORTS[name].write([])), bytes)


@pytest.mark.parametrize("name", RESUMING)
def test_nothing_is_read_before_it_is_written(name: str) -> None:
    """Constant memory: an export that gathered its items would never give the first piece of an endless list."""
    endless = iter(lambda: item(WITH_EXPORTS[0]), None)
    pieces = EXPORTS[name].write(endless)
    assert len(next(pieces) + next(pieces)) > 0


def test_every_export_has_a_writer() -> None:
    assert set(names("export")) == set(EXPORTS)
