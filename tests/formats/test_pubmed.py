import pytest
from lxml import etree
from tests.formats.cases import case

from bookwheel.formats import pubmed, pubmed_parts
from bookwheel.formats.reading import Findings
from bookwheel.records.raw import RawRecord


@pytest.mark.parametrize(
    ("title", "vernacular", "languages", "expected"),
    [
        ("An anatomy.", "", ("eng",), [("An anatomy", "eng")]),
        ("[An anatomy].", "Eine Anatomie.", ("deu",), [("An anatomy", "eng"), ("Eine Anatomie", "deu")]),
        ("[An anatomy.]", "", ("deu",), [("An anatomy.", "eng")]),
        ("[Not Available].", "Eine Anatomie.", ("deu",), [("Eine Anatomie", "deu")]),
        ("[In Process Citation]", "", ("deu",), []),
        ("[A] wheel or [B].", "", ("eng",), [("[A] wheel or [B]", "eng")]),
        ("Wheels in the U.S.", "", ("eng",), [("Wheels in the U.S.", "eng")]),
        ("Et cetera...", "", (), [("Et cetera...", "")]),
        ("Does it turn?", "", ("eng", "fra"), [("Does it turn?", "")]),
    ],
)
def test_titles(title: str, vernacular: str, languages: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    found = pubmed_parts.titles(title, vernacular, languages)
    assert [(text.value, text.language) for text in found] == expected


@pytest.mark.parametrize(
    ("inside", "value", "source"),
    [
        ("<Year>2005</Year><Month>May</Month><Day>7</Day>", "2005-05-07", "2005-05-07"),
        ("<Year>2005</Year><Month>05</Month>", "2005-05", "2005-05"),
        ("<Year>1976</Year><Season>Fall</Season>", "1976", "1976 Fall"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998", "1998 Dec-1999 Jan"),
        ("<MedlineDate>1999 Jul-Aug</MedlineDate>", "1999", "1999 Jul-Aug"),
        ("<MedlineDate>2017 Dec 12-18</MedlineDate>", "2017-12", "2017 Dec 12-18"),
        ("<MedlineDate>Winter 2000</MedlineDate>", "2000", "Winter 2000"),
    ],
)
def test_dates(inside: str, value: str, source: str) -> None:
    found = pubmed_parts.date(etree.fromstring(f"<PubDate>{inside}</PubDate>"))
    assert found is not None
    assert (found.value, found.source) == (value, source)


@pytest.mark.parametrize("inside", ["", "<MedlineDate>undated</MedlineDate>", "<Year>0201</Year>"])
def test_what_is_no_date(inside: str) -> None:
    assert pubmed_parts.date(etree.fromstring(f"<PubDate>{inside}</PubDate>")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leiden, The Netherlands. a@example.org.", "Leiden, The Netherlands"),
        ("Leiden. Electronic address: a@example.org.", "Leiden"),
        ("Leiden.", "Leiden."),
    ],
)
def test_affiliations_lose_the_address_and_what_announced_it(text: str, expected: str) -> None:
    place = f"<AffiliationInfo><Affiliation>{text}</Affiliation></AffiliationInfo>"
    payload = f"<Author><LastName>A</LastName>{place}</Author>"
    found = pubmed_parts.contributors([etree.fromstring(payload)], "author", Findings())
    assert found[0].affiliations == (expected,)


def test_a_retracted_publication_without_a_notice_is_retracted() -> None:
    payload = case("pmid-90000002").raw.payload
    begin, end = payload.index(b"<CommentsCorrectionsList"), payload.index(b"</CommentsCorrectionsList>") + 26
    reading = pubmed.read(RawRecord("pubmed", "1", "", "pubmed", payload[:begin] + payload[end:]))
    assert reading.record is not None
    assert reading.record.is_retracted


def test_every_element_is_mapped_or_unused() -> None:
    reading = case("pmid-90000001").reading
    told = {rule.element for rule in reading.provenance} | set(reading.unused)
    assert "MedlineCitation/Article/GrantList" in reading.unused
    assert "MedlineCitation/Article/AuthorList/Author/LastName" in told
    assert not {rule.element for rule in reading.provenance} & set(reading.unused)


def test_another_element_is_refused() -> None:
    assert pubmed.read(RawRecord("pubmed", "1", "", "pubmed", b"<html/>")).record is None
