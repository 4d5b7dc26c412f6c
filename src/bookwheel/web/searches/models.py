"""A search that a reader keeps, and the searches of those who want them remembered."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from bookwheel.web.people.models import Person

LONGEST_NAME = 100
"""Characters of the name a search is kept under."""

MOST_SEARCHES = 500
"""Searches one reader keeps."""


class SavedSearch(models.Model):
    """`query` is the whole question as `search.codec` writes it, and the truth; `address` is the address it was saved
    at, for a version that cannot read the query. `key` is the same for questions that find the same.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=LONGEST_NAME)
    key = models.CharField(max_length=64)
    query = models.TextField()
    address = models.TextField()
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-made", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="search_kept_once")]

    def __str__(self) -> str:
        return self.name


class HistoryWish(models.Model):
    """That a reader wants a history; without this row nothing is remembered."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="history_wish")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person)


class PastSearch(models.Model):
    """A search that was made: its address, what it found, and when it was made last."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="past_searches")
    key = models.CharField(max_length=64)
    address = models.TextField()
    total = models.PositiveIntegerField(null=True)
    made = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-made", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="search_remembered_once")]

    def __str__(self) -> str:
        return self.address
