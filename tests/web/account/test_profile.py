"""What people may change of their account: name, language, address, password, second factor, sessions."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.conf import settings
from django.core import mail
from django.test import Client
from tests.web.account.conftest import link, sign_in
from tests.web.conftest import PASSWORD, signed_in
from tests.web.page import Page

from bookwheel.web.account import register
from bookwheel.web.people.models import Person

NEW = "many wheels of books"


def again(client: Client, place: str) -> Any:
    """Say once more who one is, and go on to a page."""
    asked = client.get(place)
    assert asked["Location"].startswith("/account/reauthenticate/")
    return client.post(asked["Location"], {"password": PASSWORD, "next": place}, follow=True)


def code(secret: str) -> str:
    return str(hotp_value(secret, int(time.time()) // 30)).zfill(6)[-6:]


def test_name_and_language_are_kept(reader: Person, client: Client) -> None:
    mine = signed_in(reader)
    answer = mine.post("/MyResearch/Profile", {"name": " Ada  Lovelace ", "language": "de"})
    assert answer["Location"] == "/MyResearch/Profile"
    reader.refresh_from_db()
    assert (reader.name, reader.language) == ("Ada Lovelace", "de")
    assert mine.get("/MyResearch/Profile").headers["Content-Language"] == "de"


def test_a_wrong_name_is_told_beside_its_field_and_not_kept(reader: Person, client: Client) -> None:
    page = Page(signed_in(reader).post("/MyResearch/Profile", {"name": "Ada\u202e", "language": "en"}))
    assert page.count("//div[@id='id_name_error']") == 1
    reader.refresh_from_db()
    assert reader.name == "Ada"


def test_a_stranger_is_led_to_signing_in(client: Client) -> None:
    for page in ("Home", "Profile", "TakeOut", "PutBack", "Delete", "ChangePassword"):
        answer = client.get(f"/MyResearch/{page}")
        assert (
            answer["Location"]
            == f"/MyResearch/Login?next=/MyResearch/{page}".replace("=/MyR", "=%2FMyR").replace(
                f"ch/{page}", f"ch%2F{page}"
            )
            or answer["Location"] == f"/MyResearch/Login?next=/MyResearch/{page}"
        )


def test_a_changed_password_ends_the_other_sessions(reader: Person, client: Client) -> None:
    here, there = Client(), Client()
    sign_in(here, "ada@example.org")
    sign_in(there, "ada@example.org")
    wrong = {"oldpassword": "x", "password1": NEW, "password2": NEW}
    assert "This is not your password." in Page(here.post("/MyResearch/ChangePassword", wrong)).text()
    right = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/MyResearch/ChangePassword", right)["Location"] == "/MyResearch/Profile"
    assert here.get("/MyResearch/Home").status_code == 200
    assert there.get("/MyResearch/Home").status_code == 302
    assert "password of your account was changed" in mail.outbox[-1].body


def test_a_new_address_counts_when_it_is_confirmed(reader: Person, client: Client) -> None:
    mine = signed_in(reader)
    again(mine, "/account/factor/on/")
    mine.post("/account/email/", {"email": "ada@lovelace.example", "action_add": "1"})
    reader.refresh_from_db()
    assert reader.email == "ada@example.org"
    letter = next(m for m in mail.outbox if m.to == ["ada@lovelace.example"])
    mine.post(link(letter))
    reader.refresh_from_db()
    assert reader.email == "ada@lovelace.example"
    assert sign_in(Client(), "ada@lovelace.example")["Location"] == "/MyResearch/Home"
    assert "address of your account was changed" in "".join(
        str(m.body) for m in mail.outbox if m.to == ["ada@example.org"]
    )


def test_an_address_of_another_account_cannot_be_told_from_a_free_one(
    reader: Person, other: Person, client: Client
) -> None:
    mine = signed_in(reader)
    again(mine, "/account/factor/on/")
    for email in ("bert@example.org", "free@example.org"):
        answer = mine.post("/account/email/", {"email": email, "action_add": "1"})
        assert answer.status_code == 302
        assert email in Page(mine.get("/account/email/")).text()


def test_changing_the_address_needs_the_password_once_more(reader: Person, client: Client) -> None:
    answer = signed_in(reader).post("/account/email/", {"email": "thief@example.org", "action_add": "1"})
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert mail.outbox == []


def test_a_second_factor_is_asked_for(reader: Person, client: Client) -> None:
    mine = signed_in(reader)
    page = again(mine, "/account/factor/on/")
    shown = Page(page)
    assert shown.count("//figure[@class='qr']/svg//path") == 1
    assert not re.search(r'<svg[^>]*style=|src="data:', page.content.decode())
    secret = shown.text("//code[@class='key']")
    codes = Page(mine.post("/account/factor/on/", {"code": code(secret)}, follow=True)).texts("//ul[@class='codes']/li")
    assert len(codes) == 10
    file = mine.get("/account/factor/recovery/file/")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert codes[9] in file.content.decode()

    elsewhere = Client()
    assert sign_in(elsewhere, "ada@example.org", next="/Record/1")["Location"] == "/account/factor/code/"
    assert elsewhere.get("/MyResearch/Home").status_code == 302
    assert "not right" in Page(elsewhere.post("/account/factor/code/", {"code": "000000x"})).text()
    assert elsewhere.post("/account/factor/code/", {"code": codes[0]})["Location"] == "/Record/1"
    once_more = Client()
    sign_in(once_more, "ada@example.org")
    assert "not right" in Page(once_more.post("/account/factor/code/", {"code": codes[0]})).text()


def test_a_session_elsewhere_can_be_ended(reader: Person, other: Person, client: Client) -> None:
    here, there, strangers = Client(), Client(headers={"User-Agent": "Mozilla Firefox/140.0 Windows"}), Client()
    sign_in(here, "ada@example.org")
    sign_in(there, "ada@example.org")
    sign_in(strangers, "bert@example.org")
    page = Page(here.get("/account/sessions/"))
    assert "Firefox, Windows" in page.text("//ul[@class='sessions']")
    assert page.count("//ul[@class='sessions']/li") == 2
    [number] = page.root.xpath("//input[@name='session']/@value")
    assert strangers.post("/account/sessions/end/", {"session": number}).status_code == 404
    here.post("/account/sessions/end/", {"session": number})
    assert there.get("/MyResearch/Home").status_code == 302
    assert here.get("/MyResearch/Home").status_code == 200


def test_all_other_sessions_can_be_ended_at_once(reader: Person, client: Client) -> None:
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        sign_in(browser, "ada@example.org")
    browsers[0].post("/account/sessions/")
    assert [b.get("/MyResearch/Home").status_code for b in browsers] == [200, 302, 302]
    assert settings.SESSION_COOKIE_NAME in browsers[0].cookies


def test_who_has_no_password_says_who_they_are_by_mail(reader: Person, client: Client) -> None:
    reader.set_unusable_password()
    reader.save()
    mine = signed_in(reader)
    asked = mine.get("/MyResearch/Delete")
    page = mine.get(asked["Location"], follow=True)
    assert "ada@example.org" in page.content.decode()
    mine.post("/account/reauthenticate/code/", {"recipient": "ada@example.org", "next": "/MyResearch/Delete"})
    found = re.search(r"Your code is (\S+)\. ", str(mail.outbox[-1].body))
    assert found
    answer = mine.post(
        "/account/reauthenticate/code/confirm/", {"code": found[1], "next": "/MyResearch/Delete", "action": "verify"}
    )
    assert answer["Location"] == "/MyResearch/Delete"
    assert mine.get("/MyResearch/Delete").status_code == 200


def test_an_operator_can_take_a_lost_second_factor_away(reader: Person, client: Client) -> None:
    Authenticator.objects.create(user=reader, type="totp", data={"secret": "A" * 32})
    assert register.reset_factor("ada@example.org")
    assert not register.reset_factor("ada@example.org")
    assert sign_in(Client(), "ada@example.org")["Location"] == "/MyResearch/Home"
