"""Every case folder: its payload becomes the expected reading and document.

`BOOKWHEEL_REWRITE_CASES=1` writes what came out as the new expectation; the diff is what gets reviewed.
"""

import os

import pytest
from tests.formats.cases import Case, as_json, cases

from bookwheel.records import codec, icu


def check(case: Case, name: str, found: object) -> None:
    path = case.folder / f"{name}.json"
    if os.environ.get("BOOKWHEEL_REWRITE_CASES"):
        path.write_text(as_json(found), encoding="utf-8")
    assert as_json(found) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.folder.name)
class TestCase:
    @pytest.fixture(autouse=True)
    def without_icu(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Work keys in other scripts are those of an installation without PyICU, whether or not it is there."""
        monkeypatch.setattr(icu, "transform", lambda rules: None)

    def test_reading_is_as_expected(self, case: Case) -> None:
        check(case, "reading", case.reading)

    def test_document_is_as_expected(self, case: Case) -> None:
        check(case, "document", case.document)

    def test_record_survives_the_codec(self, case: Case) -> None:
        record = case.reading.record
        assert record is not None
        assert codec.decode(codec.encode(record)) == record

    def test_folder_is_named_after_the_record(self, case: Case) -> None:
        record = case.reading.record
        assert record is not None
        assert record.id == case.folder.name

    def test_no_email_address_is_kept(self, case: Case) -> None:
        assert "@" not in as_json(case.reading.record)
        assert "@" not in as_json(case.document)
