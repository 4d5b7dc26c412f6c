"""Where searches are followed, and where what is new is looked through."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from bookwheel.search import url
from bookwheel.search.query import Query
from bookwheel.web.catalog.addresses import search_address, site_address
from bookwheel.web.catalog.caps import refusal
from bookwheel.web.catalog.labels import day
from bookwheel.web.feeds.forms import FORMS
from bookwheel.web.feeds.new_items import asked_day, new_items_page, since_address
from bookwheel.web.feeds.response import Version, feed_response, if_unchanged, version_of
from bookwheel.web.feeds.searches import follow_address, followed, search_feed, search_title
from bookwheel.web.library import library

_PAGE_SECONDS = 60
_SHOWN = 5
"""Entries the page that offers a feed shows of it."""

_MOST_VERSIONS = 10_000
_versions: dict[bytes, Version] = {}
"""Digest of a state of the catalogue, its address and the feed's -> the version there was: a reader that has it is told
so without a search."""


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """`/Search/Feed?<search>&form=atom`; without a form, a page that offers them."""
    parameters = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=None)
    form = dict(parameters).get("form", "")
    # A feed has no pages: what an address says of them does not matter.
    asked = [(name, text) for name, text in parameters if name not in ("page", "limit")]
    query = followed(url.from_url(asked, page_size=settings.BOOKWHEEL.page_size))
    if refused := refusal(asked):
        context = {"refusal": refused, "address": search_address(replace(query, filters=())), "query": query}
        return _unlisted(render(request, "refused.html", context, status=refused.status))
    if not form:
        return _offered(request, query)
    with translation.override(settings.LANGUAGE_CODE):
        return _fed(request, query, form)


def _fed(request: HttpRequest, query: Query, form: str) -> HttpResponseBase:
    catalogue, site = library(), site_address(request)
    own = follow_address(query, form)
    state = catalogue.state
    key = hashlib.sha256("\0".join((state, site, own)).encode()).digest()
    known = _versions.get(key) if state else None
    if known and (answer := if_unchanged(request, known)):
        return answer
    made = search_feed(catalogue, query, site)
    response = feed_response(request, made, form, address=site + own)
    if state:
        if len(_versions) >= _MOST_VERSIONS:
            _versions.clear()
        _versions[key] = version_of(response, made)
    return response


def _offered(request: HttpRequest, query: Query) -> HttpResponse:
    made = search_feed(library(), query, site_address(request))
    context = {
        "query": query,
        "name": search_title(query),
        "search": search_address(replace(query, sort="added")),
        "forms": [(form, site_address(request) + follow_address(query, form.name)) for form in FORMS.values()],
        "entries": [(entry, day(entry.published) if entry.published.year > 1970 else "") for entry in made.entries],
        "shown": _SHOWN,
    }
    return _unlisted(_kept(render(request, "feeds/follow.html", context)))


@require_safe
def new_items(request: HttpRequest) -> HttpResponse:
    """`/Search/NewItem`: what is new; with VuFind's `range` of days, or `since` a day, the result page of it."""
    today = datetime.now(UTC).date()
    if begins := asked_day(request.GET.get("range", ""), request.GET.get("since", ""), today):
        # For a while: tomorrow the same range begins a day later.
        return _unlisted(_kept(HttpResponseRedirect(since_address(begins))))
    return _kept(render(request, "feeds/new_items.html", {"page": new_items_page(library(), today)}))


def _kept(response: HttpResponse) -> HttpResponse:
    """Caches may keep the page; the language is part of its key."""
    response["Cache-Control"] = f"public, max-age={_PAGE_SECONDS}"
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
