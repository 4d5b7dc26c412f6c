"""Pages that show lists."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.lists.filling import add
from bookwheel.web.lists.models import Item, Visibility
from bookwheel.web.people.models import Person


def test_all_lists_of_a_reader_stand_on_one_page_with_their_counts(reader: Person, make: Make) -> None:
    make(reader, "Leukemia", 1, 2)
    make(reader, "Empty")
    page = Page(signed_in(reader).get("/MyResearch/Favorites"))
    assert page.texts("//p[@class='list-title']") == ["Empty", "Leukemia"]
    assert page.texts("//span[@class='count']") == ["0 works", "2 works"]


def test_a_list_shows_its_works_in_the_order_in_which_they_were_saved(reader: Person, make: Make) -> None:
    kept = make(reader, "Leukemia", 5, 3, 4)
    page = Page(signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}"))
    assert page.text("//h1") == "Leukemia"
    assert page.texts("//h2[@class='hit-title']") == [f"Sample work number {number}" for number in (5, 3, 4)]


@pytest.mark.parametrize(
    ("sort", "order"), [("added", "4 1 2"), ("title", "1 2 4"), ("year", "4 2 1"), ("author", "1 2 4"), ("?", "4 1 2")]
)
def test_a_list_can_be_sorted(reader: Person, make: Make, sort: str, order: str) -> None:
    kept = make(reader, "Sorted", 4, 1, 2)
    page = Page(signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}?sort={sort}"))
    assert page.texts("//h2[@class='hit-title']") == [f"Sample work number {number}" for number in order.split()]


def test_a_list_is_searched_by_beginnings_of_words_in_title_author_year_and_notes(
    reader: Person, make: Make, catalogue: StubLibrary
) -> None:
    kept = make(reader, "Searched", 1, 2)
    add(kept, reader, catalogue.found(["sample-3"]), notes="Étude of methods")
    browser = signed_in(reader)
    for words, found in (
        ("etud", ["3"]),
        ("number 2", ["2"]),
        ("1991", ["1"]),
        ("tude", []),
        ("sample", ["1", "2", "3"]),
    ):
        page = Page(browser.get(f"/MyResearch/MyList/{kept.public_id}", {"lookfor": words}))
        assert page.texts("//h2[@class='hit-title']") == [f"Sample work number {number}" for number in found]


def test_a_list_can_be_narrowed_to_a_year(reader: Person, make: Make) -> None:
    kept = make(reader, "Years", 1, 2, 31)
    page = Page(signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}?year=1991"))
    assert page.texts("//h2[@class='hit-title']") == ["Sample work number 1", "Sample work number 31"]


def test_a_withdrawn_record_stays_with_its_last_known_title(reader: Person, make: Make, catalogue: StubLibrary) -> None:
    kept = make(reader, "Gone", 1, 2)
    catalogue.deleted = frozenset({"sample-2"})
    page = Page(signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}"))
    assert page.texts("//li[contains(@class, 'gone')]//h2") == ["Sample work number 2"]
    assert "no longer in the catalogue" in page.text("//li[contains(@class, 'gone')]")
    assert page.count("//li[contains(@class, 'gone')]//h2/a") == 0


def test_pages_of_twenty_lead_on_and_a_page_behind_the_last_is_the_last(reader: Person, make: Make) -> None:
    kept = make(reader, "Long", *range(45))
    browser = signed_in(reader)
    page = Page(browser.get(f"/MyResearch/MyList/{kept.public_id}?sort=title&page=2"))
    assert page.text("//p[@class='result-count']") == "21–40 of 45 works"
    assert page.texts("//a[@rel='next nofollow']/@href") == [f"/MyResearch/MyList/{kept.public_id}?sort=title&page=3"]
    assert Page(browser.get(f"/MyResearch/MyList/{kept.public_id}?page=99")).count("//li[contains(@class,'hit')]") == 5


def test_public_lists_are_browsed_by_strangers_with_the_name_of_their_owner(
    client: Client, reader: Person, other: Person, make: Make
) -> None:
    make(reader, "For all", 1, visibility=Visibility.PUBLIC)
    make(reader, "By link", 1, visibility=Visibility.LINK)
    make(other, "Mine alone", 1)
    page = Page(client.get("/List/Browse"))
    assert page.texts("//p[@class='list-title']") == ["For all"]
    assert "by Ada" in page.text("//p[@class='list-facts']")
    assert b"example.org" not in client.get("/List/Browse").content


def test_an_owner_without_a_name_is_not_named(client: Client, reader: Person, make: Make) -> None:
    Person.objects.filter(pk=reader.pk).update(name="")
    make(reader, "For all", 1, visibility=Visibility.PUBLIC)
    assert "by" not in Page(client.get("/List/Browse")).text("//p[@class='list-facts']").split()


def test_the_history_tells_its_owner_who_did_what(reader: Person, make: Make) -> None:
    kept = make(reader, "Leukemia", 1)
    page = Page(signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}/History"))
    assert page.texts("//tbody//td[3]") == ["added a work: Sample work number 1", "made the list"]


def test_a_page_of_a_list_asks_the_same_number_of_questions_however_long_it_is(reader: Person, make: Make) -> None:
    counts = []
    for kept in (make(reader, "Short", 1), make(reader, "Long", *range(40))):
        browser = signed_in(reader)
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/MyResearch/MyList/{kept.public_id}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/Cart", "/Cart/Home"),
        ("/Cart/searchResultsBulk", "/Cart/Home"),
        ("/Cart/Save?ids[]=a", "/MyResearch/BulkSave?ids[]=a"),
        ("/Cart/doExport", "/Cart/Export"),
        ("/MyResearch/MyList", "/MyResearch/Favorites"),
        ("/MyResearch/Bulk?id[]=a", "/MyResearch/BulkSave?id[]=a"),
        ("/List/Home", "/List/Browse"),
    ],
)
def test_addresses_of_vufind_lead_to_the_right_pages(client: Client, address: str, target: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, target)


def test_items_of_a_list_hold_the_work_once(reader: Person, make: Make, catalogue: StubLibrary) -> None:
    kept = make(reader, "Twice", 1)
    filled = add(kept, reader, catalogue.found(["sample-1", "sample-2"]))
    assert (filled.added, filled.known) == (1, 1)
    assert Item.objects.filter(reading_list=kept).count() == 2


@pytest.mark.parametrize("public_id", ["%00", "1", "a" * 300, "%F0%9F%92%A9", "..%2F"])
def test_an_address_that_is_none_is_not_found(reader: Person, client: Client, public_id: str) -> None:
    for address in ("/MyResearch/MyList/{}", "/MyResearch/EditList/{}", "/MyResearch/MyList/{}/Sharing"):
        assert signed_in(reader).get(address.format(public_id)).status_code in (404, 301)
