"""No address leads a reader to another site, whatever it is told (reliability S16)."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from lxml import html
from tests.web.conftest import signed_in
from tests.web.safety.addresses import leads_away
from tests.web.safety.conftest import canary
from tests.web.safety.crawling import addresses_of, browser_of
from tests.web.safety.examples import LEADING_ON, SENT_WELL, make
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import Role, World
from tests.web.safety.routes import all_routes

NAMES = ("next", "followup", "followupUrl", "return", "redirect", "redirect_to", "url", "back", "goto", "target")
"""Parameters by which sites are told where to lead on."""

WITHIN = "/Help/Home?seen=1"

AWAY = (
    "https://evil.example",
    "http://evil.example/",
    "HTTPS://EVIL.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/////evil.example/a",
    "//evil.example/%2f..",
    "//evil.example:80",
    "//user@evil.example",
    "//testserver@evil.example",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "http://testserver:pw@evil.example",
    "//evil%E3%80%82example",
    "//evil。example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\\\\evil.example",
    "//\\evil.example",
    "\\evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:////evil.example",
    "ftp://evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "%5c%5cevil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\n//evil.example",
    "\r\n//evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "ht\ttps://evil.example",
    "\x00//evil.example",
    "\x01https://evil.example",
    "\u00a0//evil.example",
    "\u2028//evil.example",
    "javascript:alert('evil')",
    "JaVaScRiPt:alert('evil')",
    "java\nscript:alert('evil')",
    "\x01javascript:alert('evil')",
    "data:text/html,evil",
    "vbscript:evil",
    "file:///evil",
    "blob:https://evil.example/1",
    "/Help/Home\r\nLocation: https://evil.example",
    "/Help/Home%0d%0aSet-Cookie:evil=1",
    "//evil.example/Help/Home",
    "?//evil.example/../..//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/Help/..//evil.example",
    "//[evil.example",
    "http://[::1]evil.example",
    "@evil.example",
    ".evil.example",
)


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "\t//e", "https:e", "javascript:e", "/\n/e"])
def test_what_leads_away_is_known(address: str) -> None:
    assert leads_away(address)


@pytest.mark.parametrize("address", ["/", "/a//b", "?a=//b", "a", "", "http://testserver/a", "/a?next=https://b"])
def test_what_stays_is_known(address: str) -> None:
    assert not leads_away(address)


def led(response: Any) -> Iterator[str]:
    """Where an answer leads by itself, and by every link and form that it has."""
    if location := response.headers.get("Location"):
        yield location
    if refresh := response.headers.get("Refresh"):
        yield refresh
    if not response.streaming and response.content and response.headers.get("Content-Type", "").startswith("text/html"):
        root: Any = html.fromstring(response.content)
        yield from map(str, root.xpath("//@href | //@action | //@formaction | //@src"))


def faults(client: Client, address: str, text: str, data: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the answers to this address, asked and posted to, when it is told to lead on to the text."""
    told = dict.fromkeys(NAMES, text)
    # A header of more than one line is no header.
    headers = {"referer": text} if text.isprintable() and text.isascii() else {}
    path = urlsplit(address).path
    for way, response in (
        ("GET", client.get(path, told, headers=headers)),
        ("POST", client.post(path, {**told, **data}, headers=headers)),
        ("POST", client.post(f"{path}?next=x", {**data, "next": text, "followup": text}, headers=headers)),
    ):
        if response.status_code >= 500:
            yield f"{way} {address} told {text!r}: {response.status_code}"
        for leads in led(response):
            if "evil" in leads.lower() and leads_away(leads):
                yield f"{way} {address} told {text!r} leads to {leads!r}"


@pytest.fixture
def filled(world: World) -> World:
    make(world, canary)
    return world


def clients(world: World) -> tuple[Client, ...]:
    return (Client(raise_request_exception=False), signed_in(world.owner))


def test_no_route_leads_away(filled: World) -> None:
    """Every route, with the few strings that fool most."""
    found = [
        fault
        for client in clients(filled)
        for route in all_routes()
        for address in addresses_of(route, filled)[:1]
        for text in ("https://evil.example", "/\\evil.example")
        for fault in faults(client, address, text, {})
    ]
    assert_none(found)


@pytest.mark.parametrize("pattern", LEADING_ON)
def test_a_route_that_leads_on_leads_on_within(filled: World, pattern: str) -> None:
    """Else the next test proves nothing."""
    form = LEADING_ON[pattern](filled)
    client = signed_in(form.person) if form.person else Client(raise_request_exception=False)
    response = client.post(form.address, {**form.data, form.name: WITHIN})
    assert response.headers.get("Location") == WITHIN


@pytest.mark.parametrize("pattern", LEADING_ON)
def test_a_route_that_leads_on_never_leads_away(filled: World, pattern: str) -> None:
    found: list[str] = []
    for text in AWAY:
        form = LEADING_ON[pattern](filled)
        client = signed_in(form.person) if form.person else Client(raise_request_exception=False)
        found.extend(faults(client, form.address, text, form.data))
    assert_none(found)


def test_no_form_that_is_sent_well_leads_away(filled: World) -> None:
    """Whatever is changed: the page that comes next is one of ours."""
    roles: tuple[Role, ...] = ("owner", "member", "operator")
    clients = {role: browser_of(role, filled) for role in roles}
    found = []
    for deed in (*SENT_WELL, *(deed for example in filled.made for deed in example.deeds)):
        for text in ("https://evil.example", "//evil.example", "/\\evil.example"):
            with transaction.atomic():
                client = next(client for role, client in clients.items() if role in deed.done_by)
                told = {**dict.fromkeys(NAMES, text), "from": text, "page": text, **deed.data}
                response = client.post(deed.address, told, headers={"referer": text})
                transaction.set_rollback(True)
            leads = response.headers.get("Location", "")
            if leads_away(leads) or "evil" in leads or response.status_code not in (200, 302):
                found.append(f"{deed.address} told {text!r}: {response.status_code}, leads to {leads!r}")
    assert_none(found)


def test_every_route_that_leads_on_is_known(filled: World) -> None:
    """What to do: give it a line in LEADING_ON of examples.py."""
    found = set()
    for client in clients(filled):
        for route in all_routes():
            for address in addresses_of(route, filled)[:1]:
                told = dict.fromkeys(NAMES, WITHIN)
                path = urlsplit(address).path
                answers = (client.get(path, told), client.post(path, told))
                if any(answer.headers.get("Location") == WITHIN for answer in answers):
                    found.add(route.pattern)
    assert found <= set(LEADING_ON)
