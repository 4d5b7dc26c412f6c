"""Lists and chosen records as files."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.exports import EXPORTS
from bookwheel.web.lists.filling import add
from bookwheel.web.people.models import Person


@pytest.mark.parametrize("name", list(EXPORTS))
def test_a_whole_list_leaves_in_every_format(reader: Person, make: Make, catalogue: StubLibrary, name: str) -> None:
    kept = make(reader, "Leaving", 2, 1)
    add(kept, reader, catalogue.found([SEED_ID]))
    answer = signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}/Export?style={name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="Leaving.{EXPORTS[name].suffix}"'
    assert b"".join(answer)


def test_works_leave_in_the_order_of_the_page_and_as_narrowly(reader: Person, make: Make) -> None:
    kept = make(reader, "Leaving", 3, 1, 2)
    browser = signed_in(reader)
    for asked, order in (("", "3 1 2"), ("&sort=title", "1 2 3"), ("&lookfor=number+2", "2")):
        answer = browser.get(f"/MyResearch/MyList/{kept.public_id}/Export?style=ris{asked}")
        found = re.findall(r"TI  - (.*?)\r?\n", b"".join(answer).decode())
        assert found == [f"Sample work number {number}" for number in order.split()]


def test_a_list_is_cited_in_a_style(reader: Person, make: Make) -> None:
    kept = make(reader, "Cited", 1)
    answer = signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}/Export?style=text&citation=vancouver")
    assert b"Sample work number 1" in b"".join(answer)


def test_without_a_format_the_page_offers_them_and_keeps_what_was_asked(reader: Person, make: Make) -> None:
    kept = make(reader, "Offered", 1)
    page = Page(signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}/Export?sort=title"))
    assert page.count("//select[@id='style']/option") == len(EXPORTS)
    assert page.texts("//main//input[@type='hidden']/@name") == ["sort"]


def test_more_records_than_an_address_takes_leave_by_a_form(client: Client) -> None:
    ids = [f"sample-{number}" for number in range(60)] + [f"gone-{number}" for number in range(1_500)]
    answer = client.post("/Cart/Export", {"ids": json.dumps(ids), "style": "ris"})
    assert b"".join(answer).count(b"ER  -") == 60


def test_the_form_for_chosen_records_holds_those_of_its_address(client: Client) -> None:
    page = Page(client.get("/Cart/Export?id[]=sample-1&id[]=sample-2"))
    assert json.loads(page.texts("//input[@name='ids']/@value")[0]) == ["sample-1", "sample-2"]


def test_an_id_is_data_in_the_form(client: Client) -> None:
    page = Page(client.get("/Cart/Export", {"id[]": '"><script>alert(1)</script>'}))
    assert json.loads(page.texts("//input[@name='ids']/@value")[0]) == ['"><script>alert(1)</script>']
    assert page.count("//main//script") == 0


def test_two_thousand_ids_as_long_as_those_of_doaj_are_taken(client: Client) -> None:
    ids = [f"doaj-art-{number:032}" for number in range(1_999)]
    body = urlencode({"ids": json.dumps([*ids, "sample-1"], separators=(",", ":")), "style": "ris"})
    answer = client.post("/Cart/Export", body, content_type="application/x-www-form-urlencoded")
    assert b"".join(answer).count(b"ER  -") == 1
