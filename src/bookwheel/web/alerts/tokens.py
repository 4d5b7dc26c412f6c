"""Signed words in the addresses of mails: who may end what without signing in. They do nothing else, and never expire,
since a mail may be read years later."""

from dataclasses import dataclass
from typing import Literal

from django.core import signing
from django.db.models import QuerySet

from bookwheel.web.alerts.models import Alert, Frequency
from bookwheel.web.people.models import Person

_SALT = "bookwheel.web.alerts.unsubscribe"


@dataclass(frozen=True, slots=True)
class Ending:
    """What a token ends: one alert (`kind` "alert", the alert's number) or all of a person's (`kind` "all")."""

    kind: Literal["alert", "all"]
    number: int

    def alerts(self) -> QuerySet[Alert]:
        """Those that are still on."""
        found = Alert.objects.exclude(frequency=Frequency.NEVER).select_related("search__person")
        return found.filter(pk=self.number) if self.kind == "alert" else found.filter(search__person=self.number)


def token_for_alert(alert: Alert) -> str:
    return _signer().sign(f"alert.{alert.pk}")


def token_for_all(person: Person) -> str:
    return _signer().sign(f"all.{person.pk}")


def ending(token: str) -> Ending | None:
    """What a token ends; None for one that nobody was given."""
    try:
        kind, _, number = _signer().unsign(token).partition(".")
    except signing.BadSignature:
        return None
    return Ending("alert" if kind == "alert" else "all", int(number))


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep="~")
