"""Lists of works that readers keep, who else may see or edit them, and what was done in them."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bookwheel.web.people.models import Person
from bookwheel.web.works.models import Work

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 5_000
LONGEST_NOTES = 5_000
LONGEST_KEY = 120
"""Characters that items are sorted by: what differs beyond them is in the order in which it was saved."""
LONGEST_WORDS = 1_000
MOST_ITEMS = 10_000
"""Works in one list."""
MOST_LISTS = 1_000
"""Lists of one person."""
MOST_MEMBERS = 200
"""People a list is shared with."""


def public_id() -> str:
    """128 bits of chance: a list's address tells nothing of how many there are, and cannot be guessed."""
    return secrets.token_hex(16)


class Visibility(models.TextChoices):
    PRIVATE = "private", gettext_lazy("Private: you and those you invite")
    LINK = "link", gettext_lazy("By link: everybody who has the link")
    PUBLIC = "public", gettext_lazy("Public: everybody, and listed among the public lists")


class Role(models.TextChoices):
    """What somebody may do who is not the owner."""

    READER = "reader", gettext_lazy("Reader")
    EDITOR = "editor", gettext_lazy("Editor")


class ReadingList(models.Model):
    """A list, known to the world by `public_id` alone."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="lists")
    title = models.CharField(max_length=LONGEST_TITLE)
    description = models.TextField(blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE)
    made = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("visibility", "changed"), name="list_public")]

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """Somebody a list is shared with."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    joined = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("reading_list", "person"), name="member_once")]

    def __str__(self) -> str:
        return f"{self.role} of {self.reading_list}"


class Item(models.Model):
    """A work in a list. `position` rises in the list's own order, with gaps.

    The keys and words are made of the work and the notes (`keys.py`): what items are sorted, narrowed and searched by,
    in the list's own table, so that a list of ten thousand works is quick. The list goes on when an editor's account
    is closed, without a word of who added what.
    """

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="items")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="items")
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    added = models.DateTimeField(default=timezone.now)
    position = models.BigIntegerField()
    notes = models.TextField(blank=True)
    title_key = models.CharField(max_length=LONGEST_KEY, blank=True)
    author_key = models.CharField(max_length=LONGEST_KEY, blank=True)
    year = models.CharField(max_length=4, blank=True)
    format = models.CharField(max_length=50, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("reading_list", "work"), name="item_once")]
        indexes: ClassVar = [
            models.Index(fields=("reading_list", "position"), name="item_position"),
            models.Index(fields=("reading_list", "added"), name="item_added"),
            models.Index(fields=("reading_list", "title_key"), name="item_title"),
            models.Index(fields=("reading_list", "author_key"), name="item_author"),
            models.Index(fields=("reading_list", "year"), name="item_year"),
        ]

    def __str__(self) -> str:
        return f"{self.work} in {self.reading_list}"


class Purpose(models.TextChoices):
    LINK = "link", gettext_lazy("Link to the list")
    FEED = "feed", gettext_lazy("Feed of the list")
    INVITATION = "invitation", gettext_lazy("Invitation")


class Share(models.Model):
    """A token that lets its bearer do one thing with a list, until the row is deleted (`shares.py`)."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="shares")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)
    nonce = models.CharField(max_length=32, unique=True, default=public_id, editable=False)
    made = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.purpose} to {self.reading_list}"


class Action(models.TextChoices):
    MADE = "made", gettext_lazy("made the list")
    EDITED = "edited", gettext_lazy("changed title or description")
    ADDED = "added", gettext_lazy("added works")
    REMOVED = "removed", gettext_lazy("removed works")
    NOTED = "noted", gettext_lazy("wrote notes")
    MOVED = "moved", gettext_lazy("changed the order")
    SHOWN = "shown", gettext_lazy("changed who may see the list")
    INVITED = "invited", gettext_lazy("made a link")
    REVOKED = "revoked", gettext_lazy("revoked a link")
    JOINED = "joined", gettext_lazy("joined")
    CHANGED_ROLE = "changed role", gettext_lazy("changed a role")
    LEFT = "left", gettext_lazy("left the list")
    REMOVED_MEMBER = "removed member", gettext_lazy("removed somebody from the list")


class Change(models.Model):
    """What somebody did in a list: `count` works, and the title of the only one, or which visibility, link or role."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=20, choices=Action.choices)
    count = models.PositiveIntegerField(default=0)
    detail = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("reading_list", "at"), name="change_at")]

    def __str__(self) -> str:
        return f"{self.action} in {self.reading_list}"
