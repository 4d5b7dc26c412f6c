"""Defences every answer carries, whatever it is (reliability S14, S17, S18, S30)."""

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.people.models import Person

ADDRESSES = (
    "/",
    "/Search/Results",
    "/Search/Results?page=0",
    "/Search/Home",
    f"/Record/{SEED_ID}",
    f"/Record/{SEED_ID}/Details",
    "/Record/nobody-knows",
    "/nothing/here",
    "/robots.txt",
    "/health",
    "/api/v1/search",
    "/api/v1/record",
    "/static/bookwheel.css",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_forbids_what_we_never_do(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies
    # A file is open until it is read to its end.
    b"".join(response)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_to_a_signed_in_reader_is_kept_by_no_cache(
    catalogue: StubLibrary, reader: Person, address: str
) -> None:
    """Also where nothing on it is theirs: what is private today must not hang on what is private tomorrow (S23)."""
    response = signed_in(reader).get(address)
    if not address.startswith("/static/"):
        assert response["Cache-Control"] == "private, no-store"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    b"".join(response)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_for_reading_only(client: Client, method: str) -> None:
    for address in ("/", "/Search/Results", f"/Record/{SEED_ID}", "/health", "/robots.txt"):
        assert getattr(client, method)(address).status_code == 405


def test_head_answers_as_get_without_a_body(client: Client) -> None:
    for address in ("/", "/Search/Results", f"/Record/{SEED_ID}"):
        response = client.head(address)
        assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1@evil.example", "127.0.0.1:80:80", "localhost.evil.example", ""]
)
def test_other_host_names_are_refused(client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


def test_forwarded_host_is_not_believed(client: Client) -> None:
    response = client.get("/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert response.status_code == 200
    assert b"evil.example" not in response.content


def test_nothing_on_a_page_comes_from_elsewhere(client: Client) -> None:
    from tests.web.page import Page

    for address in ("/", "/Search/Results", f"/Record/{SEED_ID}"):
        page = Page(client.get(address))
        loaded = page.root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
        assert loaded
        assert all(str(source).startswith("/static/") for source in loaded)
        assert page.count("//style | //script[not(@src) and not(@type='application/ld+json')] | //*[@style]") == 0


def test_static_files_are_kept_for_good_at_addresses_that_change_with_them(client: Client) -> None:
    from tests.web.page import Page

    addresses = Page(client.get("/")).root.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert len(addresses) > 1
    for address in addresses:
        assert "?v=" in address
        response = client.get(address)
        assert response.status_code == 200
        assert "max-age=31536000" in response["Cache-Control"]
        assert b"".join(response)
