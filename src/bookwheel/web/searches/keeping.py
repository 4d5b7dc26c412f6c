"""Keeps searches for a person: each once, under a name."""

import re
import unicodedata
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from bookwheel.search.query import Query
from bookwheel.web.catalog.markup import shortened
from bookwheel.web.people.models import Person
from bookwheel.web.searches.kept import address_of, encoded, key_of
from bookwheel.web.searches.models import LONGEST_NAME, MOST_SEARCHES, SavedSearch

_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, and those that turn the direction of what stands around them."""


class MistakeError(Exception):
    """What somebody entered cannot be kept; the message is for them."""


def already_saved(person: Person, query: Query) -> SavedSearch | None:
    """The person's search that finds the same, however it was typed."""
    return SavedSearch.objects.filter(person=person, key=key_of(query)).first()


@transaction.atomic
def save(person: Person, query: Query, name: str, made: datetime | None = None) -> SavedSearch:
    """The person's search; one that was saved before is given back as it is. Raises MistakeError."""
    Person.objects.select_for_update().get(pk=person.pk)
    if before := already_saved(person, query):
        return before
    if SavedSearch.objects.filter(person=person).count() >= MOST_SEARCHES:
        raise MistakeError(
            gettext("You have saved %(most)s searches, and cannot save more. Delete one first.")
            % {"most": MOST_SEARCHES}
        )
    more = {"made": made} if made else {}
    return SavedSearch.objects.create(
        person=person,
        name=name_entered(name),
        key=key_of(query),
        query=encoded(query),
        address=address_of(query),
        **more,
    )


def name_entered(text: str) -> str:
    """A name as it is kept: one line, NFC. Raises MistakeError with a sentence for whoever entered it."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise MistakeError(gettext("Give the search a name."))
    if len(name) > LONGEST_NAME:
        raise MistakeError(gettext("A name has at most %(most)s characters.") % {"most": LONGEST_NAME})
    if _REFUSED.search(name):
        raise MistakeError(gettext("There are characters in this name that cannot be shown."))
    return name


def name_for(query: Query) -> str:
    """A name to begin with: the words of the search."""
    name = "".join(character for character in shortened(query.text) if not _REFUSED.match(character))
    name = unicodedata.normalize("NFC", name)[:LONGEST_NAME].strip()
    return name or gettext("All works")
