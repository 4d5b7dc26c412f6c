"""What caches may keep: pages of strangers, never those of somebody with a session."""

from django.test import Client
from tests.web.conftest import signed_in
from tests.web.stub import SEED_ID

from bookwheel.web.people.models import Person

ADDRESSES = ("/", "/Search/Results?lookfor=sample&type=AllFields", f"/Record/{SEED_ID}", "/nothing/here")


def test_pages_of_a_signed_in_reader_are_kept_by_no_cache(client: Client, reader: Person) -> None:
    browser = signed_in(reader)
    assert {browser.get(address)["Cache-Control"] for address in ADDRESSES} == {"private, no-store"}


def test_pages_of_strangers_may_be_kept_and_ask_no_session(client: Client) -> None:
    for address in ADDRESSES[:3]:
        response = client.get(address)
        assert response["Cache-Control"].startswith("public, max-age=")
        assert not response.cookies
