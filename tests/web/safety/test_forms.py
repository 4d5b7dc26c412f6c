"""Nothing is done for a form that did not come from our own page (reliability S18)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from tests.web.page import Page
from tests.web.safety.conftest import canary
from tests.web.safety.crawling import addresses_of, browser_of, is_refused, watched
from tests.web.safety.examples import SENT_WELL, make
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import OF_CURATORS, ROLES, Deed, Role, World
from tests.web.safety.routes import all_routes

WITHOUT_PROOF = {
    "Cart/Export": "reads the catalogue alone; many chosen records are too long for an address",
    "Search/Why": "reads the catalogue alone; a list of papers is too long for an address",
    "resolve": "reads the catalogue alone; citing programs post what they look for",
    "OAI/Server": "the protocol allows POST; it reads the catalogue alone",
    "SRU": "the protocol allows POST; it reads the catalogue alone",
    "Alerts/Unsubscribe/<str:token>": "the signed token is the proof; programs for mail post by themselves (RFC 8058)",
}
"""Routes that take a POST from anywhere, each with its reason."""

COUNTER = "account_counter"
"""The table where it is counted how often strangers try, which they change by trying."""


def test_only_these_take_a_form_from_elsewhere() -> None:
    assert {route.pattern for route in all_routes() if route.is_exempt_from_csrf} == set(WITHOUT_PROOF)


@pytest.fixture
def filled(world: World) -> World:
    make(world, canary)
    return world


def strict(role: Role, world: World) -> Client:
    """A browser whose forms are looked at, as they are outside tests."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if role != "stranger":
        client.force_login(world.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def protected(world: World) -> Iterator[str]:
    """One address of every route that wants proof."""
    for route in all_routes():
        if not route.is_exempt_from_csrf:
            yield from addresses_of(route, world)[:1]


def is_undone(response: Any) -> bool:
    """Refused; who is signed in already is led on by the page for signing in, whose form had nothing to do."""
    is_at_door = response.request["PATH_INFO"] == "/MyResearch/Login"
    leads_there = response.headers.get("Location", "").startswith("/MyResearch/Login?")
    return bool(response.status_code == 403 or (is_at_door and leads_there))


@pytest.mark.parametrize("role", ["stranger", "owner", "operator"])
def test_a_form_without_proof_is_refused_everywhere(filled: World, role: Role) -> None:
    client = strict(role, filled)
    with watched() as writes:
        answered = {address: client.post(address) for address in protected(filled)}
    assert_none((address, answer.status_code) for address, answer in answered.items() if not is_undone(answer))
    assert writes == []


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://testserver.evil.example"}]
)
def test_a_form_of_another_site_is_refused_even_with_proof(filled: World, headers: dict[str, str]) -> None:
    client = strict("owner", filled)
    request = RequestFactory().get("/")
    token = get_token(request)
    client.cookies["csrf"] = request.META["CSRF_COOKIE"]
    with watched() as writes:
        answered = {
            address: client.post(address, {"csrfmiddlewaretoken": token}, headers=headers)
            for address in protected(filled)
        }
    assert_none((address, answer.status_code) for address, answer in answered.items() if not is_undone(answer))
    assert writes == []


def test_a_stranger_changes_nothing_by_a_form(filled: World) -> None:
    """With proof, but without having signed in: nothing of anybody's is touched, and nothing breaks."""
    client = Client(raise_request_exception=False)
    with watched() as writes:
        answered = {
            address: client.post(address).status_code
            for route in all_routes()
            for address in addresses_of(route, filled)[:1]
        }
    assert_none({address: status for address, status in answered.items() if status >= 500}.items())
    assert [sql for sql in writes if f'"{COUNTER}"' not in sql] == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_what_is_not_theirs(filled: World, role: Role) -> None:
    """Sent well, by somebody who may not: there is nothing, and nothing was done."""
    client = browser_of(role, filled)
    found = []
    for deed in (*SENT_WELL, *(deed for example in filled.made for deed in example.deeds)):
        if role not in deed.done_by:
            status, location, writes = _done(client, deed)
            is_led_on = role in deed.led_on and status == 302
            if writes or not (is_led_on or is_refused(status, location, role)):
                found.append(f"{deed.address} as {role}: {status}, wrote {writes}")
    assert_none(found)


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_change_a_thing_can(filled: World, role: Role) -> None:
    """Else the test before this one proves nothing."""
    client = browser_of(role, filled)
    found = []
    for deed in (*SENT_WELL, *(deed for example in filled.made for deed in example.deeds)):
        if role in deed.done_by:
            status, _, writes = _done(client, deed)
            if not writes or status not in (200, 302, 303):
                found.append(f"{deed.address} as {role}: {status}, wrote {writes}")
    assert_none(found)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_forms_of_operators_and_curators_are_none_to_others(filled: World, role: Role) -> None:
    client = browser_of(role, filled)
    addresses = {address for route in all_routes() for address in addresses_of(route, filled)[:1]}
    closed = [address for address in sorted(addresses) if address.startswith("/Admin/")]
    if role == "curator":
        closed = [address for address in closed if not address.startswith(OF_CURATORS)]
    assert len(closed) > 10
    with watched() as writes:
        answered = {address: client.post(address).status_code for address in closed}
    assert_none((address, status) for address, status in answered.items() if status != 404)
    assert writes == []


def _done(client: Client, deed: Deed) -> tuple[int, str, list[str]]:
    """Status, where it leads, and what was written, which is taken back: each deed finds its thing as it was made."""
    with transaction.atomic():
        with watched() as writes:
            response = client.post(deed.address, deed.data)
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", ""), writes


def test_what_reads_only_takes_a_form_and_changes_nothing(filled: World) -> None:
    client = strict("owner", filled)
    with watched() as writes:
        for route in all_routes():
            if route.is_exempt_from_csrf:
                assert client.post(addresses_of(route, filled)[0]).status_code < 500
    assert writes == []


def test_a_refused_form_is_a_page_that_says_what_to_do(world: World) -> None:
    response = strict("stranger", world).post("/Search/Results")
    page = Page(response)
    assert page.status == 403
    assert page.text("//h1") == "This form has to be sent again"
    assert page.count("//form[@id='search']") == 1
    assert "no-store" in response["Cache-Control"]
