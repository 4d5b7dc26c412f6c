"""Pages and forms that change a list: what it says of itself, its works, their notes and their order."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.labels import number
from bookwheel.web.lists.addresses import ALL, list_address
from bookwheel.web.lists.asked import asked_of
from bookwheel.web.lists.choosing import new_list
from bookwheel.web.lists.entry import MistakeError, description_entered, notes_entered, title_entered
from bookwheel.web.lists.filling import hold, remove, transfer
from bookwheel.web.lists.gathering import can_be_id, chosen_ids
from bookwheel.web.lists.history import keep
from bookwheel.web.lists.keys import set_keys
from bookwheel.web.lists.models import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    Action,
    Item,
    ReadingList,
)
from bookwheel.web.lists.ordering import move, place_of
from bookwheel.web.lists.seeing import edited, owned, reader_of
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import signed_in

NEW = "NEW"
"""VuFind's name of the list that is still to be made."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Title and description of a list of the reader's own, or of a new one."""
    person = reader_of(request)
    reading_list = None if public_id == NEW else owned(person, public_id)
    title, description = (reading_list.title, reading_list.description) if reading_list else ("", "")
    mistakes: dict[str, str] = {}
    if request.method == "POST":
        title, description = request.POST.get("title", ""), request.POST.get("description", "")
        entered = {}
        for name, text, read in (("title", title, title_entered), ("description", description, description_entered)):
            try:
                entered[name] = read(text)
            except MistakeError as mistake:
                mistakes[name] = str(mistake)
        if not mistakes:
            try:
                return redirect(list_address(_kept(person, reading_list, entered).public_id))
            except MistakeError as mistake:
                mistakes["title"] = str(mistake)
    context = {
        "list": reading_list,
        "title": title,
        "description": description,
        "mistakes": mistakes,
        "longest_title": LONGEST_TITLE,
        "longest_description": LONGEST_DESCRIPTION,
    }
    return render(request, "lists/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Asks, and deletes a list of the reader's own."""
    reading_list = owned(reader_of(request), public_id)
    if request.method == "POST":
        title = reading_list.title
        reading_list.delete()
        messages.success(request, gettext("The list “%(title)s” was deleted.") % {"title": title})
        return redirect(ALL)
    context = {"list": reading_list, "count": reading_list.items.count(), "members": reading_list.members.count()}
    return render(request, "lists/delete.html", context)


@require_POST
@signed_in
def remove_one(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Takes one record out of a list, from the record's page."""
    person = reader_of(request)
    reading_list = edited(person, public_id)
    record_id = request.POST.get("id", "")
    if can_be_id(record_id) and remove(reading_list, person, [record_id]):
        messages.success(request, gettext("Removed from “%(list)s”.") % {"list": reading_list.title})
    return redirect(record_address(record_id) if record_id else list_address(public_id))


@require_POST
@signed_in
def several(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Removes chosen works of a list, or copies or moves them to another; then leads back to the page they stood on."""
    person = reader_of(request)
    reading_list = edited(person, public_id)
    ids = chosen_ids(request)
    action = request.POST.get("action", "")
    if not ids:
        messages.warning(request, gettext("No work was chosen."))
    elif action == "remove":
        _say_removed(request, remove(reading_list, person, ids))
    elif action in ("copy", "move"):
        target = edited(person, request.POST.get("to", ""))
        copied, refused = transfer(reading_list, target, person, ids, moves=action == "move")
        _say_copied(request, target, copied, refused, moved=action == "move")
    return redirect(asked_of(request).address(reading_list))


@require_POST
@signed_in
def one(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Notes and place of one work."""
    person = reader_of(request)
    reading_list = edited(person, public_id)
    record_id = request.POST.get("id", "")
    item = reading_list.items.select_related("work").filter(work__record_id=record_id.replace("\0", "")).first()
    if item is None:
        raise Http404
    action = request.POST.get("action", "")
    if action == "notes":
        _note(request, reading_list, person, item)
    elif action == "remove":
        _say_removed(request, remove(reading_list, person, [item.work.record_id]))
    elif action in ("up", "down", "place"):
        move(reading_list, person, item, _place(request, reading_list, item, action))
        messages.success(request, gettext("“%(title)s” has a new place.") % {"title": item.work.title})
    return redirect(asked_of(request).address(reading_list))


def _kept(person: Person, reading_list: ReadingList | None, entered: Mapping[str, str]) -> ReadingList:
    if reading_list is None:
        return new_list(person, entered["title"], entered["description"])
    hold(reading_list)
    ReadingList.objects.filter(pk=reading_list.pk).update(**entered)
    keep(reading_list, person, Action.EDITED)
    return reading_list


def _note(request: HttpRequest, reading_list: ReadingList, person: Person, item: Item) -> None:
    try:
        item.notes = notes_entered(request.POST.get("notes", ""))
    except MistakeError as mistake:
        messages.error(request, str(mistake))
        return
    set_keys(item, item.work)
    with transaction.atomic():
        hold(reading_list)
        reading_list.items.filter(pk=item.pk).update(notes=item.notes, words=item.words)
        keep(reading_list, person, Action.NOTED, detail=item.work.title)
    messages.success(request, gettext("Notes kept."))


def _place(request: HttpRequest, reading_list: ReadingList, item: Item, action: str) -> int:
    place = place_of(reading_list, item)
    if action != "place":
        return max(1, place - 1 if action == "up" else place + 1)
    text = request.POST.get("place", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else place


def _say_removed(request: HttpRequest, count: int) -> None:
    text = ngettext("%(count)s work was taken out.", "%(count)s works were taken out.", count)
    messages.success(request, text % {"count": number(count)})


def _say_copied(request: HttpRequest, target: ReadingList, count: int, refused: int, *, moved: bool) -> None:
    text = (
        ngettext("%(count)s work moved to “%(list)s”.", "%(count)s works moved to “%(list)s”.", count)
        if moved
        else ngettext("%(count)s work copied to “%(list)s”.", "%(count)s works copied to “%(list)s”.", count)
    )
    messages.success(request, text % {"count": number(count), "list": target.title})
    if refused:
        full = ngettext(
            "%(count)s work found no room there and stays.", "%(count)s works found no room there and stay.", refused
        )
        messages.warning(request, full % {"count": number(refused)})
