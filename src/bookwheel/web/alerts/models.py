"""An alert on a kept search, what it found, and the digests its reader is sent."""

from typing import ClassVar

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bookwheel.web.people.models import Person
from bookwheel.web.searches.models import SavedSearch
from bookwheel.web.works.models import LONGEST_ID

MOST_ALERTS = 100
"""Alerts of one reader."""


class Frequency(models.TextChoices):
    NEVER = "never", gettext_lazy("No alert")
    DAILY = "daily", gettext_lazy("Daily")
    WEEKLY = "weekly", gettext_lazy("Weekly, on Mondays")
    MONTHLY = "monthly", gettext_lazy("Monthly, on the first")
    HARVEST = "harvest", gettext_lazy("Whenever new records have come")


class Alert(models.Model):
    """What is new in one search.

    Changes of the store up to `cursor` have been looked at. `baseline` holds what the search found when the alert was
    switched on (`baseline.py`); None until a job has made it. `complete_until` is the moment up to which the index was
    complete then. `due` is when the next digest is to go out; None for an alert that waits for a harvest, or is off.
    An alert that is off keeps what it told: switched on again, it tells none of it twice.
    """

    search = models.OneToOneField(SavedSearch, on_delete=models.CASCADE, related_name="alert")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.NEVER)
    begun = models.DateTimeField(default=timezone.now)
    complete_until = models.DateTimeField(default=timezone.now)
    cursor = models.BigIntegerField(default=0)
    baseline = models.BinaryField(null=True)
    due = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.search}: {self.frequency}"

    @property
    def is_on(self) -> bool:
        return self.frequency != Frequency.NEVER


class State(models.TextChoices):
    """prepared: waits to be sent · sending: somebody is at it, until the lease ends · refused: for good, by the
    server that keeps the reader's mail."""

    PREPARED = "prepared"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"


class Digest(models.Model):
    """One mail with all that is new for one reader.

    It keeps its `message_id` through all attempts. `is_doubtful`: it may have arrived although nobody said so; from
    then on what it tells stays as it is. `problem` is what went wrong last, as the server said it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="digests")
    made = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt = models.DateTimeField()
    lease = models.DateTimeField(null=True)
    holder = models.CharField(max_length=32, blank=True)
    is_doubtful = models.BooleanField(default=False)
    sent = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-made", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "next_attempt"], name="digest_to_send")]

    def __str__(self) -> str:
        return self.message_id


class Event(models.Model):
    """That a record matched an alert for the first time; told with its `digest`, still to be told without one.

    One row for ever: the database itself forbids to tell a record twice.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="events")
    record_id = models.CharField(max_length=LONGEST_ID)
    found = models.DateTimeField()
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, null=True, related_name="events")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "record_id"], name="record_told_once")]
        indexes: ClassVar = [models.Index(fields=["digest", "alert"], name="event_of_digest")]

    def __str__(self) -> str:
        return self.record_id


def on_and_reachable() -> models.QuerySet[Alert]:
    """Alerts that are on, of people who can be sent mail: their account is open, their address verified, and the last
    digest was not refused for good. The others wait as they are, and lose nothing."""
    verified = EmailAddress.objects.filter(
        user=OuterRef("search__person"), email=OuterRef("search__person__email"), verified=True
    )
    refused = Digest.objects.filter(person=OuterRef("search__person"), state=State.REFUSED)
    on = Alert.objects.exclude(frequency=Frequency.NEVER).filter(search__person__is_active=True)
    return on.filter(Exists(verified), ~Exists(refused))
