"""Every mail the catalogue sends: no text of a reader's or a source's breaks its head, no request says where it leads.

Letters are those that a form has sent; a digest is that of an alert. What is read is what goes over the wire.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import MappingProxyType

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.web.conftest import PASSWORD
from tests.web.safety.crawling import browser_of
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import Role, World
from tests.web.safety.making import digest_of

from bookwheel.web.alerts.sending import send_due
from bookwheel.web.library import library
from bookwheel.web.people.models import Person

SITE = "https://search.example.org"

FORGED: Mapping[str, str] = MappingProxyType(
    {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-server": "evil.example",
        "x-forwarded-proto": "gopher",
        "x-forwarded-port": "6666",
        "forwarded": "host=evil.example;proto=gopher",
        "origin": SITE,
        "referer": "https://evil.example/",
    }
)

ENDS = (
    "x\r\nBcc: evil@evil.example",
    "x\nBcc: evil@evil.example",
    "x\rBcc: evil@evil.example",
    "x\r\n\r\n<script>evil</script>",
    "x\u2028Bcc: evil@evil.example",
    "x\u0085Bcc: evil@evil.example",
    "x\x0bBcc: evil@evil.example",
    "x\x00\r\n Bcc: evil@evil.example",
    "=?utf-8?q?x=0D=0ABcc=3A_evil=40evil=2Eexample?=",
    "x" * 2_000 + "\r\nBcc: evil@evil.example",
)
"""Texts that would end a line of a head, or fold it, were they put there as they are."""

NEW = "many wheels of books"


@dataclass(frozen=True, slots=True)
class Letter:
    """A form that has a mail sent, and who sends it."""

    address: str
    data: Mapping[str, str]
    role: Role = "stranger"


LETTERS: Mapping[str, Letter] = MappingProxyType(
    {
        "sign up": Letter("/MyResearch/Account", {"email": "new@example.org", "password1": NEW}),
        "sign up again": Letter("/MyResearch/Account", {"email": "owner@example.org", "password1": NEW}),
        "recover": Letter("/MyResearch/Recover", {"email": "owner@example.org"}),
        "recover of nobody": Letter("/MyResearch/Recover", {"email": "nobody@example.org"}),
        "another address": Letter("/account/email/", {"email": "new@example.org", "action_add": "1"}, "owner"),
        "change password": Letter(
            "/MyResearch/ChangePassword",
            {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
            "owner",
        ),
        "goodbye": Letter("/MyResearch/DeleteAccount", {"sure": "yes"}, "owner"),
    }
)


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    cache.clear()
    settings.ALLOWED_HOSTS = ["*"]
    settings.CSRF_TRUSTED_ORIGINS = [SITE]


@pytest.fixture
def site(world: World, settings: Settings) -> World:
    """The catalogue with a public address; it answers to every name, as behind a careless proxy."""
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, public_url=SITE)
    return world


def sent(letter: Letter, world: World, headers: Mapping[str, str]) -> list[EmailMessage]:
    mail.outbox.clear()
    client = browser_of(letter.role, world)
    response = client.post(letter.address, letter.data, headers=dict(headers))
    assert response.status_code in (200, 302), response.content
    return mails()


def mails() -> list[EmailMessage]:
    """As they go over the wire."""
    found = [message_from_bytes(each.message().as_bytes(), policy=policy.default) for each in mail.outbox]
    return [each for each in found if isinstance(each, EmailMessage)]


def parts(message: EmailMessage) -> str:
    texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(str(text) for text in texts)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_leads_to_the_catalogue_whatever_the_request_says(site: World, name: str) -> None:
    letters = sent(LETTERS[name], site, FORGED)
    assert letters
    for letter in letters:
        whole = parts(letter) + letter.as_string()
        assert "evil" not in whole
        assert "gopher" not in whole
        assert ":6666" not in whole
        assert all(address.startswith(SITE) for address in re.findall(r"https?://[^\s\"<>]+", parts(letter)))


@pytest.mark.parametrize("name", [name for name, letter in LETTERS.items() if "email" in letter.data])
def test_an_address_with_line_ends_gets_no_mail(site: World, name: str) -> None:
    """Nor does anybody else."""
    letter = LETTERS[name]
    found = []
    for text in ENDS:
        for email in (f"a@example.org{text[1:]}", f"{text}@example.org"):
            cache.clear()
            hostile = replace(letter, data={**letter.data, "email": email})
            found += [(email, message["To"]) for message in sent(hostile, site, {})]
    assert_none(found)


@pytest.mark.parametrize("name", LETTERS)
def test_a_name_with_line_ends_breaks_no_letter(site: World, name: str) -> None:
    """Of somebody whose name came from elsewhere: the form for it takes none such."""
    for text in ENDS:
        cache.clear()
        Person.objects.filter(pk=site.owner.pk).update(name=text[:60].replace("\0", ""))
        with transaction.atomic():
            letters = sent(LETTERS[name], site, {})
            transaction.set_rollback(True)
        assert letters
        for message in letters:
            assert heads_of(message) <= KNOWN
            assert "evil" not in str(message["To"]) + str(message["From"])


KNOWN = {
    "content-type",
    "mime-version",
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
}
"""Lines in the head of a mail."""


def heads_of(message: EmailMessage) -> set[str]:
    names = [name.lower() for name in message]
    assert len(names) == len(set(names))
    return set(names)


def test_the_form_for_names_takes_no_line_ends(site: World) -> None:
    client = browser_of("owner", site)
    for text in ENDS[:8]:
        client.post("/MyResearch/Profile", {"name": text, "language": "en"})
        site.owner.refresh_from_db()
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", site.owner.name) is None


def digests(world: World, text: str) -> list[EmailMessage]:
    """The mail of an alert on a search of this name, by which the record of the tests was found."""
    mail.outbox.clear()
    now = timezone.now()
    digest = digest_of(world, text, now)
    send_due(library(), lambda: now + timedelta(minutes=1), _beats())  # type: ignore[arg-type]
    digest.refresh_from_db()
    assert digest.state == "sent", digest.problem
    return mails()


def _beats() -> Iterator[None]:
    while True:
        yield None


@pytest.mark.parametrize("text", ENDS)
def test_a_search_with_line_ends_in_its_name_breaks_no_digest(site: World, text: str) -> None:
    [message] = digests(site, text)
    assert heads_of(message) <= KNOWN
    assert message["To"] == site.owner.email
    assert message["Bcc"] is None
    assert "<script>" not in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_a_digest_leads_to_the_catalogue_alone(site: World) -> None:
    [message] = digests(site, "bees")
    found = re.findall(r"https?://[^\s\"<>]+", parts(message) + str(message["List-Unsubscribe"]))
    assert len(found) > 4
    assert all(address.startswith(f"{SITE}/") or address == SITE for address in found)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_letter_is_sent_where_nothing_says_who_we_are(world: World, settings: Settings) -> None:
    """Without a public address, and open to every name, a link would lead where the request says."""
    settings.BOOKWHEEL = replace(django_settings.BOOKWHEEL, public_url="", allowed_hosts=("*",))
    for name in ("sign up", "sign up again", "recover", "recover of nobody"):
        letter = LETTERS[name]
        client = Client(raise_request_exception=False)
        assert client.post(letter.address, letter.data, headers=dict(FORGED)).status_code == 503, name
    assert mail.outbox == []
