"""Samples as DOAJ's feed would carry them."""

from tests.demo.payloads import payload

from bookwheel.demo.generate import record
from bookwheel.demo.oai_doaj import page, record_element
from bookwheel.formats import FORMATS
from bookwheel.formats.xml import parse
from bookwheel.records.raw import RawRecord


def test_a_page_is_well_formed_and_holds_its_records() -> None:
    root = parse(page([record(number) for number in range(200)], "http://127.0.0.1/oai", list_size=200))
    assert len(root.findall(".//{http://www.openarchives.org/OAI/2.0/}record")) == 200


def test_what_is_written_is_read_again() -> None:
    sample = record(90)
    raw = RawRecord("samples", sample.identifier, sample.datestamp, "oai_doaj", payload(sample), sets=())
    found = FORMATS["oai_doaj"].read(raw, "sample-").record
    assert found is not None
    assert found.id == "sample-0000090"
    assert found.title.value == sample.title
    assert found.doi == sample.doi
    assert [c.name for c in found.contributors] == [author.name for author in sample.authors]
    assert [c.orcid for c in found.contributors] == [author.orcid for author in sample.authors]
    assert found.contributors[0].affiliations == (sample.authors[0].affiliation,)
    assert found.abstract.value == sample.abstract
    assert found.container.languages == ("por",)


def test_a_deleted_record_is_a_header_alone() -> None:
    assert "<metadata>" not in record_element(record(109))
    assert '<header status="deleted">' in record_element(record(109))


def test_markup_in_texts_is_escaped() -> None:
    assert "<script>" not in record_element(record(31))
    assert "&lt;script&gt;" in record_element(record(31))
