"""Searches that found nothing, counted by day: what readers wanted and the catalogue does not have."""

from typing import ClassVar

from django.db import models

LONGEST_TEXT = 200


class EmptySearch(models.Model):
    """How often a search was made on a day, once enough different readers had made it; nothing tells who they were."""

    day = models.DateField()
    text = models.CharField(max_length=LONGEST_TEXT)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "text"], name="one_row_a_day_and_text")]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"
