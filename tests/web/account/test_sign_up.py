"""Signing up, with an address that is verified, and a forgotten password."""

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from tests.web.account.conftest import link, sign_in
from tests.web.conftest import signed_in
from tests.web.page import Page

from bookwheel.web.account.models import Session
from bookwheel.web.people.models import Person

NEW = "many wheels of books"


def sign_up(client: Client, email: str, password: str = NEW, **more: Any) -> Any:
    return client.post("/MyResearch/Account", {"email": email, "password1": password, **more})


def test_signing_up_by_mail(stranger: Client) -> None:
    answer = sign_up(stranger, "Eva@Example.org", name="Eva", next="/Record/1")
    assert answer["Location"] == "/account/email/sent/"
    [letter] = mail.outbox
    assert letter.to == ["eva@example.org"]
    assert sign_in(Client(), "eva@example.org", NEW)["Location"] == "/account/email/sent/"
    page = Page(stranger.get(link(letter)))
    assert "eva@example.org" in page.text()
    assert stranger.post(link(letter))["Location"] == "/Record/1"
    assert "Eva" in Page(stranger.get("/MyResearch/Home")).text("//h1")
    assert Person.objects.get().name == "Eva"


def test_looking_at_the_link_confirms_nothing(stranger: Client) -> None:
    sign_up(stranger, "eva@example.org")
    Client().get(link(mail.outbox[0]))
    assert sign_in(Client(), "eva@example.org", NEW)["Location"] == "/account/email/sent/"


def test_looking_at_the_link_of_somebody_else_signs_nobody_out(stranger: Client, reader: Person) -> None:
    sign_up(stranger, "eva@example.org")
    browser = signed_in(reader)
    browser.get(link(mail.outbox[0]))
    assert browser.get("/MyResearch/Profile").status_code == 200


def test_letters_are_text_and_html(stranger: Client) -> None:
    sign_up(stranger, "eva@example.org")
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert f'href="http://testserver{link(letter)}"' in str(html)
    assert "&" not in letter.body


@pytest.mark.parametrize(
    ("password", "mistake"),
    [
        ("short", "This password is too short. It must contain at least 8 characters."),
        ("password123", "This password is too common."),
        ("eva@example.org", "The password is too similar to the E-mail address."),
    ],
)
def test_weak_passwords_are_refused_beside_the_field(stranger: Client, password: str, mistake: str) -> None:
    page = Page(sign_up(stranger, "eva@example.org", password))
    assert page.texts("//div[@id='id_password1_error']/p") == [mistake]
    assert "id_password1_error" in page.root.xpath("//input[@name='password1']/@aria-describedby")[0]
    assert not Person.objects.exists()


def test_a_long_password_works(stranger: Client) -> None:
    sign_up(stranger, "eva@example.org", "wörter " * 40)
    assert sign_in(Client(), "eva@example.org", "wörter " * 40)["Location"] == "/account/email/sent/"


def test_a_name_has_no_characters_that_cannot_be_seen(stranger: Client) -> None:
    page = Page(sign_up(stranger, "eva@example.org", name="Eva\u202egro"))
    assert page.count("//div[@id='id_name_error']") == 1


def test_a_new_password_by_mail_works_once_and_ends_all_sessions(stranger: Client, reader: Person) -> None:
    before = signed_in(reader)
    assert stranger.post("/MyResearch/Recover", {"email": "ADA@example.org"})["Location"] == "/account/recover/sent/"
    path = link(mail.outbox[0])
    form = stranger.get(path, follow=True)
    assert path not in form.request["PATH_INFO"]
    answer = stranger.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert before.get("/MyResearch/Home").status_code == 302
    assert Session.objects.filter(person=reader).count() == 1
    assert "too old, or was used before" in Page(Client().get(path, follow=True)).text()
    assert sign_in(Client(), "ada@example.org", NEW)["Location"] == "/MyResearch/Home"
