"""Signing in with a provider, from the button to the page one came from, through both servers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from lxml import html
from tests.oidc.conftest import Servers


@pytest.fixture
def browsers(servers: Servers) -> Iterator[Callable[[], httpx2.Client]]:
    """Each keeps its own cookies and follows redirects, as a reader's browser does."""
    with ExitStack() as open_ones:
        yield lambda: open_ones.enter_context(
            httpx2.Client(base_url=servers.catalogue, follow_redirects=True, trust_env=False, timeout=30)
        )


@pytest.fixture
def browser(browsers: Callable[[], httpx2.Client]) -> httpx2.Client:
    return browsers()


def send(browser: httpx2.Client, answer: httpx2.Response, xpath: str = "//form", **typed: str) -> httpx2.Response:
    """Fill in a form of a page, and send it."""
    root: Any = html.fromstring(answer.text, base_url=str(answer.url))
    form = root.xpath(xpath)[0]
    fields = {i.get("name"): i.get("value") or "" for i in form.xpath(".//input[@name]")}
    action = httpx2.URL(str(answer.url)).join(form.get("action"))
    return browser.post(
        action, data={**fields, **typed}, headers={"Origin": f"{action.scheme}://{action.netloc.decode()}"}
    )


def sign_in(
    browser: httpx2.Client, servers: Servers, login: str, place: str = "/MyResearch/Profile"
) -> httpx2.Response:
    """Press the button, say who one is at the provider, agree, and come back."""
    page = browser.get("/MyResearch/Login", params={"next": place})
    assert servers.provider in page.headers["Content-Security-Policy"]
    return agree(browser, servers, send(browser, page, _BUTTON), login)


_BUTTON = "//form[contains(@action, '/oidc/uni/')]"


def agree(browser: httpx2.Client, servers: Servers, asked: httpx2.Response, login: str) -> httpx2.Response:
    assert str(asked.url).startswith(f"{servers.provider}/interaction/")
    agreed = send(browser, asked, login=login, password="any")
    while str(agreed.url).startswith(servers.provider):
        agreed = send(browser, agreed)
    return agreed


def test_somebody_new_has_an_account_and_is_where_they_came_from(
    servers: Servers, browser: httpx2.Client, browsers: Callable[[], httpx2.Client]
) -> None:
    page = sign_in(browser, servers, "eva")
    assert str(page.url) == f"{servers.catalogue}/MyResearch/Profile"
    assert "eva@example.org" in page.text
    assert "eva@example.org" in sign_in(browsers(), servers, "eva").text
    [eva] = [person for person in servers.user("list") if person["email"] == "eva@example.org"]
    assert eva["is_verified"]
    # What others see is hers to choose.
    assert eva["name"] == ""


def test_a_verified_address_opens_the_account_that_has_it_and_an_unverified_one_does_not(
    servers: Servers, browser: httpx2.Client, browsers: Callable[[], httpx2.Client]
) -> None:
    servers.user("add", "ada@example.org", "--name", "Ada Lovelace")
    stopped = sign_in(browser, servers, "thief")
    assert "Look into your mail" in stopped.text
    assert str(browser.get("/MyResearch/Profile").url) != f"{servers.catalogue}/MyResearch/Profile"
    assert "Ada Lovelace" in sign_in(browsers(), servers, "ada").text
    assert "Look into your mail" in sign_in(browsers(), servers, "thief").text
    assert len([p for p in servers.user("list") if p["email"] == "ada@example.org"]) == 1


def test_an_address_of_another_domain_makes_no_account(servers: Servers, browser: httpx2.Client) -> None:
    assert "takes no sign-ups of strangers" in sign_in(browser, servers, "stranger").text
    assert "x@elsewhere.example" not in [person["email"] for person in servers.user("list")]


def test_a_link_to_a_provider_only_shows_a_button(servers: Servers, browser: httpx2.Client) -> None:
    page = browser.get("/account/oidc/uni/login/")
    assert str(page.url).startswith(servers.catalogue)
    assert html.fromstring(page.text).xpath("//main//button/text()") == ["The university"]


def test_an_account_is_linked_by_its_owner_and_unlinked(
    servers: Servers, browser: httpx2.Client, browsers: Callable[[], httpx2.Client]
) -> None:
    password = "a wheel of books"
    servers.user("add", "bert@example.org", "--password-stdin", typed=f"{password}\n")
    page = browser.get("/MyResearch/Login", params={"next": "/account/linked/"})
    linked = send(browser, page, "//main//form", login="bert@example.org", password=password)
    asked_again = agree(browser, servers, send(browser, linked, _BUTTON), "carl")
    assert "/account/reauthenticate/" in str(asked_again.url)
    linked = send(browser, asked_again, "//main//form", password=password)
    assert html.fromstring(linked.text).xpath("//ul[@class='sessions']//strong/text()") == ["The university"]
    elsewhere = browsers()
    assert "bert@example.org" in sign_in(elsewhere, servers, "carl").text
    send(browser, linked, "//ul[@class='sessions']//form")
    assert "bert@example.org" not in sign_in(browsers(), servers, "carl").text


def test_an_answer_nobody_asked_for_signs_nobody_in(servers: Servers, browser: httpx2.Client) -> None:
    page = browser.get("/account/oidc/uni/login/callback/", params={"code": "x", "state": "y"})
    assert page.status_code in (200, 401)
    assert "Signing in did not work" in page.text


def test_a_provider_that_does_not_answer_is_told_as_that(servers: Servers, browser: httpx2.Client) -> None:
    page = send(browser, browser.get("/MyResearch/Login"), "//form[contains(@action, '/oidc/gone/')]")
    assert "Signing in did not work" in page.text
