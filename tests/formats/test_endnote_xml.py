import pytest

from bookwheel.formats import endnote_xml
from bookwheel.records import kinds
from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord


def record(inside: str, kind: str = "Journal Article", identifier: str = "") -> Record:
    title = "<titles><title>A wheel.</title><secondary-title>Wheels</secondary-title></titles>"
    payload = f'<record><ref-type name="{kind}">0</ref-type>{title}{inside}</record>'
    found = endnote_xml.read(RawRecord("s", identifier, "", "endnote_xml", payload.encode())).record
    assert found is not None
    return found


def test_a_secondary_title_is_a_books_series_and_an_articles_journal() -> None:
    article, book = record(""), record("", "Book")
    assert (article.container.title, article.series) == ("Wheels", ())
    assert (book.container.title, [series.title for series in book.series]) == ("", ["Wheels"])


@pytest.mark.parametrize(
    ("kind", "inside", "expected"),
    [
        ("Generic", "<volume>3</volume>", kinds.ARTICLE),
        ("Generic", "", kinds.OTHER),
        ("Thesis", "", kinds.THESIS),
        ("Book Section", "", kinds.CHAPTER),
    ],
)
def test_kinds(kind: str, inside: str, expected: str) -> None:
    assert record(inside, kind).format == expected


@pytest.mark.parametrize(
    ("bank", "scheme"), [("", "pmid"), ("PubMed", "pmid"), ("Web of Science", "other"), ("Medline", "pmid")]
)
def test_an_accession_number_is_of_its_bank(bank: str, scheme: str) -> None:
    inside = f"<accession-num>123</accession-num><remote-database-name>{bank}</remote-database-name>"
    assert record(inside).identifiers[0].scheme == scheme


def test_a_record_without_identifier_keeps_its_address_when_read_again() -> None:
    year = "<dates><year>2001</year></dates>"
    first, again, other = record(year), record(year + "<notes>more</notes>"), record("<dates><year>2002</year></dates>")
    assert first.id == again.id != other.id
    assert first.source_identifier


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<year>1979</year><pub-dates><date>1979 Oct 27</date></pub-dates>", "1979-10-27"),
        ("<year>1979</year><pub-dates><date>Oct 27</date></pub-dates>", "1979"),
        ("<pub-dates><date>2020-05-01</date></pub-dates>", "2020-05-01"),
    ],
)
def test_dates(dates: str, expected: str) -> None:
    published = record(f"<dates>{dates}</dates>").published
    assert published is not None
    assert published.value == expected
