import pytest
from django.test import Client
from tests.formats.cases import case
from tests.web.page import Page
from tests.web.stub import StubLibrary, sample

from bookwheel.records.model import Record, Relation, Subject, Text
from bookwheel.web.catalog.details import details
from bookwheel.web.library import use


def record(name: str) -> Record:
    found = case(name).reading.record
    assert found is not None
    return found


def rows(found: Record) -> dict[str, list[str]]:
    return {detail.label: [line.text for line in detail.lines] for detail in details(found)}


def test_a_book_of_a_library() -> None:
    assert rows(record("example-heb-880")) == {
        "Physical Description:": ["2 v. in 1 (384 p.) ; 24 cm."],
        "Place of Publication:": ["Tel-Aviv"],
        "Genre:": ["Essays"],
        "Item Description:": ["In Hebrew."],
        "ISBN:": ["9783161484100"],
        "Call Number:": ["BS1225.4 .Z48 1961"],
        "Contains:": ["Vitruvius Pollio. De architectura"],
    }


def test_a_journal_with_former_and_later_titles() -> None:
    found = rows(record("example-ser-1"))
    assert (found["Previous Title:"], found["Later Title:"]) == (["Wheel monthly"], ["Wheel yearly"])


@pytest.mark.parametrize(
    ("relation", "address"),
    [
        (Relation("retraction", "doi", "10.5555/a b"), "https://doi.org/10.5555/a%20b"),
        (Relation("correction", "pmid", "7", "J. 2001"), "https://pubmed.ncbi.nlm.nih.gov/7"),
        (Relation("other", "url", "javascript:alert(1)"), ""),
        (Relation("strange", "doi", "10.5555/a"), "https://doi.org/10.5555/a"),
    ],
)
def test_related_works_lead_to_known_places_alone(relation: Relation, address: str) -> None:
    found = details(Record("a", "s", "", "", "", "", relations=(relation,)))
    assert found[0].lines[0].address == address


def test_a_work_with_nothing_more_to_tell_has_no_table() -> None:
    assert details(Record("a", "s", "", "", "", "")) == ()


def test_the_page_shows_other_titles_edition_and_retraction() -> None:
    found = sample(
        1,
        other_titles=(Text("Une <i>roue</i>", "fra"),),
        edition="2nd ed.",
        extent="12 p.",
        relations=(Relation("retraction", "doi", "10.5555/r"),),
    )
    with use(StubLibrary([found])):
        page = Page(Client().get("/Record/sample-1/Description"))
    assert "Other Titles: Une roue" in page.text()
    assert page.root.xpath("//bdi[@lang='fr']")
    assert "Edition: 2nd ed." in page.text()
    assert "Physical Description: 12 p." in page.text()
    assert page.text("//p[@role='note']") == "This work has been retracted."
    assert page.root.xpath("//a[.='10.5555/r']/@href") == ["https://doi.org/10.5555/r"]


def test_headings_with_subdivisions_lead_to_all_of_the_heading() -> None:
    with use(StubLibrary([sample(1, subjects=(Subject("Jazz -- History", "LCSH"),))])):
        page = Page(Client().get("/Record/sample-1"))
    (address,) = page.root.xpath("//a[.='Jazz -- History']/@href")
    assert address.endswith("topic_facet%3A%22Jazz%22")
