import io

import pytest

from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.files import FORMS
from bookwheel.sources.forms import OpenFile, recognised


def records(document: bytes) -> list[RawRecord]:
    known = recognised(document, FORMS)
    assert known is not None
    found = list(known[0].cut(OpenFile(io.BufferedReader(io.BytesIO(document)), "s", "now")))
    assert not any(isinstance(piece, Rejected) for piece in found)
    return [piece for piece in found if isinstance(piece, RawRecord)]


MARC = b'<record><leader>x</leader><controlfield tag="001"> a&amp;1 </controlfield></record>'
PUBMED = b"<PubmedArticle><MedlineCitation><PMID Version='1'>7</PMID></MedlineCitation></PubmedArticle>"


JATS = (
    b'<!DOCTYPE article [<!ENTITY a "b">]><article><front><article-meta>'
    b'<article-id pub-id-type="doi">10.5555/a</article-id><article-id pub-id-type="pmcid">PMC7</article-id>'
    b"</article-meta></front></article>"
)
MODS = (
    b'<mods:modsCollection xmlns:mods="http://www.loc.gov/mods/v3"><mods:mods><mods:titleInfo/><mods:recordInfo>'
    b"<mods:recordIdentifier>m1</mods:recordIdentifier></mods:recordInfo></mods:mods></mods:modsCollection>"
)
ENDNOTE = b"<xml><records><record>%s<titles/></record></records></xml>"
KEY = b"<foreign-keys><key app='EN' db-id='z9'>12</key></foreign-keys>"
COLLECTION = b'<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">%s</collection>'


@pytest.mark.parametrize(
    ("document", "format_", "identifiers"),
    [
        (COLLECTION % (MARC * 2), "marcxml", ["a&1"] * 2),
        (b"  " + MARC, "marcxml", ["a&1"]),
        (b"<!DOCTYPE PubmedArticleSet><PubmedArticleSet>" + PUBMED + b"</PubmedArticleSet>", "pubmed", ["7"]),
        (PUBMED, "pubmed", ["7"]),
        (JATS, "jats", ["PMC7"]),
        (MODS, "mods", ["m1"]),
        (ENDNOTE % b"<database name='a'>a</database>", "endnote_xml", [""]),
        (ENDNOTE % KEY, "endnote_xml", ["z9-12"]),
    ],
    ids=["marcxml", "bare marcxml", "pubmed", "one citation", "jats", "mods", "endnote", "endnote with key"],
)
def test_forms_are_known_by_content(document: bytes, format_: str, identifiers: list[str]) -> None:
    known = recognised(document, FORMS)
    assert known is not None
    assert known[1] == format_
    found = records(document)
    assert [record.identifier for record in found] == identifiers
    assert {record.format for record in found} == {format_}


@pytest.mark.parametrize("document", [b"<html><front/></html>", b"<article><p/></article>", b"<collection/>", b"text"])
def test_other_documents_are_not(document: bytes) -> None:
    assert recognised(document, FORMS) is None


def test_deleted_citations_are_tombstones() -> None:
    deletions = b"<DeleteCitation><PMID Version='1'>8</PMID><PMID Version='1'>9</PMID></DeleteCitation>"
    found = records(b"<PubmedArticleSet>" + PUBMED + deletions + b"</PubmedArticleSet>")
    assert [(record.identifier, record.deleted) for record in found] == [("7", False), ("8", True), ("9", True)]


def test_datestamps() -> None:
    changed = MARC.replace(b"</record>", b'<controlfield tag="005">20041119231703.0</controlfield></record>')
    revised = b"<DateRevised><Year>2021</Year><Month>2</Month><Day>09</Day></DateRevised></MedlineCitation>"
    assert records(changed)[0].datestamp == "2004-11-19"
    assert records(PUBMED.replace(b"</MedlineCitation>", revised))[0].datestamp == "2021-02-09"
