"""Pages that save: one record, chosen ones, or all that a search finds. GET shows the form, POST saves."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from bookwheel.search import url
from bookwheel.search.query import Query
from bookwheel.web.catalog import views as catalog
from bookwheel.web.catalog.addresses import record_address, search_address, search_parameters
from bookwheel.web.catalog.labels import number
from bookwheel.web.catalog.record import record_page
from bookwheel.web.library import library
from bookwheel.web.lists.addresses import ALL, list_address
from bookwheel.web.lists.choosing import Chosen, chosen_lists, save_form, tag
from bookwheel.web.lists.filling import Filled, entries_of, keep_added, put
from bookwheel.web.lists.gathering import MOST_CHOSEN, chosen_ids
from bookwheel.web.lists.gathering import found as searched
from bookwheel.web.lists.models import MOST_ITEMS, ReadingList
from bookwheel.web.lists.seeing import editable_by, reader_of
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import signed_in
from bookwheel.web.works.keeping import works_of

if TYPE_CHECKING:
    from bookwheel.library import Found

SAVED = "saved"
"""Marks the message of a page that comes after saving: then a browser's book bag lets go of what was saved."""


Outcome: TypeAlias = Sequence[tuple[ReadingList, Filled]]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def record(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """`/Record/ID/Save`: one record into one or several lists."""
    known = library().record(record_id)
    if known is None:
        raise Http404
    if known.deleted:
        return catalog.record(request, record_id)
    person = reader_of(request)
    mistakes: Mapping[str, str] = {}
    if request.method == "POST":
        choice, mistakes = chosen_lists(person, request.POST)
        if choice:
            found = {record_id: known}
            _say(request, _save(person, choice, found))
            _tag(request, choice, found)
            return redirect(record_address(record_id))
    held = editable_by(person).filter(items__work__record_id=record_id).values_list("public_id", flat=True)
    context = {
        "record": record_page(known.record, known.document),
        "form": save_form(person, request.POST if mistakes else None, mistakes, held),
        "back": record_address(record_id),
    }
    return render(request, "lists/save.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def several(request: HttpRequest) -> HttpResponseBase:
    """Records chosen one by one: given in the address, or put into the form by a script from what it remembers."""
    person = reader_of(request)
    ids = chosen_ids(request)
    mistakes: Mapping[str, str] = {}
    if request.method == "POST":
        found = library().found(ids)
        choice, mistakes = chosen_lists(person, request.POST) if found else (None, _nothing())
        if choice:
            _say(request, _save(person, choice, found), len(ids) - len(found))
            _tag(request, choice, found)
            return redirect(_page_of(choice))
    context = {
        "ids": ids,
        "source": request.GET.get("from", ""),
        "most": MOST_CHOSEN,
        "form": save_form(person, request.POST if mistakes else None, mistakes),
    }
    return render(request, "lists/save_chosen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def search(request: HttpRequest) -> HttpResponseBase:
    """All that a search finds, in the order of its pages."""
    person = reader_of(request)
    query = _query(request)
    mistakes: Mapping[str, str] = {}
    if request.method == "POST":
        choice, mistakes = chosen_lists(person, request.POST)
        if choice:
            _say(request, save_found(person, choice, query))
            return redirect(_page_of(choice))
    context = {
        "query": query,
        "kept": search_parameters(query),
        "address": search_address(query),
        "total": library().search(query).total,
        "most": MOST_ITEMS,
        "form": save_form(person, request.POST if mistakes else None, mistakes),
    }
    return render(request, "lists/save_found.html", context)


def save_found(person: Person, choice: Chosen, query: Query) -> Outcome:
    """Save what a search finds; each piece is kept at once, so that nobody else has to wait for the whole."""
    beyond = max(0, library().search(query).total - MOST_ITEMS)
    filled = [Filled(refused=beyond) for _ in choice.lists]
    for piece in searched(query, MOST_ITEMS):
        entries = entries_of(piece, choice.notes)
        filled = [before + put(each, person, entries) for each, before in zip(choice.lists, filled, strict=True)]
    return _kept(person, choice, filled, {})


def _save(person: Person, choice: Chosen, found: Mapping[str, "Found"]) -> Outcome:
    entries = entries_of(found, choice.notes)
    return _kept(person, choice, [put(each, person, entries) for each in choice.lists], found)


def _kept(person: Person, choice: Chosen, filled: Sequence[Filled], found: Mapping[str, "Found"]) -> Outcome:
    outcome = list(zip(choice.lists, filled, strict=True))
    for reading_list, each in outcome:
        keep_added(reading_list, person, each, found)
    return outcome


def _tag(request: HttpRequest, choice: Chosen, found: Mapping[str, "Found"]) -> None:
    for sentence in tag(reader_of(request), works_of(found).values(), choice.tags):
        messages.warning(request, sentence)


def _say(request: HttpRequest, outcome: Outcome, unknown: int = 0) -> None:
    for reading_list, filled in outcome:
        messages.success(request, _sentence(reading_list.title, filled), extra_tags=SAVED)
    if unknown:
        text = ngettext(
            "%(count)s record is not in the catalogue any more.",
            "%(count)s records are not in the catalogue any more.",
            unknown,
        )
        messages.warning(request, text % {"count": number(unknown)})


def _sentence(title: str, filled: Filled) -> str:
    parts = []
    if filled.added:
        text = ngettext("%(count)s work saved in “%(list)s”.", "%(count)s works saved in “%(list)s”.", filled.added)
        parts.append(text % {"count": number(filled.added), "list": title})
    if filled.known:
        text = ngettext(
            "%(count)s work was in “%(list)s” already.", "%(count)s works were in “%(list)s” already.", filled.known
        )
        parts.append(text % {"count": number(filled.known), "list": title})
    if filled.refused:
        text = ngettext(
            "%(count)s work was not saved: a list holds at most %(most)s works.",
            "%(count)s works were not saved: a list holds at most %(most)s works.",
            filled.refused,
        )
        parts.append(text % {"count": number(filled.refused), "most": number(MOST_ITEMS)})
    return " ".join(parts) or gettext("There was nothing to save.")


def _page_of(choice: Chosen) -> str:
    return list_address(choice.lists[0].public_id) if len(choice.lists) == 1 else ALL


def _query(request: HttpRequest) -> Query:
    if request.method == "POST":
        given = [(name, value) for name, values in request.POST.lists() for value in values]
    else:
        given = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=None)
    # Names of our own fields are no parameters of a search.
    given = [(name, value) for name, value in given if name not in _OF_THE_FORM]
    return url.from_url(given, page_size=settings.BOOKWHEEL.page_size)


_OF_THE_FORM = ("csrfmiddlewaretoken", "list", "title", "notes", "tags", "page", "limit", "after")


def _nothing() -> Mapping[str, str]:
    return {"ids": gettext("Nothing was chosen, or none of it is in the catalogue any more.")}
