import io

from tests.formats.cases import case

from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.files import FORMS
from bookwheel.sources.forms import OpenFile, recognised

ARTICLE = case("example-marc8-1").raw.payload
BOOK = case("example-heb-880").raw.payload


def cut(document: bytes) -> list[RawRecord | Rejected]:
    known = recognised(document, FORMS)
    assert known is not None
    assert known[1] == "marc"
    return list(known[0].cut(OpenFile(io.BufferedReader(io.BytesIO(document)), "s", "now")))


def test_records_have_their_control_number_and_date() -> None:
    found = cut(ARTICLE + BOOK)
    assert [(record.identifier, getattr(record, "datestamp", "")) for record in found] == [
        ("marc8-1", "2012-01-03"),
        ("heb-880", ""),
    ]
    assert [record.payload for record in found] == [ARTICLE, BOOK]


def test_broken_records_cost_no_other() -> None:
    found = cut(ARTICLE + BOOK[:200] + b"\x1d" + ARTICLE + BOOK[:100])
    assert [record.payload for record in found] == [ARTICLE, BOOK[:200] + b"\x1d", ARTICLE, BOOK[:100]]
    assert isinstance(found[3], Rejected)
    assert found[3].offset == 2 * len(ARTICLE) + 201


def test_records_marked_deleted_are_tombstones() -> None:
    (found,) = cut(ARTICLE[:5] + b"d" + ARTICLE[6:])
    assert isinstance(found, RawRecord)
    assert (found.identifier, found.deleted, found.payload) == ("marc8-1", True, b"")


def test_digits_alone_are_no_marc() -> None:
    assert recognised(b"01234,name,title,2001,more,and,more,columns,in,a,table", FORMS[:-1]) is None
