"""In which of a reader's lists records are, for a whole page with one question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookwheel.web.people.models import Person


@dataclass(frozen=True, slots=True)
class ListLink:
    """A list by its name, and its page."""

    title: str
    address: str


def saved_in(person: Person | None, record_ids: Iterable[str]) -> Mapping[str, tuple[ListLink, ...]]:
    """The person's lists that hold each record; records in none are left out."""
    return {}
