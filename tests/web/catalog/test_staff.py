"""The staff view: the Document as VuFind prints it, how it was made, and the payload."""

from django.test import Client
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.records.raw import RawRecord
from bookwheel.web.catalog.staff import PAYLOAD_CHARACTERS, staff_view

ADDRESS = f"/Record/{SEED_ID}/Details"


def test_fields_are_sorted_and_values_stand_one_to_a_line(client: Client, catalogue: StubLibrary) -> None:
    page = Page(client.get(ADDRESS))
    document = catalogue.record(SEED_ID).document  # type: ignore[union-attr]
    assert page.texts("//table[@class='fields']//tbody//th") == sorted(document)
    lines = page.texts("//tr[th='author_facet']//span[@class='line']")
    assert lines == ["Agostino Cortelezzi", "Mariarita Sciumè", "Gianluigi Reda"]


def test_origin_unused_elements_and_problems_are_told(client: Client) -> None:
    text = Page(client.get(ADDRESS)).text("//section[@aria-labelledby='staff-origin']")
    assert "title title white space cleaned" in text
    assert "article/email" in text
    assert "day and month are invented by the source" in text


def test_every_version_of_the_payload_is_shown_with_its_time(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    assert page.count("//details[@class='payload']") == 2
    assert "Jan 2, 2026" in page.text("(//details[@class='payload'])[1]/summary")
    assert page.text("(//details[@class='payload'])[1]/pre").startswith("<article><title>Lenalidomide</title>")


def test_no_address_of_a_person_is_shown(client: Client) -> None:
    assert b"cortelezzi@example.org" not in client.get(ADDRESS).content


def test_payload_that_is_no_text_and_too_long_is_still_shown() -> None:
    raw = RawRecord("s", "i", "", "oai_doaj", b"\xff" * (PAYLOAD_CHARACTERS + 1))
    (shown,) = staff_view({}, None, [raw]).payloads
    assert shown.is_cut
    assert len(shown.text) == PAYLOAD_CHARACTERS
