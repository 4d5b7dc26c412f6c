"""The form that asks into which lists works are to be saved, with what notes and tags; and what was chosen in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext

from bookwheel.web.catalog.labels import number
from bookwheel.web.lists.entry import MistakeError, notes_entered, title_entered
from bookwheel.web.lists.history import keep
from bookwheel.web.lists.models import LONGEST_NOTES, LONGEST_TITLE, MOST_ITEMS, MOST_LISTS, Action, ReadingList
from bookwheel.web.lists.seeing import editable_by
from bookwheel.web.people.models import Person
from bookwheel.web.tags.tagging import add_tags
from bookwheel.web.works.models import Work

LONGEST_TAGS = 1_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to save into. `holds` says that the work is in it already."""

    public_id: str
    title: str
    count: int
    is_full: bool
    is_chosen: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class SaveForm:
    """`mistakes` by the name of the field they stand beside."""

    lists: tuple[Choice, ...] = ()
    title: str = ""
    notes: str = ""
    tags: str = ""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    longest_title: int = LONGEST_TITLE
    longest_notes: int = LONGEST_NOTES
    longest_tags: int = LONGEST_TAGS


@dataclass(frozen=True, slots=True)
class Chosen:
    """Lists that exist, and what is to be said of each work."""

    lists: Sequence[ReadingList]
    notes: str
    tags: str


def save_form(
    person: Person, given: QueryDict | None = None, mistakes: Mapping[str, str] | None = None, held: Iterable[str] = ()
) -> SaveForm:
    """The form as it was sent, or as new: then no list is chosen, lest a new one be named beside it unnoticed."""
    holding = set(held)
    found = editable_by(person).annotate(count=Count("items")).order_by("-changed", "title")
    ticked = set(given.getlist("list")) if given is not None else set()
    choices = tuple(
        Choice(
            each.public_id,
            each.title,
            each.count,
            each.count >= MOST_ITEMS,
            each.public_id in ticked,
            each.public_id in holding,
        )
        for each in found[:MOST_LISTS]
    )
    proposed = "" if choices else gettext("My list")
    return SaveForm(
        lists=choices,
        title=given.get("title", "") if given is not None else proposed,
        notes=given.get("notes", "") if given is not None else "",
        tags=given.get("tags", "") if given is not None else "",
        mistakes=mistakes or {},
    )


def chosen_lists(person: Person, given: QueryDict) -> tuple[Chosen | None, Mapping[str, str]]:
    """What the form says, a new list made where it names one; or the mistakes in it."""
    mistakes: dict[str, str] = {}
    title = notes = ""
    ids = [each for each in given.getlist("list")[:MOST_LISTS] if each.isalnum()]
    known = list(editable_by(person).filter(public_id__in=ids))
    try:
        title = title_entered(given.get("title", "")) if given.get("title", "").strip() else ""
    except MistakeError as mistake:
        mistakes["title"] = str(mistake)
    try:
        notes = notes_entered(given.get("notes", ""))
    except MistakeError as mistake:
        mistakes["notes"] = str(mistake)
    if not known and not title and not mistakes:
        mistakes["list"] = gettext("Choose a list, or name a new one.")
    if title and not mistakes:
        try:
            known.append(new_list(person, title))
        except MistakeError as mistake:
            mistakes["title"] = str(mistake)
    if mistakes:
        return None, mistakes
    return Chosen(known, notes, given.get("tags", "")[:LONGEST_TAGS]), {}


def new_list(person: Person, title: str, description: str = "") -> ReadingList:
    """A private list of the person's own. Raises MistakeError for one too many."""
    if person.lists.count() >= MOST_LISTS:
        most = {"most": number(MOST_LISTS)}
        raise MistakeError(gettext("You have %(most)s lists, and more are not kept: delete one first.") % most)
    with transaction.atomic():
        made = ReadingList.objects.create(owner=person, title=title, description=description)
        keep(made, person, Action.MADE)
    return made


def tag(person: Person, works: Iterable[Work], text: str) -> list[str]:
    """Give each of the works the tags of the form; answers, each once, sentences on those that were refused."""
    if not text.strip():
        return []
    return list(dict.fromkeys(sentence for work in works for sentence in add_tags(person, work, text).refused))
