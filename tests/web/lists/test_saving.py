"""One record, chosen ones, and all that a search finds: into one list or several."""

import json

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make, ids
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.lists import filling, gathering, saving
from bookwheel.web.lists.models import ReadingList
from bookwheel.web.people.models import Person
from bookwheel.web.tags.record import record_tags


def test_a_stranger_is_led_to_the_page_for_signing_in_and_from_there_back(client: Client) -> None:
    page = Page(client.get(f"/Record/{SEED_ID}"))
    assert page.texts("//div[@class='saved']/a/@href") == [f"/Record/{SEED_ID}/Save"]
    answer = client.get(f"/Record/{SEED_ID}/Save")
    assert (answer.status_code, answer["Location"]) == (302, f"/MyResearch/Login?next=%2FRecord%2F{SEED_ID}%2FSave")


def test_a_record_is_saved_to_several_lists_and_a_new_one_at_once(reader: Person, make: Make) -> None:
    first, second = make(reader, "First"), make(reader, "Second")
    given = {"list": [first.public_id, second.public_id], "title": " New\u0301  one ", "notes": "Read\r\nsoon"}
    answer = signed_in(reader).post(f"/Record/{SEED_ID}/Save", given)
    assert (answer.status_code, answer["Location"]) == (302, f"/Record/{SEED_ID}")
    for title in ("First", "Second", "Neẃ one"):
        kept = ReadingList.objects.get(title=title, owner=reader)
        assert list(kept.items.values_list("work__record_id", "notes")) == [(SEED_ID, "Read\nsoon")]


def test_the_record_page_names_the_lists_a_record_is_in_and_takes_it_out_again(reader: Person, make: Make) -> None:
    kept = make(reader, "First")
    browser = signed_in(reader)
    browser.post(f"/Record/{SEED_ID}/Save", {"list": kept.public_id})
    page = Page(browser.get(f"/Record/{SEED_ID}"))
    assert page.text("//p[@role='status']") == "1 work saved in “First”."
    assert page.texts("//div[@class='saved']//li/a") == ["First"]
    target = page.texts("//div[@class='saved']//form/@action")[0]
    assert browser.post(target, {"id": SEED_ID})["Location"] == f"/Record/{SEED_ID}"
    assert ids(kept) == []


def test_saving_again_fails_not_and_keeps_what_was_noted(reader: Person, make: Make) -> None:
    kept = make(reader, "First")
    browser = signed_in(reader)
    for notes in ("Once", "", "Again"):
        assert browser.post(f"/Record/{SEED_ID}/Save", {"list": kept.public_id, "notes": notes}).status_code == 302
    assert list(kept.items.values_list("notes", flat=True)) == ["Again"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "list"),
        ({"title": "a" * 201}, "title"),
        ({"title": "turned \u202e around"}, "title"),
        ({"title": "Good", "notes": "n" * 5_001}, "notes"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_saved(
    reader: Person, make: Make, given: dict[str, str], field: str
) -> None:
    make(reader, "First")
    page = Page(signed_in(reader).post(f"/Record/{SEED_ID}/Save", given))
    assert page.count(f"//p[@class='mistake' and @id='{field}-mistake']") == 1
    assert page.count(f"//*[contains(@aria-describedby, '{field}-mistake')]") == 1
    assert ReadingList.objects.count() == 1


def test_lists_of_others_are_not_saved_into(reader: Person, other: Person, make: Make) -> None:
    kept = make(other, "Bert's")
    signed_in(reader).post(f"/Record/{SEED_ID}/Save", {"list": kept.public_id})
    assert ids(kept) == []


def test_a_withdrawn_record_is_not_saved(reader: Person, catalogue: StubLibrary) -> None:
    catalogue.deleted = frozenset({SEED_ID})
    assert signed_in(reader).get(f"/Record/{SEED_ID}/Save").status_code == 410


def test_ids_with_slashes_are_saved(reader: Person, client: Client) -> None:
    assert signed_in(reader).get("/Record/no%2Fsuch/Save").status_code == 404


# Chosen ones


def test_chosen_records_come_in_the_address_and_go_into_a_list_in_their_order(reader: Person, make: Make) -> None:
    kept = make(reader, "Chosen")
    browser = signed_in(reader)
    page = Page(browser.get("/MyResearch/BulkSave?id[]=sample-5&id[]=Solr|sample-3"))
    assert page.text("//p[@class='carried']") == "2 works"
    given = page.texts("//input[@name='ids']/@value")[0]
    answer = browser.post("/MyResearch/BulkSave", {"ids": given, "list": kept.public_id})
    assert answer["Location"] == f"/MyResearch/MyList/{kept.public_id}"
    assert ids(kept) == ["sample-5", "sample-3"]


def test_five_hundred_records_of_a_bag_are_saved_at_once(reader: Person, catalogue: StubLibrary) -> None:
    known = [f"sample-{number}" for number in range(60)]
    bag = json.dumps([*known, *(f"gone-{number}" for number in range(440))])
    browser = signed_in(reader)
    answer = browser.post("/MyResearch/BulkSave?from=bag", {"ids": bag, "title": "Bag"}, follow=True)
    assert ids(ReadingList.objects.get()) == known
    said = Page(answer).texts("//p[@role='status' and contains(@class, 'remark')]")
    assert said == ["60 works saved in “Bag”.", "440 records are not in the catalogue any more."]


@pytest.mark.parametrize("text", ["", "[", "{}", "[1, null]", '"sample-1"', '["\\u0000"]'])
def test_a_choice_that_cannot_be_read_is_an_empty_one(reader: Person, client: Client, text: str) -> None:
    page = Page(signed_in(reader).post("/MyResearch/BulkSave", {"ids": text, "title": "New"}))
    assert page.text("//p[@class='mistake']").startswith("Nothing was chosen")
    assert not ReadingList.objects.exists()


# All that a search finds


def test_all_results_of_a_search_are_saved_in_their_order(reader: Person, catalogue: StubLibrary) -> None:
    browser = signed_in(reader)
    page = Page(browser.get("/MyResearch/SaveAll?lookfor=sample&sort=newest&page=2"))
    assert "60 works" in page.text("//main")
    given = {name: page.texts(f"//input[@name='{name}']/@value") for name in ("lookfor", "type", "sort")}
    browser.post("/MyResearch/SaveAll", {**given, "title": "All"})
    years = list(ReadingList.objects.get().items.order_by("position").values_list("year", flat=True))
    assert len(years) == 60
    assert years == sorted(years, reverse=True)


def test_a_list_takes_what_it_has_room_for_and_the_reader_is_told_what_was_refused(
    reader: Person, catalogue: StubLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (filling, saving):
        monkeypatch.setattr(module, "MOST_ITEMS", 50)
    monkeypatch.setattr(gathering, "CHUNK", 20)
    answer = signed_in(reader).post("/MyResearch/SaveAll", {"lookfor": "sample", "title": "All"}, follow=True)
    assert Page(answer).text("//p[contains(@class, 'remark')]") == (
        "50 works saved in “All”. 10 works were not saved: a list holds at most 50 works."
    )
    assert ReadingList.objects.get().items.count() == 50


def test_results_offer_to_save_all_of_them(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=sample&type=AllFields&page=2"))
    assert page.texts("//span[@class='all-found']/a/@href") == [
        "/MyResearch/SaveAll?lookfor=sample&type=AllFields&page=2"
    ]
    assert page.text("//span[@class='all-found']") == "Save all 60 results"


def test_boxes_of_hits_belong_to_the_form_above_and_name_their_titles(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=sample&type=AllFields"))
    assert page.count("//input[@type='checkbox' and @form='selection' and @name='id[]']") == 20
    assert page.texts("//label[@class='choose']")[0] == "Choose “Sample work number 0”"


def test_without_script_all_of_a_page_can_be_saved(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=sample&type=AllFields"))
    assert page.texts("//noscript/a/@href")[0].count("id[]=") == 20


def test_what_is_saved_is_tagged_in_the_same_step(reader: Person, client: Client) -> None:
    given = {"ids": json.dumps(["sample-1", "sample-2"]), "title": "Tagged", "tags": 'later "to read"'}
    signed_in(reader).post("/MyResearch/BulkSave", given)
    for record_id in ("sample-1", "sample-2"):
        assert [tag.tag for tag in record_tags(reader, record_id)] == ["later", "to read"]


def test_tags_that_are_refused_are_told(reader: Person, client: Client) -> None:
    given = {"title": "Tagged", "tags": "x" * 200}
    answer = signed_in(reader).post(f"/Record/{SEED_ID}/Save", given, follow=True)
    assert any("was not added" in text for text in Page(answer).texts("//p[contains(@class, 'remark')]"))
