"""Signing in and out."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.web.account.conftest import sign_in
from tests.web.conftest import PASSWORD, signed_in
from tests.web.page import Page

from bookwheel.web.account.models import Session
from bookwheel.web.people.models import Person


def test_signing_in_leads_to_the_overview(stranger: Client, reader: Person) -> None:
    answer = sign_in(stranger, "Ada@Example.org")
    assert (answer.status_code, answer["Location"]) == (302, "/MyResearch/Home")
    assert "ada@example.org" in Page(stranger.get("/MyResearch/Home")).text()


def test_signing_in_leads_back_to_the_search(stranger: Client, reader: Person) -> None:
    door = Page(stranger.get("/Search/Results?lookfor=leukemia&type=AllFields")).root.xpath(
        "//nav[@class='doors-more']/a"
    )[-1]
    assert door.text == "Sign in"
    form = Page(stranger.get(door.get("href"))).root.xpath("//main//form")[0]
    place = form.xpath(".//input[@name='next']/@value")[0]
    assert place == "/Search/Results?lookfor=leukemia&type=AllFields"
    assert sign_in(stranger, "ada@example.org", next=place)["Location"] == place


@pytest.mark.parametrize(
    "place",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "http://testserver/x", "javascript:alert(1)", "x"],
)
def test_signing_in_leads_to_no_other_site(stranger: Client, reader: Person, place: str) -> None:
    assert sign_in(stranger, "ada@example.org", next=place)["Location"] == "/MyResearch/Home"


def test_a_session_has_a_new_id_after_signing_in(stranger: Client, reader: Person) -> None:
    session = stranger.session
    session["theirs"] = 1
    session.save()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    sign_in(stranger, "ada@example.org")
    assert stranger.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key


def test_signing_out_ends_the_session_on_the_server(stranger: Client, reader: Person) -> None:
    sign_in(stranger, "ada@example.org")
    stolen = stranger.cookies[settings.SESSION_COOKIE_NAME].value
    assert Session.objects.get().person == reader
    assert stranger.post("/MyResearch/Logout")["Location"] == "/"
    assert not Session.objects.exists()
    thief = Client(raise_request_exception=False)
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/MyResearch/Home").status_code == 302


def test_asking_for_the_page_of_signing_out_only_shows_a_button(reader: Person) -> None:
    client = signed_in(reader)
    assert Page(client.get("/MyResearch/Logout")).texts("//main//button") == ["Sign out"]
    assert client.get("/MyResearch/Home").status_code == 200


def test_only_who_asks_for_it_stays_signed_in(stranger: Client, reader: Person) -> None:
    sign_in(stranger, "ada@example.org")
    assert stranger.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert Session.objects.get().expire_date - timezone.now() <= timedelta(days=1)
    sign_in(stranger := Client(), "ada@example.org", remember="on")
    assert stranger.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 60 * 24 * 3600


def test_a_closed_account_cannot_sign_in_and_its_sessions_end(stranger: Client, reader: Person) -> None:
    client = signed_in(reader)
    reader.is_active = False
    reader.save()
    assert client.get("/MyResearch/Home").status_code == 302
    assert sign_in(stranger, "ada@example.org")["Location"] == "/account/inactive/"
    assert stranger.get("/MyResearch/Home").status_code == 302


@pytest.mark.parametrize("address", ["/MyResearch/UserLogin?next=/x", "/MyResearch/Register"])
def test_other_addresses_of_vufind_lead_to_the_pages(stranger: Client, address: str) -> None:
    assert stranger.get(address, follow=True).status_code == 200


def test_the_password_stands_in_no_page(stranger: Client, reader: Person) -> None:
    answer = sign_in(stranger, "ada@example.org", "not " + PASSWORD)
    assert Page(answer).texts("//p[@role='alert']") == ["This address and this password do not belong together."]
    assert PASSWORD not in answer.content.decode()
