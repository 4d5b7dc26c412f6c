"""Alphabetical lists: where they start, and that leafing on and back passes every value once."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.search.browse import ROWS, SOURCES, browse_page, source_named


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_leafing_on_and_back_passes_the_same_values(catalogue: StubLibrary, source: object) -> None:
    page = browse_page(catalogue, source)  # type: ignore[arg-type]
    labels = [row.label for row in page.rows]
    assert page.previous == ""
    while page.next:
        before = page
        page = browse_page(catalogue, source, **_place(page.next))  # type: ignore[arg-type]
        labels += [row.label for row in page.rows]
        assert browse_page(catalogue, source, **_place(page.previous)).rows == before.rows  # type: ignore[arg-type]
    assert len(labels) == len(set(labels)) > 4


def test_a_list_starts_where_the_reader_says(catalogue: StubLibrary) -> None:
    source = source_named("title")
    assert source is not None
    page = browse_page(catalogue, source, start="samples")
    assert page.rows == ()
    page = browse_page(catalogue, source, start="Lena")
    assert page.rows[0].label.startswith("Lenalidomide")
    assert len(page.rows) == ROWS
    assert not page.previous
    assert browse_page(catalogue, source, start="Sample").previous


def test_rows_lead_to_as_many_records_as_they_say(client: Client) -> None:
    for name in ("author", "topic", "journal"):
        page = Page(client.get(f"/Alphabrowse/Home?source={name}"))
        for row in page.root.xpath("//ul[@class='ledger']/li")[:4]:
            results = Page(client.get(row.xpath("string(a/@href)")))
            count = row.xpath("string(span/span[@aria-hidden])")
            assert results.text("//p[@role='status']").split(" result")[0].rpartition(" of ")[2] == count


def test_page_shows_the_lists_and_the_letters(client: Client) -> None:
    page = Page(client.get("/Alphabrowse/Home?source=author&from=m"))
    assert page.texts("//nav[@class='tabs']//a[@aria-current]") == ["Authors"]
    assert page.count("//nav[@class='letters']//a") == 26
    assert page.texts("//ul[@class='ledger']//a")[0] == "Mariarita Sciumè"
    shelves = Page(client.get("/Browse/Home")).texts("//h2")
    assert shelves == ["Authors", "Titles", "Subjects", "Journals", "Tags", "New in this catalogue"]


def test_unknown_lists_are_not_there(client: Client) -> None:
    assert client.get("/Alphabrowse/Home?source=shoes").status_code == 404


def _place(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items() if name != "source"}
