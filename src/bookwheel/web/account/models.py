"""Sessions that know whose they are, and the counters of tries. Accounts themselves are the people's and allauth's."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from bookwheel.web.people.models import Person


class Session(AbstractBaseSession):
    """A browser that somebody is signed in with, or is about to; it ends when the person is deleted."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(AbstractBaseSession.Meta):
        db_table = "account_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        from bookwheel.web.account.sessions import SessionStore

        return SessionStore


class Counter(models.Model):
    """A row of Django's cache in the database: how often something was tried, as allauth counts it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "account_counter"
        ordering: ClassVar = ["cache_key"]

    def __str__(self) -> str:
        return self.cache_key


class Warned(models.Model):
    """Somebody was told that their account will be deleted, as nobody uses it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "account_warned"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.at}"
