"""Papers beside a search: recall, and a sentence for each paper it misses."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.search.query import Filter
from bookwheel.search.url import from_url
from bookwheel.web.search.why import why_page

PATH = "/Search/Why"


def test_page_tells_recall_and_reasons(catalogue: StubLibrary) -> None:
    query = from_url([("lookfor", "lenalidomide"), ("filter[]", 'format:"Book"')])
    page = why_page(query, "x", catalogue.why(query, f"{SEED_ID}\nsample-1\n10.1/x"))
    assert (page.found, page.in_catalogue, page.recall, page.asked) == (0, 2, 0, 3)
    filtered, failing, unknown = page.missing
    assert filtered.code == "Format: Book"
    assert filtered.mend == "/Search/Results?lookfor=lenalidomide&type=AllFields"
    assert (failing.code, failing.address) == ("lenalidomide", "/Record/sample-1")
    assert (unknown.reason, unknown.address) == ("It is not in this catalogue.", "")
    assert Filter("format", "Book") in query.filters


def test_form_keeps_search_and_papers(client: Client) -> None:
    page = Page(client.get(f"{PATH}?lookfor=lenalidomide&type=Title"))
    assert page.root.xpath("//main//form/@action") == [f"{PATH}?lookfor=lenalidomide&type=Title"]
    assert page.count("//h2") == 0
    answered = Page(client.post(f"{PATH}?lookfor=lenalidomide&type=Title", {"papers": f"{SEED_ID}\nsample-1"}))
    assert answered.text("//h2[@id='answer']") == "1 of 2 papers found: 50 %"
    assert answered.text("//textarea") == f"{SEED_ID} sample-1"
    assert answered.texts("//ul[@class='verdicts'][1]//a")[0] == "sample-1"


def test_a_file_is_read(client: Client) -> None:
    ris = "TY  - JOUR\nDO  - 10.1155/2012/393864\nER  - \n"
    upload = SimpleUploadedFile("papers.ris", ris.encode())
    page = Page(client.post(f"{PATH}?lookfor=lenalidomide", {"papers": "", "file": upload}))
    assert page.text("//h2[@id='answer']") == "1 of 1 papers found: 100 %"


def test_what_cannot_be_read_is_said(client: Client) -> None:
    assert "No DOI" in Page(client.get(f"{PATH}?lookfor=x&papers=,,,")).text()
    response = client.post(f"{PATH}?lookfor=x", {"papers": "10.1/none"})
    assert "None of these papers is in the catalogue" in Page(response).text()
    assert response["Cache-Control"] == "no-store"
