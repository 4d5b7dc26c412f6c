"""The seed record's staff view is reproduced; every way back gives a record fit for a page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.cases import INDEXED, Case, case, cases

from bookwheel.records.model import Container, Contributor, Identifier, Link, PublicationDate, Record, Subject, Text
from bookwheel.search.document import from_document, to_document
from bookwheel.search.fields import field_named, with_copies
from bookwheel.search.results import Document

SEED = case("doaj-art-a34e60229e934aac998908d0fd28b026")
TITLE = "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
AUTHORS = ("Agostino Cortelezzi", "Mariarita Sciumè", "Gianluigi Reda")
KEY = "lenalidomideinthetreatmentofchroniclymphocyticleukemia"

STAFF_VIEW = {
    "_version_": ("1850170245283577856",),
    "author": AUTHORS,
    "author_facet": AUTHORS,
    "author_sort": AUTHORS[:1],
    "collection": ("DOAJ",),
    "format": ("Article",),
    "id": ("doaj-art-a34e60229e934aac998908d0fd28b026",),
    "institution": ("OA Journals",),
    "issn": ("1687-9104", "1687-9112"),
    "language": ("English",),
    "publishDate": ("2012-01-01",),
    "publisher": ("Wiley",),
    "record_format": ("Article",),
    "series": ("Advances in Hematology",),
    "spellingShingle": (*AUTHORS, TITLE, "Advances in Hematology"),
    "title": (TITLE,),
    "title_full": (TITLE,),
    "title_fullStr": (TITLE,),
    "title_full_unstemmed": (TITLE,),
    "title_short": (TITLE,),
    "title_sort": ("lenalidomide in the treatment of chronic lymphocytic leukemia",),
    "url": ("http://dx.doi.org/10.1155/2012/393864",),
    "work_keys_str_mv": (f"AT agostinocortelezzi {KEY}", f"AT mariaritasciume {KEY}", f"AT gianluigireda {KEY}"),
}
"""VuFind's staff view of this record but for its two long fields, which are compared with the payload."""

EXAMPLE = Record(
    id="x-1",
    source="s",
    source_identifier="oai:s:1",
    datestamp="2024-01-01",
    format="Article",
    record_format="Article",
    title=Text("The Wheel"),
    contributors=(
        Contributor("Ann Author", orcid="0000-0002-1825-0097", affiliations=("Here", "There")),
        Contributor("Bob Author", affiliations=("Here",)),
        Contributor("Institute of Wheels", is_organisation=True),
        Contributor("Ed Itor", role="editor"),
    ),
    container=Container("Journal", "1", "2", "3", "9", "e7", "1687-9104", "1687-9112", languages=("spa",)),
    published=PublicationDate("2012-03", "2012-03-01"),
    subjects=(Subject("wheels"), Subject("Bibliography", "LCC", "Z1001")),
    identifiers=(Identifier("doi", "10.1/x"), Identifier("pmid", "7"), Identifier("pmcid", "PMC7")),
    links=(Link("https://example.org/1"),),
    licence="CC BY",
    all_text="all of it",
)


def document(record: Record, **arguments: str) -> Document:
    return to_document(record, institution="I", collection="C", indexed=INDEXED, **arguments)


def test_seed_has_the_fields_of_its_staff_view_value_for_value() -> None:
    found = SEED.document
    assert {name: found[name] for name in STAFF_VIEW} == STAFF_VIEW


def test_seeds_long_fields_are_the_payloads() -> None:
    payload = SEED.raw.payload.decode()
    abstract = payload.partition("<oai_doaj:abstract>")[2].partition("</oai_doaj:abstract>")[0]
    (description,) = SEED.document["description"]
    (spelling,) = SEED.document["spelling"]
    assert (len(description), len(spelling)) == (1_425, 2_176)
    assert description == abstract
    assert spelling.startswith(
        "doaj-art-a34e60229e934aac998908d0fd28b0262025-08-20T02:20:32ZengWileyAdvances in Hematology"
    )
    assert "LeukemiaAgostino Cortelezzi0Mariarita Sciumè1Gianluigi Reda2Hematology and" in spelling
    assert spelling.endswith("regimens.http://dx.doi.org/10.1155/2012/393864")


def test_our_fields_stand_beside() -> None:
    found = document(EXAMPLE, first_indexed="2024-01-01T00:00:00Z", last_indexed="2024-01-02T00:00:00Z")
    assert {
        "author": ("Ann Author", "Bob Author"),
        "author_corporate": ("Institute of Wheels",),
        "author2": ("Ed Itor",),
        "language": ("Spanish",),
        "date_str": ("2012-03",),
        "publishDateSort": ("2012",),
        "container_title": ("Journal",),
        "container_volume": ("1",),
        "container_issue": ("2",),
        "container_start_page": ("3",),
        "container_end_page_str": ("9",),
        "container_article_number_str": ("e7",),
        "topic": ("wheels",),
        "topic_facet": ("wheels", "Bibliography"),
        "callnumber-subject": ("Z1001",),
        "orcid_str_mv": ("0000-0002-1825-0097",),
        "affiliation_txt_mv": ("Here", "There"),
        "doi_str_mv": ("10.1/x",),
        "pmid_str_mv": ("7",),
        "pmcid_str_mv": ("PMC7",),
        "ctrlnum": ("oai:s:1",),
        "licence_str": ("CC BY",),
        "first_indexed": ("2024-01-01T00:00:00Z",),
        "last_indexed": ("2024-01-02T00:00:00Z",),
    }.items() <= dict(found).items()


def test_own_languages_win_over_the_journals() -> None:
    assert document(replace(EXAMPLE, languages=("deu",)))["language"] == ("German",)


def test_only_fields_of_the_table_are_written() -> None:
    assert [name for name in document(EXAMPLE) if field_named(name) is None] == []


@pytest.mark.parametrize(
    ("moment", "version"),
    [
        (INDEXED, 1850170245283577856),
        (INDEXED.astimezone(timezone(timedelta(hours=5))), 1850170245283577856),
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(2026, 1, 1, 0, 0, 0, 999_999, UTC), (1_767_225_600_000 + 999) << 20),
    ],
)
def test_version_is_the_moment_in_milliseconds_shifted(moment: datetime, version: int) -> None:
    found = to_document(EXAMPLE, institution="", collection="", indexed=moment)
    assert found["_version_"] == (str(version),)


def test_a_long_abstract_is_cut_between_characters() -> None:
    (description,) = document(replace(EXAMPLE, abstract=Text("é" * 50_000)))["description"]
    assert description == "é" * 25_000


@given(st.from_type(Record).filter(lambda record: record.published is None or record.published.value[:4].isdecimal()))
def test_no_value_is_empty(record: Record) -> None:
    found = document(record)
    assert all(values and all(values) for values in found.values())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.folder.name)
def test_an_index_alone_gives_the_record_back(case: Case) -> None:
    """But for what no index tells: affiliations and ORCIDs of each, roles beside the authors, a text's language."""
    record = case.reading.record
    assert record is not None
    found = from_document(case.document)
    for name in ("id", "publisher", "published", "licence", "source_identifier"):
        assert getattr(found, name) == getattr(record, name)
    assert (found.title.value, found.abstract.value) == (record.title.value, record.abstract.value)
    assert [text.value for text in found.other_titles] == [text.value for text in record.other_titles]
    assert _main_authors(found) == _main_authors(record)
    assert {(c.name, c.is_organisation) for c in found.contributors} == {
        (c.name, c.is_organisation) for c in record.contributors
    }
    assert (found.edition, found.extent, found.genres) == (record.edition, record.extent, record.genres)
    assert [series.title for series in found.series] == [series.title for series in record.series]
    assert found.call_numbers == record.call_numbers
    assert found.doi == record.doi
    assert [link.url for link in found.links] == [link.url for link in record.links]
    assert found.container.title == record.container.title
    assert found.languages == (record.languages or record.container.languages)


def _main_authors(record: Record) -> list[str]:
    return [c.name for c in record.contributors if c.role == "author" and not c.is_organisation]


def test_headings_lose_their_subdivisions_in_the_facet_alone() -> None:
    subjects = (Subject("Jazz -- History", "LCSH"), Subject("A / B"), Subject("Books / history", "MeSH"))
    found = document(replace(EXAMPLE, subjects=subjects))
    assert found["topic"] == ("Jazz -- History", "A / B", "Books / history")
    assert found["topic_facet"] == ("Jazz", "A / B", "Books")


def test_an_index_filled_by_vufind_gives_a_record() -> None:
    """VuFind knows neither container nor DOI of an article, and believes DOAJ's invented day."""
    found = from_document(STAFF_VIEW)
    assert found.container == Container("Advances in Hematology", issn="1687-9104", eissn="1687-9112")
    assert found.published == PublicationDate("2012", "2012-01-01")
    assert [contributor.name for contributor in found.contributors] == list(AUTHORS)
    assert found.languages == ("eng",)


def test_a_bare_document_gives_a_record() -> None:
    assert from_document({"id": ("x",)}).id == "x"


def test_copies_follow_the_order_of_the_document() -> None:
    names = list(with_copies(document(EXAMPLE)))
    assert names.index("author") < names.index("title") < names.index("series")
