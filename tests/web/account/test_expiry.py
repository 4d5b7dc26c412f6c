"""What time takes away."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests.web.account.conftest import sign_in

from bookwheel.web.account.expiry import run
from bookwheel.web.account.models import Counter, Session, Warned
from bookwheel.web.library import library
from bookwheel.web.people.models import Person


@dataclass
class Later:
    """A run of the job so many days from now."""

    days: float = 0
    checkpoint: Mapping[str, Any] = field(default_factory=dict)

    @property
    def library(self) -> Any:
        return library()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)

    def save(self, checkpoint: Mapping[str, Any], progress: str = "") -> None:
        return None


@pytest.fixture
def _a_year(settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, inactive_days=365, public_url="https://search.example.org")


def test_ended_sessions_and_counters_go(reader: Person, client: Client) -> None:
    sign_in(client, "ada@example.org")
    cache.set("tries", 1, 3600)
    assert "sessions that had ended: 0" in run(Later())
    assert "sessions that had ended: 1" in run(Later(days=2))
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert not Counter.objects.exists()


def test_sign_ups_nobody_confirmed_go_after_a_week(reader: Person, client: Client) -> None:
    late = Person.objects.create(email="eva@example.org")
    EmailAddress.objects.create(user=late, email=late.email, primary=True)
    run(Later(days=6))
    assert Person.objects.count() == 2
    assert "nobody confirmed: 1" in run(Later(days=8))
    assert list(Person.objects.all()) == [reader]


def test_accounts_stay_for_ever_unless_the_settings_say_otherwise(reader: Person, client: Client) -> None:
    run(Later(days=10_000))
    assert Person.objects.exists()
    assert mail.outbox == []


@pytest.mark.usefixtures("_a_year")
def test_an_unused_account_is_warned_once_and_deleted_a_month_later(reader: Person, client: Client) -> None:
    run(Later(days=334))
    assert mail.outbox == []
    for days in (336, 337, 365):
        run(Later(days=days))
    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert "In 30 days it will be deleted" in letter.body
    assert "https://search.example.org/MyResearch/Login" in letter.body
    assert "0 warned, 1 deleted" in run(Later(days=367))
    assert not Person.objects.exists()


@pytest.mark.usefixtures("_a_year")
def test_nobody_is_deleted_without_a_month_of_warning(reader: Person, client: Client) -> None:
    assert "1 warned, 0 deleted" in run(Later(days=2000))
    assert "0 warned, 0 deleted" in run(Later(days=2029))
    assert "0 warned, 1 deleted" in run(Later(days=2031))


@pytest.mark.usefixtures("_a_year")
def test_who_comes_back_begins_anew(reader: Person, client: Client) -> None:
    run(Later(days=336))
    reader.last_login = Later(days=340).now()
    reader.save()
    assert "0 warned, 0 deleted" in run(Later(days=400))
    assert "1 warned, 0 deleted" in run(Later(days=340 + 336))
    assert Warned.objects.get().person == reader


@pytest.mark.usefixtures("_a_year")
def test_who_runs_the_catalogue_and_who_is_signed_in_is_spared(
    reader: Person, operator: Person, client: Client
) -> None:
    sign_in(client, "ada@example.org")
    Session.objects.update(expire_date=Later(days=1000).now())
    assert "0 warned, 0 deleted" in run(Later(days=500))


@pytest.mark.usefixtures("_a_year")
def test_a_letter_that_cannot_be_sent_leaves_the_account(reader: Person, client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(OSError):
        run(Later(days=2000))
    assert not Warned.objects.exists()
