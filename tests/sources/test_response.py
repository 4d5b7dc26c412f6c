"""Responses cut into records: bytes as received, exactly the bad ones rejected."""

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.realdata import collection

from bookwheel.errors import ProtocolError, SourceError, TransportError
from bookwheel.formats import xml
from bookwheel.sources.response import Response, read_response

DOAJ = "http://doaj.org/features/oai_doaj/1.0/"


def page(records: str, *, root: str = "", prefix: str = "", tail: str = "") -> bytes:
    p = f"{prefix}:" if prefix else ""
    namespace = f"xmlns{':' + prefix if prefix else ''}='http://www.openarchives.org/OAI/2.0/'"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<{p}OAI-PMH {namespace} {root}>"
        f"<{p}responseDate>2025-01-01T00:00:00Z</{p}responseDate>"
        f"<{p}ListRecords>{records}{tail}</{p}ListRecords></{p}OAI-PMH>"
    ).encode()


def record(metadata: str, identifier: str = "oai:x:1") -> str:
    header = f"<header><identifier>{identifier}</identifier><datestamp>2025-01-01</datestamp></header>"
    return f"<record>{header}<metadata>{metadata}</metadata></record>"


def read(document: bytes, as_format: str = "oai_doaj") -> Response:
    return read_response(document, "x", as_format, "2025-01-02T00:00:00Z")


def payload(document: bytes) -> str:
    (found,) = read(document).records
    return found.payload.decode()


PAYLOADS = {
    "as it came": (page(record("\n <a b='1'>é &#233;<!-- c --></a>\n"), root="xmlns:q='u'"), None),
    "its own declarations": (page(record("<d:a xmlns:d='u'><d:b/></d:a>")), "<d:a xmlns:d='u'><d:b/></d:a>"),
    "a prefix declared on the root": (
        page(record("<d:a><d:b/></d:a>"), root="xmlns:d='u' xmlns:unused='v'"),
        '<d:a xmlns:d="u"><d:b/></d:a>',
    ),
    "a prefix in the value of an attribute": (
        page(record("<d:a xmlns:d='u' t='e:f'/>"), root="xmlns:e='v'"),
        "<d:a xmlns:e=\"v\" xmlns:d='u' t='e:f'/>",
    ),
    "the default namespace of OAI-PMH": (
        page(record("<dc><title>T</title></dc>")),
        '<dc xmlns="http://www.openarchives.org/OAI/2.0/"><title>T</title></dc>',
    ),
    "a child in the default namespace": (
        page(record("<d:a xmlns:d='u'><b/></d:a>")),
        "<d:a xmlns=\"http://www.openarchives.org/OAI/2.0/\" xmlns:d='u'><b/></d:a>",
    ),
    "a default namespace of its own": (page(record("<a xmlns='u'><b/></a>")), "<a xmlns='u'><b/></a>"),
    "a record within the metadata": (
        page(record("<record xmlns='marc'><leader/><record><b/></record></record>")),
        "<record xmlns='marc'><leader/><record><b/></record></record>",
    ),
    "a record quoted in a CDATA section": (
        page(record("<a xmlns='u'><![CDATA[<record><header>]]></a>")),
        "<a xmlns='u'><![CDATA[<record><header>]]></a>",
    ),
    "a prefix for OAI-PMH": (
        page(
            "<o:record><o:header><o:identifier>i</o:identifier></o:header><o:metadata><a/></o:metadata></o:record>",
            prefix="o",
        ),
        "<a/>",
    ),
    "something about the record behind it": (
        page(record("<a xmlns='u'/>").replace("</record>", "<about><p/></about></record>")),
        "<a xmlns='u'/>",
    ),
    "a second </metadata> behind it": (
        page(record("<a xmlns='u'/>").replace("</record>", "<about><metadata>m</metadata></about></record>")),
        '<a xmlns="u"/>',
    ),
    "a comment before it": (page(record("<!-- <a> --><a xmlns='u'/>")), '<a xmlns="u"/>'),
}


@pytest.mark.parametrize(("document", "expected"), PAYLOADS.values(), ids=PAYLOADS)
def test_a_payload_is_the_element_within_metadata_and_stands_alone(document: bytes, expected: str | None) -> None:
    found = payload(document)
    if expected is not None:
        assert found == expected
    else:
        assert "é &#233;<!-- c -->" in found
    xml.parse(found.encode())


def test_a_page_in_another_encoding_is_kept_in_utf_8() -> None:
    document = page(record("<a xmlns='u'>Café</a>")).decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    response = read(document)
    assert response.records[0].payload.decode() == "<a xmlns='u'>Café</a>"
    assert "ISO-8859-1" in response.notes[0]


def test_a_deleted_record_has_no_payload_whatever_it_carries() -> None:
    (found,) = read(page(record("<a/>").replace("<header>", "<header status='deleted'>"))).records
    assert (found.deleted, found.payload) == (True, b"")


@pytest.mark.parametrize(
    ("document", "error", "told"),
    [
        (b"", ProtocolError, "an empty answer"),
        (b"<html><body>Hello</body></html>", ProtocolError, "a web page"),
        (b"broken xml", ProtocolError, "something else: 'broken xml'"),
        (page(record("<a/>"))[:-10], TransportError, "cut off"),
        (page(record("<a/>")).replace(b"</ListRecords>", b""), TransportError, "cut off"),
        (
            page(record("<a/>"), tail="<resumptionToken>a&b</resumptionToken>"),
            ProtocolError,
            "outside its records",
        ),
        (b"<!DOCTYPE a><OAI-PMH></OAI-PMH>", ProtocolError, "DOCTYPE"),
        (page("").replace(b"UTF-8", b"klingon"), ProtocolError, "klingon"),
    ],
)
def test_a_document_that_cannot_be_read(document: bytes, error: type[SourceError], told: str) -> None:
    with pytest.raises(error, match=told):
        read(document)


ADVERSARIES = {
    "open CDATA sections": record("<![CDATA[" * 100_000),
    "open comments": record("<!-- " * 100_000),
    "blanks in a start tag": record("<a" + " " * 200_000 + ">" + "x" * 200_000 + "</a>"),
    "starts without ends": "<record><header>" * 20_000,
    "ends without starts": "</record>" * 100_000,
    "records that begin with a comment": record("<a/>").replace("<record>", "<record><!-- -->") * 2000,
}


@pytest.mark.parametrize("records", ADVERSARIES.values(), ids=ADVERSARIES)
def test_a_page_made_to_take_for_ever_takes_a_moment(records: str) -> None:
    begun = time.process_time()
    response = read(page(records + record("<a xmlns='u'/>", "good")))
    assert time.process_time() - begun < 5
    assert response.records[-1].identifier == "good"


def test_records_whose_start_is_not_known_are_found_all_the_same() -> None:
    records = "".join(
        record("<a xmlns='u'/>", f"i{number}").replace("<record>", "<record><!-- -->") for number in range(50)
    )
    assert [found.identifier for found in read(page(records)).records] == [f"i{number}" for number in range(50)]


DAMAGES = [
    lambda text: text.replace("<t>", "<t>\x0b"),
    lambda text: text.replace("<t>", "<t>&#0;"),
    lambda text: text.replace("<t>", "<t>&"),
    lambda text: text.replace("<t>", "<t><"),
    lambda text: text.replace("</t>", ""),
    lambda text: text.replace("</record>", ""),
    lambda text: text.replace("</metadata></record>", ""),
    lambda text: text.replace("<identifier>", "<identifier x=1>"),
    lambda text: text.replace("<t>", "<t><![CDATA["),
    lambda text: text.replace("<t>", "<t><!-- "),
]


@st.composite
def damaged_pages(draw: st.DrawFn) -> tuple[bytes, set[str]]:
    """A page of records, and the identifiers of those left whole."""
    texts = st.text(st.characters(min_codepoint=32, exclude_characters="<>&", exclude_categories=["Cs", "Cn"]))
    records = []
    whole = set()
    for number in range(draw(st.integers(1, 8))):
        text = record(f"<d:a><t>{draw(texts)}</t></d:a>", f"i{number}")
        damage = draw(st.one_of(st.none(), st.sampled_from(DAMAGES)))
        if damage is None:
            whole.add(f"i{number}")
        records.append(damage(text) if damage else text)
    gap = draw(st.sampled_from(["", "\n", "\n   "]))
    return page(gap.join(records), root="xmlns:d='u'"), whole


@given(damaged_pages())
@settings(deadline=None)
def test_exactly_the_damaged_records_are_rejected_and_no_byte_is_lost(made: tuple[bytes, set[str]]) -> None:
    document, whole = made
    response = read(document)
    assert {found.identifier for found in response.records} == whole
    for rejected in response.rejected:
        assert document[rejected.offset :].startswith(rejected.payload)
        assert rejected.reason
    begin, end = document.index(b"<record>"), document.index(b"</ListRecords>")
    kept = sum(len(rejected.payload) for rejected in response.rejected)
    kept += sum(len(record.payload) for record in response.records)
    assert kept <= end - begin + len(" xmlns:d='u'") * len(whole)
    assert bool(response.rejected) == (document.count(b"<header>") > len(whole))


def test_namespaces_written_around_a_payload_do_not_change_what_it_says() -> None:
    inside = page(record("<d:a><d:b c='d'>text</d:b></d:a>"), root="xmlns:d='u'")
    outside = page(record("<d:a xmlns:d='u'><d:b c='d'>text</d:b></d:a>"))

    def digest(document: bytes) -> bytes:
        root = xml.parse(payload(document).encode())
        return hashlib.sha256(repr([(e.tag, e.text, dict(e.attrib)) for e in root.iter()]).encode()).digest()

    assert digest(inside) == digest(outside)


@pytest.mark.realdata
def test_real_responses_give_records_headers_or_a_reason() -> None:
    files = sorted(collection("oai-pmh").glob("*/*.xml"))
    found = {"records": 0, "headers": 0, "rejected": 0, "errors": 0, "unreadable": 0}
    for file in files:
        try:
            response = read(file.read_bytes(), "")
        except ProtocolError:
            found["unreadable"] += 1
            continue
        found["records"] += len(response.records)
        found["headers"] += len(response.headers)
        found["rejected"] += len(response.rejected)
        found["errors"] += bool(response.error)
    # Rejected are a deleted record without an identifier and one in arXivRaw, which nobody here reads.
    assert found == {"records": 31, "headers": 4, "rejected": 2, "errors": 7, "unreadable": 2}
