from datetime import date

import pytest
from django.test import Client
from tests.web.feeds.conftest import DatedLibrary, Kept, Later
from tests.web.page import Page

from bookwheel.web.feeds.new_items import asked_day, new_items_page

LAST_DAY = date(2026, 3, 2)
"""A day after the last record of `DatedLibrary`, which came on 1 March."""


def test_ranges_count_what_is_new(dated: DatedLibrary) -> None:
    page = new_items_page(dated, LAST_DAY)
    assert [(each.label, each.count) for each in page.ranges] == [
        ("1 day", 1),
        ("5 days", 5),
        ("30 days", 30),
        ("90 days", 60),
        ("365 days", 60),
    ]


def test_a_range_leads_to_as_many_results(dated: DatedLibrary, reader: Client) -> None:
    for each in new_items_page(dated, LAST_DAY).ranges:
        assert Page(reader.get(each.address)).texts("//header/@data-total") == [each.number]


def test_the_latest_stand_by_their_days(dated: DatedLibrary) -> None:
    days = new_items_page(dated, LAST_DAY).days
    assert [day.label for day in days[:2]] == ["March 1, 2026", "February 28, 2026"]
    assert [hit.id for day in days for hit in day.hits] == [f"sample-{number}" for number in range(58, 38, -1)]


def test_the_page_tells_it_all(reader: Client) -> None:
    page = Page(reader.get("/Search/NewItem"))
    assert page.status == 200
    assert page.texts("//main//h4")[0] == "Sample work number 58"
    assert page.count('//form[@action="/Search/NewItem"]//input[@name="since"]') == 1


def test_works_of_an_unknown_day_say_so(kept: Kept) -> None:
    with kept.library.engine.update(1) as writer:
        writer.add({"id": ("foreign",), "title": ("From elsewhere",)})
    assert Page(Client().get("/Search/NewItem")).texts("//main//h3") == ["On a day nobody knows"]


def test_an_empty_catalogue_has_nothing_new(kept: Kept) -> None:
    page = Page(Client().get("/Search/NewItem"))
    assert "still empty" in page.text()
    assert page.count('//ul[@class="ranges"]//a') == 0


@pytest.mark.parametrize(
    ("days", "since", "wanted"),
    [
        ("1", "", date(2026, 3, 1)),
        ("30", "", date(2026, 1, 31)),
        ("", "2026-02-14", date(2026, 2, 14)),
        ("0", "", None),
        ("-1", "", None),
        ("1e3", "", None),
        ("99999", "", None),
        ("²", "", None),
        ("", "soon", None),
        ("", "", None),
    ],
)
def test_days_asked_for(days: str, since: str, wanted: date | None) -> None:
    assert asked_day(days, since, LAST_DAY) == wanted


@pytest.mark.parametrize("asked", ["range=5", "range=30&department=", "since=2026-01-10"])
def test_vufinds_form_leads_to_results_for_a_while(reader: Client, asked: str) -> None:
    response = reader.get(f"/Search/NewItem?{asked}")
    assert response.status_code == 302
    assert response["Location"].startswith("/Search/Results?filter[]=first_indexed%3A%22%5B")
    assert response["Location"].endswith("T00%3A00%3A00Z+TO+%2A%5D%22&sort=added")
    assert reader.get(response["Location"]).status_code == 200


def test_the_restriction_stands_among_the_filters_and_goes_along(reader: Client) -> None:
    page = Page(reader.get('/Search/Results?filter[]=first_indexed:"[2026-02-01T00:00:00Z TO *]"&sort=added'))
    assert page.texts('//a[@class="chip"]') == ["Remove the filter Added since February 1, 2026 ×"]
    assert page.texts('//input[@type="hidden"][@name="filter[]"]/@value') == [
        'first_indexed:"[2026-02-01T00:00:00Z TO *]"'
    ]


def test_neither_a_rebuild_nor_a_second_harvest_makes_records_new(kept: Kept, later: Later) -> None:
    kept.harvest(1, 2, 3)
    later(10)
    kept.harvest(4)
    before = Client().get("/Search/Feed?form=atom").content
    later(10)
    kept.harvest(1, 2, 3, 4)
    kept.library.index(rebuild=True)
    counts = {each.label: each.count for each in new_items_page(kept.library, kept.moment.date()).ranges}
    assert (counts["1 day"], counts["30 days"]) == (0, 4)
    assert Client().get("/Search/Feed?form=atom").content == before


def test_pages_lead_here(reader: Client) -> None:
    for address in ("/", "/Browse/Home"):
        assert Page(reader.get(address)).texts('//main//a[@href="/Search/NewItem"]') == ["New in this catalogue"]
