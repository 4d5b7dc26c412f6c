"""A history in the account: for those who asked for it, as long as the catalogue allows, and gone when they say so."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.search.url import from_url
from bookwheel.web.people.models import Person
from bookwheel.web.searches import expiry, history
from bookwheel.web.searches.models import HistoryWish, PastSearch

RESULTS = "/Search/Results?lookfor=sample&type=AllFields"


@pytest.fixture
def browser(catalogue: StubLibrary, reader: Person) -> Client:
    return signed_in(reader)


@pytest.fixture
def remembering(browser: Client) -> Client:
    """The browser of a reader who wants a history."""
    browser.post("/Search/History/Wish", {"wanted": "1"})
    return browser


def send_form(browser: Client, results: str = RESULTS) -> int:
    """What the script of a result page does."""
    page = Page(browser.get(results))
    [form] = page.root.xpath("//form[@id='remember']")
    fields = {e.get("name"): e.get("value") for e in form.xpath(".//input[@name]")}
    status: int = browser.post(form.get("action"), fields).status_code
    return status


def lines(browser: Client) -> list[str]:
    return Page(browser.get("/Search/History")).texts("//ol[contains(@class, 'past')]/li/p[1]")


def test_nothing_is_remembered_of_those_who_did_not_ask(browser: Client) -> None:
    assert Page(browser.get(RESULTS)).count("//form[@id='remember']") == 0
    browser.post("/Search/History/Remember", {"address": RESULTS, "total": "1"})
    assert not PastSearch.objects.exists()


def test_nothing_is_remembered_of_strangers(client: Client) -> None:
    assert client.post("/Search/History/Remember", {"address": RESULTS}).status_code == 204
    assert not PastSearch.objects.exists()


def test_form_of_the_result_page_is_remembered_once(remembering: Client) -> None:
    assert send_form(remembering) == 204
    send_form(remembering, f"{RESULTS}&page=2")
    [past] = PastSearch.objects.all()
    assert (past.address, past.total) == (RESULTS, 60)
    assert lines(remembering) == ["sample"]


def test_looking_at_results_remembers_nothing(remembering: Client) -> None:
    remembering.get(RESULTS)
    assert not PastSearch.objects.exists()


def test_one_is_forgotten_or_all(remembering: Client) -> None:
    for text in ("one", "two", "three"):
        send_form(remembering, f"/Search/Results?lookfor={text}&type=AllFields")
    number = PastSearch.objects.first()
    assert number is not None
    remembering.post("/Search/History/Forget", {"number": str(number.pk)})
    assert PastSearch.objects.count() == 2
    remembering.post("/Search/History/Forget", {"number": "all"})
    assert not PastSearch.objects.exists()


def test_anothers_history_cannot_be_forgotten(remembering: Client, other: Person) -> None:
    send_form(remembering)
    past = PastSearch.objects.get()
    signed_in(other).post("/Search/History/Forget", {"number": str(past.pk)})
    assert PastSearch.objects.exists()
    assert lines(signed_in(other)) == []


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "²"])
def test_number_of_nothing_forgets_nothing(remembering: Client, number: str) -> None:
    send_form(remembering)
    assert remembering.post("/Search/History/Forget", {"number": number}).status_code == 302
    assert PastSearch.objects.exists()


def test_switching_it_off_forgets_all(remembering: Client) -> None:
    send_form(remembering)
    remembering.post("/Search/History/Wish", {"wanted": "0"})
    assert not PastSearch.objects.exists()
    assert not HistoryWish.objects.exists()


def test_history_ends_with_the_days_of_the_setting(remembering: Client, reader: Person) -> None:
    now = timezone.now()
    for days, text in ((91, "old"), (89, "young")):
        history.remember(reader, from_url([("lookfor", text)]), 1, now - timedelta(days=days))
    assert len(lines(remembering)) == 1

    class Context:
        checkpoint: dict[str, Any] = {}  # noqa: RUF012
        library: Any = None

        def now(self) -> Any:
            return now

        def save(self, checkpoint: object, progress: str = "") -> None:
            pass

    assert expiry.run(Context()) == "1 searches forgotten."
    assert expiry.run(Context()) == "0 searches forgotten."
    assert [past.address.partition("lookfor=")[2][:5] for past in PastSearch.objects.all()] == ["young"]


def test_older_ones_go_first_when_there_are_too_many(reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_REMEMBERED", 2)
    history.want(reader, True)
    for number in range(4):
        query = from_url([("lookfor", str(number))])
        history.remember(reader, query, None, timezone.now() + timedelta(minutes=number))
    assert PastSearch.objects.count() == 2
    assert "lookfor=3" in PastSearch.objects.all()[0].address


def test_hostile_address_is_read_as_a_search(remembering: Client) -> None:
    remembering.post(
        "/Search/History/Remember", {"address": "https://evil.example/x?lookfor=bees&next=//evil", "total": "-5"}
    )
    [past] = PastSearch.objects.all()
    assert past.address == "/Search/Results?lookfor=bees&type=AllFields"
    assert past.total is None


def test_page_asked_with_login_leads_a_stranger_to_sign_in(client: Client) -> None:
    assert client.get("/Search/History?require_login")["Location"].startswith("/MyResearch/Login?next=")
    assert client.get("/Search/History").status_code == 200


def test_page_says_that_scripts_are_needed(remembering: Client) -> None:
    assert "where scripts are off, nothing is remembered" in Page(remembering.get("/Search/History")).text()
