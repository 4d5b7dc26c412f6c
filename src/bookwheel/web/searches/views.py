"""A reader's kept searches: save, look, change, delete, carry away."""

import json
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookwheel.search import url
from bookwheel.search.query import Query
from bookwheel.web.alerts.models import Frequency
from bookwheel.web.alerts.preview import preview
from bookwheel.web.alerts.subscribing import TooManyAlertsError, set_frequency
from bookwheel.web.catalog.addresses import search_parameters
from bookwheel.web.library import library
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import person_of, signed_in
from bookwheel.web.searches import personal
from bookwheel.web.searches.addresses import ALL, saved_address
from bookwheel.web.searches.describe import details
from bookwheel.web.searches.keeping import MistakeError, already_saved, name_entered, name_for, save
from bookwheel.web.searches.kept import address_of, query_of
from bookwheel.web.searches.models import LONGEST_NAME, SavedSearch
from bookwheel.web.searches.shown import digest_views, digests_visible_to, search_view, search_views, visible_to

_DIGESTS_SHOWN = 20


def _person(request: HttpRequest) -> Person:
    """Who is signed in, behind `signed_in`."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    """The form for saving a search, and what it sends. VuFind's address, whose numbers of searches we do not have."""
    if request.GET.keys() & {"save", "delete", "searchid"}:
        return HttpResponseRedirect(ALL)
    person, query = _person(request), _query(request)
    if before := already_saved(person, query):
        # In the address, since a message would be kept in the session, and looking changes nothing.
        return HttpResponseRedirect(f"{saved_address(before.pk)}?already=1")
    entered = request.POST.get("name", "") if request.method == "POST" else name_for(query)
    frequency = _frequency(request.POST.get("frequency", ""))
    mistake = ""
    if request.method == "POST":
        try:
            saved = save(person, query, entered)
        except MistakeError as error:
            mistake = str(error)
        else:
            messages.success(request, gettext("Saved: %(name)s") % {"name": saved.name})
            _switch(request, saved, frequency)
            return HttpResponseRedirect(ALL)
    context = {
        "query": query,
        "details": details(query),
        "back": address_of(query),
        "parameters": search_parameters(query),
        "name": entered,
        "mistake": mistake,
        **_choices(frequency),
    }
    return render(request, "searches/save.html", context, status=422 if mistake else 200)


@signed_in
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    refused = digest_views(digests_visible_to(person).filter(state="refused")[:1])
    context = {"searches": search_views(person), "refused": refused[0] if refused else None, "sends": _sends()}
    return render(request, "searches/searches.html", context)


@signed_in
@require_safe
def search(request: HttpRequest, number: int) -> HttpResponse:
    """One search: its name, its alert, and what the alert would have told."""
    return _page(request, _saved(request, number))


@signed_in
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another name, another frequency."""
    saved = _saved(request, number)
    entered = request.POST.get("name", "")
    try:
        saved.name = name_entered(entered)
    except MistakeError as error:
        return _page(request, saved, entered, str(error))
    saved.save(update_fields=["name"])
    if _switch(request, saved, _frequency(request.POST.get("frequency", ""))):
        messages.success(request, gettext("Changed: %(name)s") % {"name": saved.name})
    return HttpResponseRedirect(ALL)


@signed_in
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    saved = _saved(request, number)
    saved.delete()
    messages.success(request, gettext("Deleted: %(name)s") % {"name": saved.name})
    return HttpResponseRedirect(ALL)


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All of a reader's searches as JSON that `personal.put_back` takes."""
    body = json.dumps(personal.take_out(_person(request)), ensure_ascii=False, indent=1)
    disposition = content_disposition_header(True, "searches.json") or ""
    return HttpResponse(body, content_type="application/json", headers={"Content-Disposition": disposition})


@require_safe
def to_searches(request: HttpRequest) -> HttpResponse:
    """VuFind's pages for schedules lead to the page that has them all."""
    return HttpResponseRedirect(ALL)


def _page(request: HttpRequest, saved: SavedSearch, entered: str | None = None, mistake: str = "") -> HttpResponse:
    view = search_view(saved)
    digests = digests_visible_to(_person(request)).filter(events__alert__search=saved).distinct()
    context: dict[str, Any] = {
        "search": view,
        "name": saved.name if entered is None else entered,
        "mistake": mistake,
        "already": "already" in request.GET,
        "digests": digest_views(digests[:_DIGESTS_SHOWN]),
        "preview": preview(library(), query_of(saved), timezone.now()) if "preview" in request.GET else None,
        **_choices(view.frequency),
    }
    return render(request, "searches/search.html", context, status=422 if mistake else 200)


def _saved(request: HttpRequest, number: int) -> SavedSearch:
    found = visible_to(_person(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _query(request: HttpRequest) -> Query:
    """The search of an address, or of the hidden fields of a form."""
    if request.method == "POST":
        given = [(name, text) for name, texts in request.POST.lists() for text in texts if isinstance(text, str)]
    else:
        given = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return url.from_url(given, page_size=settings.BOOKWHEEL.page_size)


def _frequency(text: str) -> str:
    return text if text in Frequency.values else Frequency.NEVER.value


def _switch(request: HttpRequest, saved: SavedSearch, frequency: str) -> bool:
    """Give the search its alert; False, with a message, when the reader has too many."""
    now = timezone.now()
    try:
        set_frequency(saved, frequency, library().reached(now), now)
    except TooManyAlertsError as error:
        messages.error(request, str(error))
        return False
    return True


def _choices(frequency: str) -> dict[str, Any]:
    return {"frequency": frequency, "frequencies": Frequency.choices, "longest_name": LONGEST_NAME, "sends": _sends()}


def _sends() -> bool:
    """Whether digests go out at all: their links need the catalogue's address."""
    return bool(settings.BOOKWHEEL.public_url)
