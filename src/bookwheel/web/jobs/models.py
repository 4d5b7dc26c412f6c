"""A job: what runs by itself, when it is due, who runs it and how far it came; and how each of its runs went."""

from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

from django.db import models

LONGEST_NAME = 120
LONGEST_SENTENCE = 1_000
LONGEST_ERROR = 4_000

State: TypeAlias = Literal["running", "interrupted", "paused", "asked", "failing", "put off", "waiting", "by hand"]
"""interrupted: its worker ended without a word, and another goes on · asked: somebody asked for it now · put off: tried
again a little later, without anything being wrong · by hand: runs when asked alone."""


class Job(models.Model):
    """One row per job for all time. Whoever may write the row of a running job is told by `holder` and `fence`."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    # As the settings write it, "" for by hand: so that a change of the settings is seen.
    schedule = models.CharField(max_length=40, blank=True)
    due = models.DateTimeField(null=True)
    # Not before this moment, after a failure or when it was put off; then it comes before what is due.
    retry = models.DateTimeField(null=True)
    asked = models.DateTimeField(null=True)
    paused = models.BooleanField(default=False)
    # The lease: empty holder, nobody runs it. The fence grows with every claim and is never set back.
    holder = models.CharField(max_length=200, blank=True)
    expires = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    checkpoint = models.JSONField(default=dict)
    progress = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def state(self, now: datetime) -> State:
        """How it stands, in one word."""
        if self.holder:
            return "running" if self.expires and self.expires > now else "interrupted"
        if self.asked:
            return "asked"
        if self.paused:
            return "paused"
        if self.last_error:
            return "failing"
        if self.retry:
            return "put off"
        return "waiting" if self.due else "by hand"

    @property
    def next_run(self) -> datetime | None:
        """When a worker will take it up; None for one that is paused, runs, or is run by hand."""
        if self.asked:
            return self.asked
        return None if self.paused or self.holder else self.retry or self.due


class Run(models.Model):
    """One run of a job. An empty outcome: under way."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="runs")
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    # done, failed, put off, stopped (goes on later), killed (its worker ended without a word).
    outcome = models.CharField(max_length=10, blank=True)
    sentence = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    error = models.TextField(blank=True)
    worker = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-started", "-id"]
        indexes: ClassVar = [models.Index(fields=["job", "-started"], name="runs_of_job")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.started:%Y-%m-%d %H:%M}"
