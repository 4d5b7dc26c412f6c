"""The help page: examples in words the catalogue has, in every language; and VuFind's other addresses."""

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.search.parse import parse
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.web.search.help import help_page


def test_every_example_is_read_without_a_remark(catalogue: StubLibrary) -> None:
    page = help_page(catalogue)
    examples = [*page.words, *page.fields, *page.pubmed, *page.ovid, *page.cql]
    read = [parse(example.text) for example in examples]
    assert {example.text: found.notes for example, found in zip(examples, read, strict=True) if found.notes} == {}
    assert {found.syntax for found in read} == set(SYNTAXES)


def test_the_groups_of_examples_are_in_their_language(catalogue: StubLibrary) -> None:
    page = help_page(catalogue)
    for name, examples in (("box", page.words), ("pubmed", page.pubmed), ("ovid", page.ovid), ("cql", page.cql)):
        assert {parse(example.text).syntax for example in examples} == {name}


def test_help_is_vufinds_address_and_one_page_for_every_topic(client: Client) -> None:
    assert client.get("/Help/Home?topic=advsearch").status_code == 200
    page = Page(client.get("/Help/Home?topic=search"))
    assert page.texts("//h1") == ["Help"]
    assert page.root.xpath("//footer//a/@href")[1] == "/Help/Home"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/Browse/Author", "/Alphabrowse/Home?source=author"),
        ("/Browse/Topic?findby=alphabetical", "/Alphabrowse/Home?source=topic"),
        ("/Browse/Dewey", "/Browse/Home"),
        ("/Author/Home?author=Reda%2C+Gianluigi", "/Search/Results?lookfor=%22Reda%2C+Gianluigi%22&type=Author"),
        ("/Author/Home", "/Alphabrowse/Home?source=author"),
        ("/Author/Search?lookfor=reda", "/Search/Results?lookfor=%22reda%22&type=Author"),
    ],
)
def test_vufinds_addresses_lead_on(client: Client, address: str, leads_to: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, leads_to)
    assert client.get(leads_to).status_code == 200


def test_an_example_leads_to_its_search(catalogue: StubLibrary) -> None:
    example = help_page(catalogue).ovid[-1]
    assert "\n" in example.text
    assert "%0A" in example.address
    assert example.address.startswith("/Search/Results?lookfor=")
