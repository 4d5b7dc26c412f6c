"""The page of searches this browser made: the server knows none of them."""

from django.test import Client
from tests.web.page import Page


def test_page_is_the_same_for_everyone_and_says_what_it_needs(client: Client) -> None:
    response = client.get("/Search/History")
    page = Page(response)
    assert page.text("//h1") == "Search history"
    assert "scripts are off" in page.text("//noscript")
    assert not response.cookies


def test_result_pages_tell_the_script_their_total(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=lenalidomide&type=AllFields"))
    assert page.root.xpath("//header/@data-total") == ["1"]
