import pytest

from bookwheel.formats.reading import Findings, glued, record_id, shown
from bookwheel.records.model import Record, Text
from bookwheel.records.raw import Provenance


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["Reda", "2", "Hematology"], "Reda2Hematology"),
        (["\n  one ", " two\t", "\r\n"], "one two"),
        (["a\u00a0\u00a0b"], "a\u00a0\u00a0b"),
        (["Reda", "a@b.org", "Hematology"], "RedaHematology"),
        (["write a@", "b.org now"], "write now"),
        (["\u202ebidi", "\x7f"], "bidi"),
    ],
)
def test_texts_are_glued_without_addresses(pieces: list[str], text: str) -> None:
    assert glued(pieces) == text


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("oai:doaj.org/article:a34e", "p-a34e"), ("a34e", "p-a34e"), ("oai:x:10/7", "p-10/7"), ("oai:x:", ""), ("", "")],
)
def test_record_id(identifier: str, expected: str) -> None:
    assert record_id(identifier, "p-") == expected


def test_a_rule_that_made_nothing_is_unused() -> None:
    findings = Findings()
    findings.rules += [Provenance("title", "name", "as it is"), Provenance("identifiers.doi", "number", "as it is")]
    findings.unused.append("hat")
    reading = findings.reading(Record("a", "s", "", "", "", "", title=Text("T")))
    assert reading.provenance == (Provenance("title", "name", "as it is"),)
    assert reading.unused == ("hat", "number")


def test_long_values_are_cut_in_messages() -> None:
    assert len(shown("x" * 1000)) < 70
