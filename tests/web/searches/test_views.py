"""Saving searches from their results, and the pages of what is saved."""

import json
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.alerts.models import MOST_ALERTS, Alert, Digest
from bookwheel.web.people.models import Person
from bookwheel.web.searches.models import SavedSearch
from bookwheel.web.searches.personal import put_back

SEARCH = "lookfor=sample&type=Title&filter[]=format%3A%22Article%22"


@pytest.fixture
def browser(catalogue: StubLibrary, reader: Person) -> Client:
    return signed_in(reader)


def form_of(page: Page, action: str = "") -> dict[str, str]:
    """The fields of the form for saving, as a browser sends them."""
    where = f"//main//form[@action='{action}']" if action else "//main//form"
    fields = {e.get("name"): e.get("value") or "" for e in page.root.xpath(f"{where}//input[@name]")}
    return fields | {"frequency": "never"}


def saved(browser: Client, search: str = SEARCH, **more: str) -> SavedSearch:
    page = Page(browser.get(f"/MyResearch/SaveSearch?{search}"))
    browser.post("/MyResearch/SaveSearch", form_of(page) | more)
    return SavedSearch.objects.latest("pk")


def test_results_lead_to_the_form_and_the_form_saves(browser: Client) -> None:
    results = Page(browser.get(f"/Search/Results?{SEARCH}"))
    [address] = results.root.xpath("//a[text()='Save this search']/@href")
    page = Page(browser.get(address))
    assert "Format: Article" in page.text()
    response = browser.post("/MyResearch/SaveSearch", form_of(page) | {"name": "My samples", "frequency": "weekly"})
    assert response["Location"] == "/MyResearch/Searches"
    listed = Page(browser.get(response["Location"]))
    [run] = listed.root.xpath("//ul[@class='kept']//h2/a[normalize-space()='My samples']/@href")
    assert dict(parse_qsl(run.partition("?")[2])) == dict(parse_qsl(SEARCH))
    assert "Weekly, on Mondays" in listed.text("//ul[@class='kept']")
    assert "Saved: My samples" in listed.text("//p[@role='status']")


def test_saving_it_again_leads_to_what_is_saved(browser: Client) -> None:
    search = saved(browser)
    response = browser.get(f"/MyResearch/SaveSearch?{SEARCH}&sort=newest")
    assert response["Location"] == f"/MyResearch/Searches/{search.pk}?already=1"
    assert "saved this search already" in Page(browser.get(response["Location"])).text()
    assert SavedSearch.objects.count() == 1


def test_mistake_stands_beside_its_field_and_keeps_what_was_entered(browser: Client) -> None:
    form = form_of(Page(browser.get(f"/MyResearch/SaveSearch?{SEARCH}")))
    response = browser.post("/MyResearch/SaveSearch", form | {"name": "x" * 101, "frequency": "daily"})
    page = Page(response)
    assert response.status_code == 422
    assert "at most 100" in page.text("//p[@id='name-mistake']")
    assert page.root.xpath("//input[@id='name']/@aria-describedby") == ["name-mistake"]
    assert page.root.xpath("//select[@id='frequency']/option[@selected]/@value") == ["daily"]
    assert not SavedSearch.objects.exists()


def test_name_and_frequency_change(browser: Client) -> None:
    search = saved(browser)
    browser.post(f"/MyResearch/Searches/{search.pk}/Change", {"name": "Other", "frequency": "monthly"})
    assert SavedSearch.objects.get().name == "Other"
    assert Alert.objects.get().frequency == "monthly"
    browser.post(f"/MyResearch/Searches/{search.pk}/Change", {"name": "Other", "frequency": "nonsense"})
    assert Alert.objects.get().frequency == "never"


def test_delete_takes_the_alert_with_it(browser: Client) -> None:
    search = saved(browser, frequency="daily")
    browser.post(f"/MyResearch/Searches/{search.pk}/Delete")
    assert not SavedSearch.objects.exists()
    assert not Alert.objects.exists()


def test_alerts_are_capped_and_the_search_is_saved_all_the_same(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ALERTS == 100
    monkeypatch.setattr("bookwheel.web.alerts.subscribing.MOST_ALERTS", 1)
    saved(browser, "lookfor=one", frequency="daily")
    saved(browser, "lookfor=two", frequency="daily")
    assert SavedSearch.objects.count() == 2
    assert Alert.objects.count() == 1
    assert "cannot have more" in Page(browser.get("/MyResearch/Searches")).text()


@pytest.mark.parametrize("path", ["", "/Change", "/Delete"])
def test_anothers_search_is_nowhere(browser: Client, other: Person, path: str) -> None:
    search = saved(browser)
    intruder = signed_in(other)
    address = f"/MyResearch/Searches/{search.pk}{path}"
    response = intruder.post(address, {"name": "mine"}) if path else intruder.get(address)
    assert response.status_code == 404
    assert SavedSearch.objects.get().name != "mine"
    assert search.name not in intruder.get("/MyResearch/Searches").content.decode()


def test_anothers_digest_is_nowhere(browser: Client, reader: Person, other: Person) -> None:
    search = saved(browser)
    digest = Digest.objects.create(
        person=reader, made=search.made, next_attempt=search.made, message_id="<1@x>", state="refused"
    )
    address = f"/Alerts/Digest/{digest.pk}"
    assert browser.get(address).status_code == 200
    assert signed_in(other).get(address).status_code == 404
    assert signed_in(other).post(f"{address}/TryAgain").status_code == 404
    assert Digest.objects.get().state == "refused"


@pytest.mark.parametrize(
    "address",
    [f"/MyResearch/SaveSearch?{SEARCH}", "/MyResearch/Searches", "/MyResearch/Searches/Export", "/Alerts/Digest/1"],
)
def test_stranger_is_led_to_sign_in_and_back(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Location"].startswith("/MyResearch/Login?next=")
    assert dict(parse_qsl(response["Location"].partition("?")[2]))["next"] == address


@pytest.mark.parametrize(
    "address",
    [
        "/MyResearch/SaveSearch?save=12",
        "/MyResearch/SaveSearch?delete=12",
        "/MyResearch/EditSchedule",
        "/MyResearch/ScheduleSearch?searchid=12",
        "/MyResearch/Unsubscribe?id=1&key=x&type=alert",
    ],
)
def test_addresses_of_vufind_lead_to_the_page(browser: Client, address: str) -> None:
    saved(browser)
    response = browser.get(address)
    assert response["Location"] == "/MyResearch/Searches"
    assert SavedSearch.objects.count() == 1


def test_looking_changes_nothing(browser: Client) -> None:
    search = saved(browser)
    for address in ("Change", "Delete"):
        assert browser.get(f"/MyResearch/Searches/{search.pk}/{address}").status_code == 405
    assert browser.get("/Search/History/Wish").status_code == 405


def test_export_can_be_put_back(browser: Client, other: Person) -> None:
    saved(browser)
    response = browser.get("/MyResearch/Searches/Export")
    assert response["Content-Disposition"] == 'attachment; filename="searches.json"'
    assert put_back(other, json.loads(response.content)) == 1


def test_page_of_a_search_asks_for_the_preview_first(browser: Client) -> None:
    search = saved(browser)
    page = Page(browser.get(f"/MyResearch/Searches/{search.pk}"))
    assert page.count("//section[@aria-labelledby='preview']//a") == 1
    looked = Page(browser.get(f"/MyResearch/Searches/{search.pk}?preview=1"))
    assert "Nothing would have been sent" in looked.text("//p[@role='status']")


def test_strangers_see_where_to_save(client: Client) -> None:
    page = Page(client.get(f"/Search/Results?{SEARCH}"))
    assert page.count("//a[text()='Save this search']") == 1
    assert page.count("//form[@id='remember']") == 0
