"""Tags, and who put which on what."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from bookwheel.web.people.models import Person
from bookwheel.web.tags.entry import LONGEST, LONGEST_FOLDED
from bookwheel.web.works.models import Work


class Tag(models.Model):
    """A word or phrase, one for all who use it; hidden by a curator, only those who gave it see it."""

    folded = models.CharField(max_length=LONGEST_FOLDED, unique=True)
    shown = models.CharField(max_length=LONGEST)
    is_hidden = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.shown


class Taggings(models.QuerySet["Tagging"]):
    def visible_to(self, person: Person | None) -> "Taggings":
        """What somebody may see: of others, what is neither private nor hidden nor by an account that was closed."""
        closed = Person.objects.filter(is_active=False)
        seen = models.Q(is_private=False, tag__is_hidden=False) & ~models.Q(person__in=closed)
        return self.filter(seen | models.Q(person=person) if person else seen)


class Tagging(models.Model):
    """A reader's tag on a record."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="taggings")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    is_private = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)

    objects = Taggings.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "work", "tag"), name="tagging_once")]
        indexes: ClassVar = [models.Index(fields=("person", "made"), name="tagging_of_a_day")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.work}"
