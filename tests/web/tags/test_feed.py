"""A tag is followed as a feed: what everybody may see of it, the latest tagged first."""

import pytest
from django.test import Client
from lxml import etree
from tests.web.conftest import signed_in
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.library import library
from bookwheel.web.people.models import Person
from bookwheel.web.tags.tagging import add_tags
from bookwheel.web.works.keeping import work_of

ATOM = "{http://www.w3.org/2005/Atom}"


def tag(person: Person, record_id: str, text: str, *, private: bool = False) -> None:
    found = library().record(record_id)
    assert found is not None
    add_tags(person, work_of(found), text, private=private)


def links(client: Client, text: str = "leukaemia") -> list[str]:
    root = etree.fromstring(client.get("/Tag/Feed", {"lookfor": text}).content)
    return [str(link.attrib["href"]) for link in root.iterfind(f"{ATOM}entry/{ATOM}link")]


def test_the_latest_tagged_stand_first(client: Client, reader: Person) -> None:
    tag(reader, "sample-1", "Leukaemia")
    tag(reader, SEED_ID, "leukaemia")
    assert links(client) == [f"http://testserver/Record/{SEED_ID}", "http://testserver/Record/sample-1"]


def test_private_tags_are_in_no_feed(client: Client, reader: Person) -> None:
    tag(reader, SEED_ID, "leukaemia", private=True)
    assert links(client) == []
    assert links(signed_in(reader)) == []


def test_a_withdrawn_record_is_in_no_feed(client: Client, catalogue: StubLibrary, reader: Person) -> None:
    tag(reader, SEED_ID, "leukaemia")
    catalogue.deleted = frozenset({SEED_ID})
    assert links(client) == []


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_it_comes_in_every_form_and_not_twice(client: Client, reader: Person, form: str) -> None:
    tag(reader, SEED_ID, "leukaemia")
    answer = client.get("/Tag/Feed", {"lookfor": "leukaemia", "form": form})
    assert SEED_ID in answer.content.decode()
    again = client.get("/Tag/Feed", {"lookfor": "leukaemia", "form": form}, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_page_of_a_tag_leads_to_its_feed(client: Client, reader: Person) -> None:
    tag(reader, SEED_ID, "leukaemia")
    page = client.get("/Tag/Home", {"lookfor": "leukaemia"}).content.decode()
    assert page.count('href="/Tag/Feed?lookfor=leukaemia&amp;form=atom"') == 2


def test_no_tag_has_no_feed(client: Client) -> None:
    assert client.get("/Tag/Feed").status_code == 404
