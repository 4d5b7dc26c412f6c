"""All that a person wrote: where it is, how it is taken out, and how it is put back.

Deletion needs no list: every personal row hangs on the person, and goes with that row.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Protocol

from bookwheel.web.people.models import Person


class Personal(Protocol):
    """A module that keeps personal things. What it takes out is JSON, and complete: `put_back` makes the same of it."""

    def take_out(self, person: Person) -> list[dict[str, Any]]:
        """Everything of one kind that the person wrote."""
        ...

    def put_back(self, person: Person, things: list[dict[str, Any]]) -> int:
        """Give the person what was taken out once; what is there already stays as it is. Answers how many were new.

        Raises ValueError with a sentence for something that `take_out` never gives.
        """
        ...


KINDS: Mapping[str, str] = MappingProxyType(
    {
        "lists": "bookwheel.web.lists.personal",
        "tags": "bookwheel.web.tags.personal",
        "comments": "bookwheel.web.comments.personal",
        "searches": "bookwheel.web.searches.personal",
        "alerts": "bookwheel.web.alerts.personal",
    }
)
"""Kinds of things, in the order in which they are put back, and the module that is `Personal` for each."""


def keeper(kind: str) -> Personal:
    module: Any = import_module(KINDS[kind])
    keeps: Personal = module
    return keeps


def kept_records(person: Person) -> Iterable[str]:
    """Ids of all records in a person's lists, each once, in the order of lists and of items.

    The lists' module says it (`record_ids(person)`): what a person keeps is there.
    """
    lists: Any = import_module(KINDS["lists"])
    ids: Iterable[str] = lists.record_ids(person)
    return dict.fromkeys(ids)
