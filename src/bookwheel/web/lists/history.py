"""What was done in a list, kept for its owner."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from bookwheel.web.catalog.labels import number
from bookwheel.web.lists.models import Action, Change, Purpose, ReadingList, Role, Visibility
from bookwheel.web.people.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of a list's history. `who` is "" for somebody who gave no name or whose account is closed."""

    at: datetime
    who: str
    is_me: bool
    what: str


def keep(reading_list: ReadingList, person: Person, action: Action, count: int = 0, detail: str = "") -> None:
    """Remember that the person did this; together with the change itself, in its transaction."""
    Change.objects.create(reading_list=reading_list, person=person, action=action, count=count, detail=detail[:255])


def change_views(reading_list: ReadingList, person: Person, page: int) -> tuple[list[ChangeView], bool]:
    """A page of the history, newest first, and whether there is more."""
    rows = reading_list.changes.select_related("person").order_by("-at", "-pk")
    shown = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    views = [
        ChangeView(row.at, row.person.shown_name if row.person else "", row.person_id == person.pk, _words(row))
        for row in shown[:PAGE]
    ]
    return views, len(shown) > PAGE


def _words(change: Change) -> str:
    text = str(Action(change.action).label)
    if change.action in (Action.ADDED, Action.REMOVED):
        if change.detail:
            return f"{_one(change)}: {change.detail}"
        counted = ngettext("%(count)s work", "%(count)s works", change.count) % {"count": number(change.count)}
        return f"{text}: {counted}"
    return f"{text}: {_labelled(change.detail)}" if change.detail else text


def _one(change: Change) -> str:
    return gettext("added a work") if change.action == Action.ADDED else gettext("removed a work")


def _labelled(detail: str) -> str:
    for choices in (Visibility, Role, Purpose):
        if detail in choices.values:
            return str(choices(detail).label)
    return detail
