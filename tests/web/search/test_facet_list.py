"""All values of a facet within a search: two orders, words that narrow them, pages."""

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary, sample, seed_library

from bookwheel.records.model import Contributor
from bookwheel.search.deadline import LATE_FACETS
from bookwheel.search.query import Filter, Query
from bookwheel.search.results import SearchResult
from bookwheel.web.library import use
from bookwheel.web.search.facet_list import ROWS, Place, facet_list_page

PATH = "/Search/FacetList"


def library() -> StubLibrary:
    """A hundred and twenty authors, the first ten of them of two works each."""
    people = [f"Person {number:03}" for number in range(120)]
    return seed_library(sample(number, contributors=(Contributor(people[number % 120]),)) for number in range(130))


def labels(query: Query, place: Place, catalogue: StubLibrary) -> list[tuple[str, int]]:
    page = facet_list_page(catalogue, query, "author_facet", place)
    return [(row.label, row.count) for row in page.rows]


def test_the_most_frequent_come_first() -> None:
    found = labels(Query(), Place(), library())
    assert found[:2] == [("Person 000", 2), ("Person 001", 2)]
    assert len(found) == ROWS
    assert len(labels(Query(), Place(page=3), library())) == 123 - 2 * ROWS


def test_a_list_that_cannot_be_counted_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = library()
    monkeypatch.setattr(catalogue, "search", lambda query: SearchResult(9, (), notes=(LATE_FACETS,)))
    with use(catalogue):
        response = Client().get(PATH, {"facet": "author_facet"})
    assert response.status_code == 503


def test_the_alphabet_goes_both_ways() -> None:
    catalogue = library()
    first = labels(Query(), Place("index"), catalogue)
    second = labels(Query(), Place("index", after=first[-1][0]), catalogue)
    assert [name for name, _ in first + second] == sorted(name for name, _ in first + second)
    assert labels(Query(), Place("index", before=second[0][0]), catalogue) == first


def test_words_narrow_the_list() -> None:
    for order in ("count", "index"):
        found = labels(Query(), Place(order, contains="person 11"), library())
        assert sorted(found) == [(f"Person 11{digit}", 1) for digit in range(10)]


def test_values_are_those_of_the_search() -> None:
    query = Query(filters=(Filter("publishDateSort", "1990"),))
    assert {name for name, _ in labels(query, Place(), library())} == {f"Person {n:03}" for n in (0, 30, 60, 90)}
    assert {name for name, _ in labels(query, Place("index"), library())} == {f"Person {n:03}" for n in (0, 30, 60, 90)}


def test_page_narrows_the_search_and_leads_back(client: Client) -> None:
    with use(library()):
        page = Page(client.get(f'{PATH}?lookfor=sample&filter[]=~format:"Article"&facet=author_facet&facetpage=2'))
        assert page.text("//main//h1") == "Author in the results for sample"
        assert page.root.xpath("//p[@class='eyebrow']/a/@href") == [
            "/Search/Results?lookfor=sample&type=AllFields&filter[]=~format%3A%22Article%22"
        ]
        address = page.root.xpath("//ul[@class='ledger']//a/@href")[0]
        narrowed = Page(client.get(address))
        assert narrowed.text("//p[@role='status']") == "1 result"
        hidden = page.root.xpath("//main//form//input[@type='hidden']/@name")
        assert hidden == ["lookfor", "type", "filter[]", "facet", "facetsort"]


def test_a_chosen_value_can_be_taken_off_again(client: Client) -> None:
    with use(library()):
        page = Page(client.get(f'{PATH}?filter[]=~author_facet:"Person+000"&facet=author_facet&contains=person+000'))
        assert page.texts("//a[@class='chosen']") == ["Remove the filter Person 000"]
        assert page.root.xpath("//a[@class='chosen']/@href") == ["/Search/Results"]


def test_results_lead_there_where_values_are_left_out(client: Client) -> None:
    with use(library()):
        page = Page(client.get("/Search/Results"))
        button = page.root.xpath("//button[@name='facet'][@value='author_facet']")[0]
        assert (button.get("form"), button.get("formaction")) == ("search", PATH)


def test_fields_that_are_no_facet_have_no_list(client: Client) -> None:
    for name in ("", "title", "publishDateSort", "x"):
        assert client.get(f"{PATH}?facet={name}").status_code == 404
    for number in ("x", "-1", "9" * 3000, ""):
        assert client.get(f"{PATH}?facet=author_facet&facetpage={number}").status_code == 200
