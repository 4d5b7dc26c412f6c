"""A record that somebody saved, tagged or spoke of (VuFind's table `resource`), and the ids it bore before."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

LONGEST_ID = 500
LONGEST_TITLE = 255


class Work(models.Model):
    """Known by the record's id alone: it outlives the record's deletion, return, re-harvest and every index.

    `title`, `author` and `year` are what the record said when it was last seen, for when it is gone. `source` and
    `identifier` are what its source calls it: by them it is found again under another id.
    """

    record_id = models.CharField(max_length=LONGEST_ID, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    author = models.CharField(max_length=LONGEST_TITLE, blank=True)
    year = models.CharField(max_length=4, blank=True)
    source = models.CharField(max_length=50, blank=True)
    identifier = models.TextField(blank=True)
    seen = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.record_id


class FormerId(models.Model):
    """An id that a record bore once: it leads to the one it bears now."""

    record_id = models.CharField(max_length=LONGEST_ID, unique=True)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="former_ids")
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["record_id"]

    def __str__(self) -> str:
        return self.record_id
