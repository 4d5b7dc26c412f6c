"""Comments, what was reported of them, and stars."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from bookwheel.web.people.models import Person
from bookwheel.web.works.models import Work

LONGEST = 2_000
"""Characters of a comment."""
STARS = (1, 2, 3, 4, 5)


class State(models.TextChoices):
    """Who sees a comment: everybody, or its writer and the curators."""

    SHOWN = "shown"
    WAITING = "waiting"
    HIDDEN = "hidden"


class Comments(models.QuerySet["Comment"]):
    def visible_to(self, person: Person | None) -> "Comments":
        """What somebody may see on a record's page: what is shown, by accounts that are open, and all of one's own."""
        seen = models.Q(state=State.SHOWN, person__is_active=True)
        return self.filter(seen | models.Q(person=person) if person else seen)

    def to_moderate(self) -> "Comments":
        """What waits for a curator, or was reported and not yet looked at; the oldest first."""
        reported = models.Exists(Report.objects.filter(comment=models.OuterRef("pk"), is_settled=False))
        return self.filter(models.Q(state=State.WAITING) | (models.Q(state=State.SHOWN) & reported)).order_by("pk")


class Comment(models.Model):
    """What a reader says of a record, in plain text."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="comments")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=LONGEST)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    made = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(null=True)

    objects = Comments.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("person", "made"), name="comment_of_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.work_id}"


class Report(models.Model):
    """A reader asks a curator to look at a comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reports")
    is_settled = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("comment", "person"), name="report_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on comment {self.comment_id}"


class Rating(models.Model):
    """From one star to five."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ratings")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField()
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "work"), name="rating_once"),
            models.CheckConstraint(condition=models.Q(stars__gte=STARS[0], stars__lte=STARS[-1]), name="rating_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} by {self.person_id} for {self.work_id}"
