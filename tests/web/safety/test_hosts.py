"""What a request says of our name is believed nowhere: links are those of the configuration (reliability S17)."""

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.safety.conftest import canary
from tests.web.safety.crawling import all_addresses, body_of
from tests.web.safety.examples import make
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import World

FORGED = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-server": "evil.example",
    "x-forwarded-proto": "gopher",
    "x-forwarded-port": "6666",
    "x-forwarded-prefix": "/evil.example",
    "x-host": "evil.example",
    "x-original-host": "evil.example",
    "x-original-url": "/evil.example",
    "x-rewrite-url": "/evil.example",
    "forwarded": "host=evil.example;proto=gopher",
    "origin": "https://evil.example",
    "referer": "https://evil.example/",
}

HOSTS = (
    "evil.example",
    "evil.example:80",
    "testserver@evil.example",
    "testserver.evil.example",
    "testserver:80@evil.example",
    "testserver evil.example",
    "testserver/evil.example",
    "testserver?evil.example",
    "testserver#evil.example",
    "testserver,evil.example",
    "[evil.example]",
    "",
)


@pytest.fixture
def filled(world: World) -> World:
    make(world, canary)
    return world


def test_no_answer_repeats_a_forged_name(filled: World) -> None:
    repeated = []
    for client in (Client(raise_request_exception=False), signed_in(filled.owner)):
        for address in all_addresses(filled):
            response = client.get(address, headers=FORGED)
            told = body_of(response) + repr(response.headers)
            if any(word in told for word in ("evil.example", "gopher:", ":6666")):
                repeated.append(address)
    assert_none(repeated)


def test_absolute_links_are_those_of_the_configuration(filled: World) -> None:
    """A catalogue that answers to several names calls itself by one."""
    client = signed_in(filled.owner)
    called = []
    for address in all_addresses(filled):
        response = client.get(address, headers={"host": "localhost:4444"})
        if "localhost" in body_of(response) + response.headers.get("Location", ""):
            called.append(address)
    assert_none(called)


@pytest.mark.parametrize("host", HOSTS)
def test_no_address_answers_to_another_name(world: World, host: str) -> None:
    client = signed_in(world.owner)
    assert client.get("/", headers={"host": host}).status_code == 400
    assert client.post("/", headers={"host": host}).status_code in (400, 405)
