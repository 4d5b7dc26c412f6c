"""In which of a reader's lists records are, for a whole page with one question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookwheel.web.lists.addresses import list_address
from bookwheel.web.lists.models import Item
from bookwheel.web.lists.seeing import editable_by
from bookwheel.web.people.models import Person


@dataclass(frozen=True, slots=True)
class ListLink:
    """A list by its name, its page, and where a form that takes the record out of it is sent."""

    title: str
    address: str
    removal: str


def saved_in(person: Person | None, record_ids: Iterable[str]) -> Mapping[str, tuple[ListLink, ...]]:
    """The lists that the person may edit and that hold each record, by title; records in none are left out."""
    if person is None:
        return {}
    rows = (
        Item.objects.filter(reading_list__in=editable_by(person), work__record_id__in=list(record_ids))
        .order_by("reading_list__title", "reading_list")
        .values_list("work__record_id", "reading_list__title", "reading_list__public_id")
    )
    found: dict[str, tuple[ListLink, ...]] = {}
    for record_id, title, public_id in rows:
        link = ListLink(title, list_address(public_id), list_address(public_id, "Remove"))
        found[record_id] = (*found.get(record_id, ()), link)
    return found
