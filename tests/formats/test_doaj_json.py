import gzip
import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.formats.cases import INDEXED, case
from tests.realdata import collection

from bookwheel.formats import doaj_json, oai_doaj
from bookwheel.records.model import Link, PublicationDate, Record
from bookwheel.records.raw import RawRecord
from bookwheel.search.document import to_document

CASE = case("doaj-art-0123456789abcdef0123456789abcdef").raw


def raw(item: object) -> RawRecord:
    return RawRecord("dump", "", "", "doaj_json", msgspec.json.encode(item))


def record(**bibjson: object) -> Record:
    found = doaj_json.read(raw({"id": "a1", "bibjson": {"title": "T", **bibjson}})).record
    assert found is not None
    return found


def test_january_is_known_here() -> None:
    assert record(year="2012", month="1").published == PublicationDate("2012-01", "2012-01")


@pytest.mark.parametrize(
    ("bibjson", "field"),
    [
        ({"year": "20255"}, "published"),
        ({"year": 2012, "month": "May"}, "published"),
        ({"identifier": [{"type": "doi", "id": "none"}]}, "identifiers.doi"),
        ({"identifier": [{"type": "pissn", "id": "1687-9104"}, {"type": "issn", "id": "1687-9112"}]}, "container.issn"),
        ({"author": [{"name": "A", "orcid_id": "1"}]}, "contributors.orcid"),
        ({"journal": {"language": ["Wheelish"]}}, "container.languages"),
    ],
)
def test_odd_values_are_told(bibjson: dict[str, object], field: str) -> None:
    reading = doaj_json.read(raw({"id": "a1", "bibjson": {"title": "T", **bibjson}}))
    assert [problem.field for problem in reading.problems] == [field]


def test_the_journals_issn_stands_in_for_the_articles() -> None:
    assert record(journal={"issns": ["1687-9104"]}).container.issn == "1687-9104"
    assert (
        record(journal={"issns": ["1687-9104"]}, identifier=[{"type": "eissn", "id": "1687-9112"}]).container.issn == ""
    )


def test_links_have_kind_and_media_type() -> None:
    links = [
        {"type": "fulltext", "content_type": "PDF", "url": "example.org/1"},
        {"type": "toc", "url": "https://example.org"},
    ]
    assert record(link=links).links == (
        Link("http://example.org/1", "fulltext", "application/pdf"),
        Link("https://example.org", "other"),
    )


def test_the_envelope_of_the_index_is_opened() -> None:
    inner = json.loads(CASE.payload)
    wrapped = doaj_json.read(replace(CASE, payload=msgspec.json.encode({"_id": "x", "_source": inner})))
    assert wrapped.record == doaj_json.read(CASE).record


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", "no well-formed JSON"),
        (b"{", "no well-formed JSON"),
        (b'{"id": "\xff"}', "no well-formed JSON"),
        (b"[" * 100_000, "no well-formed JSON"),
        (b"[]", "expected a DOAJ article"),
        (b'{"id": "1", "title": "T"}', "found the keys 'id, title'"),
        (b'{"id": "1", "bibjson": {"year": "2012"}}', "nothing to show"),
        (b'{"bibjson": {"title": "T"}}', "no address"),
    ],
)
def test_nothing_usable_gives_no_record_and_the_reason(payload: bytes, message: str) -> None:
    reading = doaj_json.read(RawRecord("s", "", "", "doaj_json", payload))
    assert reading.record is None
    assert message in reading.problems[-1].message


_SCALARS = st.none() | st.booleans() | st.integers(-9, 9999) | st.floats(allow_nan=False) | st.text(max_size=10)
_KEY_ROW = """
id type title name year month author identifier journal issns language license link url subject term
keywords
"""
_KEYS = st.sampled_from(_KEY_ROW.split())
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=20
)


@given(st.fixed_dictionaries({"id": _SCALARS, "bibjson": st.dictionaries(_KEYS, _VALUES, min_size=1)}))
def test_values_of_any_type_are_read(item: dict[str, Any]) -> None:
    reading = doaj_json.read(raw(item))
    if reading.record is not None:
        document = to_document(reading.record, institution="", collection="", indexed=INDEXED)
        assert all(value for values in document.values() for value in values)
    else:
        assert reading.problems


OAI = "{http://www.openarchives.org/OAI/2.0/}"


def _from_pages() -> dict[str, Record]:
    found = {}
    for page in sorted(collection("doaj-like").glob("ListRecords-*.xml.gz")):
        for element in etree.fromstring(gzip.decompress(page.read_bytes())).iter(f"{OAI}record"):
            content = element.find(f"{OAI}metadata")
            if content is not None:
                identifier = element.findtext(f"{OAI}header/{OAI}identifier") or ""
                record = oai_doaj.read(RawRecord("doaj", identifier, "", "oai_doaj", etree.tostring(content[0]))).record
                assert record is not None
                found[record.id] = record
    return found


@pytest.mark.realdata
def test_both_forms_of_the_real_collection_agree() -> None:
    """The dump also holds the 13 articles the feed marks as deleted; the feed names one journal language alone."""
    lines = gzip.decompress((collection("doaj-like") / "articles.jsonl.gz").read_bytes()).splitlines()
    readings = [doaj_json.read(RawRecord("dump", "", "", "doaj_json", line)) for line in lines]
    assert not any(reading.problems for reading in readings)
    from_dump = {reading.record.id: reading.record for reading in readings if reading.record}
    from_pages = _from_pages()
    assert (len(from_pages), len(from_dump), len(from_pages.keys() - from_dump.keys())) == (1_190, 1_203, 0)
    for record_id, record in from_pages.items():
        other = from_dump[record_id]
        for name in ("title", "identifiers", "contributors", "abstract", "publisher", "links", "format"):
            assert getattr(record, name) == getattr(other, name)
        assert replace(record.container, languages=()) == replace(other.container, languages=())
        assert record.container.languages == other.container.languages[:1]
        assert record.published is not None
        assert other.published is not None
        assert record.published.year == other.published.year
