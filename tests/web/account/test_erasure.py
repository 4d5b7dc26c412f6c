"""A deleted person leaves no trace: every table of the people's database is looked through."""

import zlib
from base64 import b64decode
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from django.utils.http import int_to_base36
from tests.web.account.conftest import sign_in
from tests.web.account.test_profile import again
from tests.web.conftest import PASSWORD, make_person, signed_in
from tests.web.page import Page

from bookwheel.web.account.belongings import erase
from bookwheel.web.people.models import Person

NUMBER = 987654321
"""The person's primary key, by which they are found wherever it is written."""
EMAIL, NAME = "zenobia@example.org", "Zenobia of Palmyra"


@pytest.fixture
def person(_hash: str, client: Client) -> Person:
    """Somebody who has left a trace wherever one can be left."""
    person = make_person(EMAIL, _hash, name=NAME, pk=NUMBER)
    here, waiting = Client(), Client()
    sign_in(here, EMAIL)
    again(here, "/account/factor/on/")
    here.post("/MyResearch/Profile", {"name": NAME, "language": "en"})
    here.post("/account/email/", {"email": f"new-{EMAIL}", "action_add": "1"})
    for _ in range(3):
        sign_in(Client(), EMAIL, "not " + PASSWORD)
    Client().post("/MyResearch/Account", {"email": EMAIL, "password1": PASSWORD})
    Client().post("/MyResearch/Recover", {"email": EMAIL})
    cache.set(f"allauth:rl:allauth.account:change_password:5/60/user:user:{NUMBER}", [1.0], 60)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "A" * 32})
    SocialAccount.objects.create(user=person, provider="house", uid="1", extra_data={"email": EMAIL, "name": NAME})
    sign_in(waiting, EMAIL)
    for model in apps.get_models():
        _fill(model, person)
    return person


def test_every_table_forgets_a_deleted_person(person: Person) -> None:
    before = _traces()
    assert {"people_person", "account_emailaddress", "account_session", "usersessions_usersession"} <= set(before)
    assert {"account_counter", "mfa_authenticator", "socialaccount_socialaccount", "account_warned"} <= set(before)
    for model in apps.get_models():
        if any(field.remote_field.model is Person for field in _links(model)):
            assert model._meta.db_table in before, f"no row of {model.__name__} was made: it is not tested"
    erase(person)
    assert _traces() == {}


def test_deleting_asks_for_the_password_and_once_more(reader: Person, client: Client) -> None:
    thief, mine = signed_in(reader), Client(raise_request_exception=False)
    assert thief.post("/MyResearch/Delete", {"sure": "yes"})["Location"].startswith("/account/reauthenticate/")
    assert Person.objects.filter(pk=reader.pk).exists()
    sign_in(mine, "ada@example.org")
    page = Page(again(mine, "/MyResearch/Delete"))
    assert "ada@example.org" in page.text()
    assert "Tick the box" in Page(mine.post("/MyResearch/Delete")).text("//p[@class='mistake']")
    assert mine.post("/MyResearch/Delete", {"sure": "yes"})["Location"] == "/account/deleted/"
    assert not Person.objects.exists()
    assert mail.outbox[-1].to == ["ada@example.org"]
    assert "are deleted" in mail.outbox[-1].body
    assert mine.get("/account/deleted/").status_code == 200
    assert mine.get("/MyResearch/Home").status_code == 302
    assert settings.SESSION_COOKIE_NAME not in mine.cookies or not mine.cookies[settings.SESSION_COOKIE_NAME].value


def _traces() -> dict[str, list[str]]:
    """Table → what of the person stands in it."""
    marks = (EMAIL, NAME, str(NUMBER), f'"{int_to_base36(NUMBER)}"')
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                text = " ".join(_readable(value) for value in row)
                if any(mark in text for mark in marks):
                    found.setdefault(table, []).append(text)
    return found


def _readable(value: Any) -> str:
    """A value as text; what Django packs into a session or a cache, unpacked."""
    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    unpacked = ""
    for part in (text, text.lstrip(".").split(":")[0]):
        try:
            raw = b64decode(part + "=" * (-len(part) % 4), altchars=b"-_" if "_" in part or "-" in part else None)
            unpacked += raw.decode("latin-1")
            unpacked += zlib.decompress(raw).decode("latin-1")
        except (ValueError, zlib.error):
            continue
    return text + unpacked


def _links(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.fields if field.remote_field]


def _fill(model: type[models.Model], person: Person) -> None:
    """A row of this person in a table that has none yet, whatever the table is."""
    links = [field for field in _links(model) if field.remote_field.model is Person]
    if model is Person or not links or model._default_manager.filter(**{links[0].name: person}).exists():
        return
    _row(model, person)


def _row(model: type[models.Model], person: Person) -> Any:
    values = {
        field.name: _value(field, person)
        for field in model._meta.fields
        if not field.has_default() or field.remote_field
        if not isinstance(field, models.AutoField)
    }
    return model._default_manager.create(**values)


def _value(field: Any, person: Person) -> Any:
    if field.remote_field:
        target = field.remote_field.model
        return person if target is Person else target._default_manager.first() or _row(target, person)
    if field.choices:
        return field.choices[0][0]
    kinds: tuple[tuple[type[Any], Any], ...] = (
        (models.DateTimeField, timezone.now() + timedelta(days=1)),
        (models.DateField, date(2026, 1, 1)),
        (models.BooleanField, True),
        (models.IntegerField, 1),
        (models.FloatField, 1.0),
        (models.JSONField, {}),
        (models.GenericIPAddressField, "192.0.2.1"),
        (models.BinaryField, b"x"),
        (models.EmailField, "x@example.org"),
    )
    return next((value for kind, value in kinds if isinstance(field, kind)), "x")
