"""The first page: an invitation and a few honest numbers."""

from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary, sample

from bookwheel.web.library import use


def test_home_tells_how_much_is_here(client: Client) -> None:
    page = Page(client.get("/"))
    assert page.text("//dl[@class='numbers']") == "works 61 journals 10 years 1990–2019"


def test_doors_lead_to_results_with_as_many_works_as_they_say(client: Client) -> None:
    page = Page(client.get("/"))
    doors = page.root.xpath("//div[@class='doors']//li")
    assert set(page.texts("//div[@class='doors']//h2")) == {"By subject", "By year", "By language"}
    for door in doors:
        found = Page(client.get(door.xpath("a/@href")[0]))
        assert found.status == 200
        assert door.xpath("string(span)") in found.text("//p[@role='status']")


def test_search_box_is_there_once_with_a_name(client: Client) -> None:
    page = Page(client.get("/"))
    assert page.count("//form[@id='search']") == 1
    assert page.count("//label[@for='lookfor']") == 1


def test_empty_catalogue_says_so() -> None:
    with use(StubLibrary([])):
        page = Page(Client().get("/"))
    assert "still empty" in page.text()


def test_numbers_are_asked_once_in_ten_minutes() -> None:
    library = StubLibrary([sample(1)])
    with use(library):
        Client().get("/")
        Client().get("/")
    assert len(library.asked) == 1


def test_old_home_address_leads_here(client: Client) -> None:
    response = client.get("/Search/Home")
    assert (response.status_code, response["Location"]) == (301, "/")
