"""What the server says for a book bag, which it keeps nothing of."""

from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.lists.bag import MOST_TITLES


def test_titles_come_in_the_order_asked_and_name_what_is_gone(client: Client, catalogue: StubLibrary) -> None:
    catalogue.deleted = frozenset({"sample-2"})
    page = Page(client.get("/Cart/Titles?id[]=sample-3&id[]=sample-2&id[]=sample-1"))
    assert page.texts("//h2") == ["Sample work number 3", "No longer in the catalogue", "Sample work number 1"]


def test_titles_are_given_for_so_many_records_at_once(client: Client) -> None:
    asked = "&".join(f"id[]=sample-{number}" for number in range(60))
    assert Page(client.get(f"/Cart/Titles?{asked}")).count("//li") == MOST_TITLES


def test_a_bag_costs_no_session_and_no_cookie(client: Client) -> None:
    for address in ("/Cart/Home", "/Cart/Titles?id[]=sample-1", "/Search/Results?lookfor=sample", "/Record/sample-1"):
        assert not client.get(address, follow=True).cookies


def test_without_script_the_page_says_what_can_be_done(client: Client) -> None:
    assert "scripts are switched off" in Page(client.get("/Cart/Home")).text("//noscript")


def test_the_door_to_the_bag_is_on_every_page_with_a_search_box(client: Client) -> None:
    for address in ("/Record/sample-1", "/Search/Results?lookfor=sample&type=AllFields", "/Cart/Home"):
        assert Page(client.get(address)).texts("//nav//a[@href='/Cart/Home']") == ["Book bag"]
