"""Tells Django of the tables of `tags`, and what goes with a person besides the rows that hang on one."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete


class TagsConfig(AppConfig):
    name = "bookwheel.web.tags"
    label = "tags"

    def ready(self) -> None:
        from bookwheel.web.people.models import Person

        post_delete.connect(_forget_their_words, sender=Person)


def _forget_their_words(**signal: Any) -> None:
    """A word that only this person used is theirs too: it may be a name."""
    from bookwheel.web.tags.tagging import forget_unused

    forget_unused()
