"""Requests become values, templates make them pages: each a function of its address and the reader's language."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from bookwheel.search import url
from bookwheel.search.query import Query
from bookwheel.web.catalog import tabs
from bookwheel.web.catalog.addresses import record_address, search_address
from bookwheel.web.catalog.caps import Refusal, refusal
from bookwheel.web.catalog.hits import hit_views
from bookwheel.web.catalog.home import home_page
from bookwheel.web.catalog.record import citation, record_page
from bookwheel.web.catalog.results import facet_requests, results_page
from bookwheel.web.feeds.searches import follow_address
from bookwheel.web.library import library
from bookwheel.web.lists.marks import saved_in
from bookwheel.web.machines import negotiation, signposting
from bookwheel.web.machines import views as machines
from bookwheel.web.machines.page import for_machines
from bookwheel.web.ops import counting
from bookwheel.web.people.permissions import person_of
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.record import own_tags, record_tags
from bookwheel.web.works.keeping import current_id, works_of

_LANDING_SECONDS = 600
_SEARCH_SECONDS = 60
# A record that its source withdraws must be gone everywhere within a minute (reliability S27).
_RECORD_SECONDS = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    page = home_page(library())
    return _kept(render(request, "home.html", {"page": page}), _LANDING_SECONDS if page.records else 0)


@require_safe
def to_home(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect("/")


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The result page; any other way to write the same search leads to its one canonical address (reliability B2)."""
    catalogue = library()
    parameters = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=None)
    if settings.BOOKWHEEL.accounts and ("type", "Tag") in parameters:
        return redirect(tag_address(request.GET.get("lookfor", "")))
    if refused := refusal(parameters, default_size=settings.BOOKWHEEL.page_size):
        return _refused(request, refused, parameters)
    if dict(parameters).get("view") == "rss":
        # VuFind's feeds are a view of the result page.
        found = url.from_url(parameters, page_size=settings.BOOKWHEEL.page_size)
        return _kept(HttpResponsePermanentRedirect(follow_address(found, "rss")), _SEARCH_SECONDS)
    query = url.from_url(parameters, facets=facet_requests(catalogue.facets), page_size=settings.BOOKWHEEL.page_size)
    # Cursors are for programs: pages that people leaf through have numbers.
    query = replace(query, after="")
    canonical = search_address(query)
    if _leads_there(query, canonical, parameters):
        return _kept(HttpResponsePermanentRedirect(canonical), _SEARCH_SECONDS)
    page = results_page(catalogue, query)
    if not page.total:
        counting.note(request, query.text)
    saved = saved_in(person_of(request), [hit.id for hit in page.hits])
    response = render(request, "results.html", {"page": page, "query": query, "saved": saved})
    return _unlisted(_kept(response, _SEARCH_SECONDS))


@require_safe
def record(request: HttpRequest, record_id: str, tab: str | None = None) -> HttpResponse:
    """A record with one of its tabs; 410 with the last known citation once its source has withdrawn it."""
    catalogue = library()
    found = catalogue.record(record_id)
    if (found is None or found.deleted) and (now := _bears_now(record_id)) != record_id:
        return HttpResponsePermanentRedirect(record_address(now, tab or ""))
    if found is None or found.deleted:
        return _gone(request, record_id, citation(found.record) if found else None)
    if tab == "Home":
        return HttpResponsePermanentRedirect(record_address(record_id))
    if not tab and (form := negotiation.preferred(request.headers.get("Accept", ""))):
        response = machines.form(request, record_id, form)
        patch_vary_headers(response, ("Accept",))
        return response
    page = record_page(found.record, found.document)
    shown = tabs.tab_named(tab)
    if tab and shown.name != tab:
        raise Http404
    address = machines.page_address(request, record_id)
    person = person_of(request)
    context: dict[str, Any] = {
        "record": page,
        "saved": saved_in(person, [record_id]).get(record_id, ()),
        "tags": record_tags(person, record_id) if settings.BOOKWHEEL.accounts else (),
        "machines": for_machines(found.record, address) if shown.listed else None,
        "tab": shown,
        "tabs": tabs.tab_links(catalogue, found, shown),
        **shown.context(catalogue, found, request),
    }
    response = render(request, shown.template, context)
    if not shown.listed:
        return _unlisted(_kept(response, _RECORD_SECONDS))
    response["Link"] = signposting.header(found.record, address)
    patch_vary_headers(response, ("Accept",))
    return _kept(response, _RECORD_SECONDS)


@require_safe
def versions_of(request: HttpRequest) -> HttpResponse:
    """Every record of the same work, the record itself among them."""
    record_id = request.GET.get("id", "")
    found = library().record(record_id) if record_id else None
    if found is None or found.deleted:
        raise Http404
    context = {
        "record": record_page(found.record, found.document),
        "hits": hit_views(library().versions(record_id)),
    }
    return _unlisted(_kept(render(request, "versions.html", context), _SEARCH_SECONDS))


def _gone(request: HttpRequest, record_id: str, last_known: str | None) -> HttpResponse:
    """A record that was withdrawn, with what its reader tagged it; one that nobody knows only for who tagged it."""
    tags = own_tags(person_of(request), record_id)
    if last_known is None and not tags:
        raise Http404
    if last_known is None:
        last_known = works_of([record_id])[record_id].title
    context = {"id": record_id, "citation": last_known, "tags": tags}
    return _unlisted(render(request, "record/gone.html", context, status=410))


def _bears_now(record_id: str) -> str:
    """The id a record goes by since it was given another: known where people's things have followed it."""
    return current_id(record_id) if settings.BOOKWHEEL.accounts else record_id


def _leads_there(query: Query, canonical: str, parameters: Sequence[tuple[str, str]]) -> bool:
    """Whether another way to write a search is to lead to its canonical address: not when a remark would be lost."""
    written = parse_qsl(canonical.partition("?")[2], keep_blank_values=True)
    if written == parameters:
        return False
    return url.from_url(written, page_size=settings.BOOKWHEEL.page_size).notes == query.notes


def _refused(request: HttpRequest, refused: Refusal, parameters: Sequence[tuple[str, str]]) -> HttpResponse:
    """The page that names the cap; its link leads to the same search within the caps."""
    within = [
        (name, text) for name, text in parameters if name not in ("page", "limit") and not name.startswith("filter")
    ]
    query: Query = url.from_url(within, page_size=settings.BOOKWHEEL.page_size)
    context = {"refusal": refused, "address": search_address(query), "query": query}
    return _unlisted(render(request, "refused.html", context, status=refused.status))


def _kept(response: HttpResponse, seconds: int) -> HttpResponse:
    """Caches may keep the page; the language is part of its key."""
    response["Cache-Control"] = f"public, max-age={seconds}"
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
