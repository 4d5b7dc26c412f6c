"""What strangers must not learn, and how often they may try."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings
from tests.web.account.conftest import link, sign_in
from tests.web.conftest import PASSWORD, signed_in
from tests.web.page import Page

from bookwheel.web.account import adapter
from bookwheel.web.account.models import Counter
from bookwheel.web.people.models import Person

NEW = "many wheels of books"


def _sign_up(client: Client, email: str) -> Any:
    return client.post("/MyResearch/Account", {"email": email, "password1": NEW})


def _wrong(client: Client, email: str) -> Any:
    return sign_in(client, email, "not " + PASSWORD)


def _recover(client: Client, email: str) -> Any:
    return client.post("/MyResearch/Recover", {"email": email})


_DOORS = [_sign_up, _wrong, _recover]


def _shown(answer: Any, email: str) -> tuple[int, str, str]:
    text = Page(answer).text("//main").replace(email, "ADDRESS") if answer.content else ""
    return answer.status_code, answer.get("Location", ""), text


@pytest.mark.parametrize("door", _DOORS)
def test_an_account_shows_on_no_page(reader: Person, client: Client, door: Callable[[Client, str], Any]) -> None:
    known, unknown = Client(), Client()
    first = _shown(door(known, "ada@example.org"), "ada@example.org")
    second = _shown(door(unknown, "eva@example.org"), "eva@example.org")
    assert first == second
    if first[1]:
        assert Page(known.get(first[1])).text() == Page(unknown.get(second[1])).text()


@pytest.mark.parametrize("door", _DOORS)
def test_an_account_shows_not_in_the_time_it_takes(
    reader: Person, client: Client, door: Callable[[Client, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes time is a hash and a mail: there are as many of both for an address without an account."""
    done: list[str] = []
    real = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def encode(self: Argon2PasswordHasher, *given: Any) -> str:
        done.append("hash")
        return real[0](self, *given)

    def verify(self: Argon2PasswordHasher, *given: Any) -> bool:
        done.append("hash")
        return real[1](self, *given)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    monkeypatch.setattr(Argon2PasswordHasher, "must_update", lambda *given: False)
    counts = []
    for email in ("ada@example.org", "eva@example.org"):
        done.clear()
        mail.outbox.clear()
        door(Client(), email)
        counts.append((len(done), len(mail.outbox)))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("door", _DOORS)
def test_a_domain_that_is_not_allowed_is_named_before_anything_is_looked_up(
    reader: Person, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, door: Any
) -> None:

    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, registration_domains=("uni.example",))
    answers = [_shown(door(Client(), email), email) for email in ("ada@example.org", "eva@example.org")]
    assert answers[0] == answers[1]
    if door is _sign_up:
        assert "Accounts here are for addresses of uni.example." in answers[0][2]
        assert _sign_up(Client(), "eva@uni.example").status_code == 302


def test_whoever_tries_passwords_is_stopped_and_the_owner_elsewhere_is_not(reader: Person, client: Client) -> None:
    thief, owner = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="198.51.100.1")
    for _ in range(5):
        assert "do not belong together" in Page(_wrong(thief, "ada@example.org")).text()
    assert "Too many tries" in Page(sign_in(thief, "ada@example.org")).text()
    assert sign_in(owner, "ada@example.org")["Location"] == "/MyResearch/Home"


def test_tries_from_many_networks_are_stopped_and_mail_lets_the_owner_in(reader: Person, client: Client) -> None:
    for number in range(50):
        _count_a_try(f"192.0.2.{number}")
    owner = Client(REMOTE_ADDR="198.51.100.1")
    assert "Too many tries" in Page(sign_in(owner, "ada@example.org")).text()
    _recover(owner, "ada@example.org")
    form = owner.get(link(mail.outbox[0]), follow=True)
    owner.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert owner.get("/MyResearch/Home").status_code == 200
    assert sign_in(Client(REMOTE_ADDR="198.51.100.2"), "ada@example.org", NEW).status_code == 302


def _count_a_try(address: str) -> None:
    """A try that failed, without the hash that makes fifty of them slow."""
    from django.test import RequestFactory

    request = RequestFactory().post("/MyResearch/Login", REMOTE_ADDR=address)
    adapter.AccountAdapter(request).pre_authenticate(request, email="ada@example.org")


def test_one_network_cannot_try_many_accounts(client: Client, reader: Person) -> None:
    answers = [_wrong(Client(), f"reader{number}@example.org") for number in range(11)]
    assert "Too many tries" in Page(answers[-1]).text()


def test_the_readers_address_is_taken_from_our_own_proxy_alone(
    reader: Person, client: Client, settings: Settings
) -> None:
    """A header that strangers can send makes no new network of the same one."""
    for number in range(5):
        _wrong(Client(headers={"X-Forwarded-For": f"192.0.2.{number}"}), "ada@example.org")
    last = sign_in(Client(headers={"X-Forwarded-For": "192.0.2.99"}), "ada@example.org")
    assert "Too many tries" in Page(last).text()


def test_letters_to_one_address_are_few(reader: Person, client: Client) -> None:
    answers = [_recover(Client(REMOTE_ADDR=f"192.0.2.{n}"), "ada@example.org") for n in range(5)]
    assert [a.status_code for a in answers] == [302, 302, 302, 429, 429]
    assert "Too many tries" in Page(answers[-1]).text("//h1")
    assert len(mail.outbox) == 3


def test_links_lead_to_the_public_address_whatever_the_request_says(
    reader: Person, client: Client, settings: Settings
) -> None:

    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, public_url="https://search.example.org")
    settings.ALLOWED_HOSTS = ["*"]
    Client(headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).post(
        "/MyResearch/Recover", {"email": "ada@example.org"}
    )
    letter = mail.outbox[0]
    assert "https://search.example.org/account/recover/" in letter.body
    assert "evil" not in letter.message().as_string()


def test_no_link_is_sent_where_any_host_would_do(reader: Person, client: Client, settings: Settings) -> None:

    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, allowed_hosts=("*",))
    assert _recover(client, "ada@example.org").status_code == 503
    assert mail.outbox == []


def test_a_link_of_a_letter_is_in_no_log_and_no_referrer(
    reader: Person, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        _recover(client, "ada@example.org")
        path = link(mail.outbox[0])
        answer = client.get(path)
        page = client.get(answer["Location"])
    key = path.split("-", 1)[1].strip("/")
    assert key not in caplog.text
    assert key not in answer["Location"]
    assert key not in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"


def test_pages_of_an_account_are_kept_by_no_cache(reader: Person, client: Client) -> None:
    assert signed_in(reader).get("/MyResearch/Profile")["Cache-Control"] == "private, no-store"


def test_forms_without_their_token_are_refused(reader: Person, client: Client) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = sign_in(strict, "ada@example.org")
    assert answer.status_code == 403
    assert "This form has to be sent again" in Page(answer).text("//h1")


def test_signing_in_a_second_time_in_another_tab_leads_on(reader: Person, client: Client) -> None:
    """The first tab's sign-in makes the second one's form old: its reader met a page that spoke of cookies."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(reader)
    old = {"login": "ada@example.org", "password": PASSWORD, "next": "/Record/x/AddTag"}
    assert strict.post("/MyResearch/Login", old)["Location"] == "/MyResearch/Login?next=%2FRecord%2Fx%2FAddTag"
    there = strict.get("/MyResearch/Login?next=%2FRecord%2Fx%2FAddTag")
    assert there["Location"] == "/Record/x/AddTag"
    away = strict.get("/MyResearch/Login?next=https%3A%2F%2Fevil.example%2F")
    assert away["Location"] == "/MyResearch/Home"


def test_an_outage_of_mail_is_said(reader: Person, client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = _recover(client, "ada@example.org")
    assert answer.status_code == 503
    assert "cannot answer just now" in Page(answer).text()


def test_asking_by_head_counts_as_no_try(client: Client) -> None:
    for _ in range(31):
        assert client.head("/MyResearch/Login").status_code == 200
    assert not Counter.objects.exists()
