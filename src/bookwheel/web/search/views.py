"""Requests become values, templates make them pages: suggestions, lists, the advanced form and explanations."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookwheel.search import url
from bookwheel.search.fields import FACETS
from bookwheel.search.query import Query
from bookwheel.search.why import MAX_WANTED
from bookwheel.web.catalog.addresses import phrase_address, search_address
from bookwheel.web.catalog.facets import YEAR
from bookwheel.web.catalog.record import record_page
from bookwheel.web.library import library
from bookwheel.web.search import browse as browsing
from bookwheel.web.search.advanced import advanced_page
from bookwheel.web.search.explain import score_page
from bookwheel.web.search.facet_list import MAX_CHARACTERS, MOST_BY_COUNT, ROWS, Place, facet_list_page
from bookwheel.web.search.help import help_page
from bookwheel.web.search.suggest import suggestions
from bookwheel.web.search.why import why_page

_LIST_SECONDS = 600
_SEARCH_SECONDS = 60
_MOST_UPLOADED = 1_000_000
"""Bytes of a file of papers."""


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Our own suggestions: value, kind in words, and the search type that finds it."""
    found = suggestions(library(), request.GET.get("q", ""), request.GET.get("type", "AllFields"))
    values = [{"value": s.value, "kind": gettext(s.kind.label), "type": s.kind.search_type} for s in found]
    return _unlisted(_kept(JsonResponse({"suggestions": values}), _SEARCH_SECONDS))


@require_safe
def ajax(request: HttpRequest) -> HttpResponse:
    """`/AJAX/JSON?method=getACSuggestions&q=…&type=…` as VuFind answers it."""
    if request.GET.get("method") != "getACSuggestions":
        return JsonResponse({"data": "Invalid method", "status": "ERROR"}, status=400)
    found = suggestions(library(), request.GET.get("q", ""), request.GET.get("type", "AllFields"))
    return _unlisted(_kept(JsonResponse({"data": {"suggestions": [s.value for s in found]}}), _SEARCH_SECONDS))


@require_safe
def browse_home(request: HttpRequest) -> HttpResponse:
    return _kept(render(request, "search/browse_home.html", {"choices": browsing.choices()}), _LIST_SECONDS)


@require_safe
def alphabrowse(request: HttpRequest) -> HttpResponse:
    source = browsing.source_named(request.GET.get("source", "") or "author")
    if source is None:
        raise Http404
    place = [request.GET.get(name, "")[: browsing.MAX_CHARACTERS * 10] for name in ("from", "after", "before")]
    page = browsing.browse_page(library(), source, *place)
    return _unlisted(_kept(render(request, "search/alphabrowse.html", {"page": page}), _SEARCH_SECONDS))


@require_safe
def browse_by(request: HttpRequest, name: str) -> HttpResponse:
    """VuFind's lists by kind, `/Browse/Author` or `/Browse/Topic`; of kinds we have no list of, all there are."""
    source = browsing.source_named(name.lower())
    return HttpResponsePermanentRedirect(browsing.browse_address(source) if source else "/Browse/Home")


@require_safe
def author(request: HttpRequest) -> HttpResponse:
    """VuFind's page of an author, `/Author/Home?author=…`, leads to the works by that name."""
    name = request.GET.get("author") or request.GET.get("lookfor") or ""
    address = phrase_address(name, "Author") if name.strip() else browsing.browse_address(browsing.SOURCES[0])
    return HttpResponsePermanentRedirect(address)


@require_safe
def facet_list(request: HttpRequest) -> HttpResponse:
    field = request.GET.get("facet", "")
    if field not in FACETS or field == YEAR:
        raise Http404
    number = request.GET.get("facetpage", "1")
    page = facet_list_page(
        library(),
        _query(request),
        field,
        Place(
            order="index" if request.GET.get("facetsort") == "index" else "count",
            page=min(int(number), MOST_BY_COUNT // ROWS) if number.isascii() and number.isdecimal() and number else 1,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            contains=request.GET.get("contains", "").strip()[:MAX_CHARACTERS],
        ),
    )
    context = {"page": page, "query": page.query}
    return _unlisted(_kept(render(request, "search/facet_list.html", context), _SEARCH_SECONDS))


@require_safe
def advanced(request: HttpRequest) -> HttpResponse:
    """The form; sent with its button it leads to the search, which gives the form its one address."""
    parameters = _parameters(request)
    if dict(parameters).get("find"):
        query = url.from_url(parameters, page_size=settings.BOOKWHEEL.page_size)
        return HttpResponseRedirect(search_address(query))
    page = advanced_page(library(), parameters, settings.BOOKWHEEL.page_size)
    return _unlisted(_kept(render(request, "search/advanced.html", {"page": page}), _SEARCH_SECONDS))


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The searches of this browser; the browser alone knows them, so the page is the same for everyone."""
    return _unlisted(_kept(render(request, "search/history.html"), _LIST_SECONDS))


@require_safe
def help_home(request: HttpRequest) -> HttpResponse:
    """VuFind's address of its help; one page answers every topic."""
    return _kept(render(request, "search/help.html", {"page": help_page(library())}), _LIST_SECONDS)


@require_safe
def explain(request: HttpRequest, record_id: str) -> HttpResponse:
    """Why a search gives a record its place."""
    catalogue = library()
    found = catalogue.record(record_id)
    if found is None or found.deleted:
        raise Http404
    query = _query(request)
    explanation = catalogue.explain(query, record_id)
    context = {
        "record": record_page(found.record, found.document),
        "query": query,
        "search": search_address(query),
        "page": score_page(explanation) if explanation else None,
    }
    return _unlisted(_kept(render(request, "search/explain.html", context), _SEARCH_SECONDS))


@csrf_exempt  # It changes nothing: POST is for lists too long for an address.
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest) -> HttpResponse:
    """Papers beside a search: which of them it finds, and why not the others."""
    parameters = _parameters(request)
    if request.method == "POST":
        parameters += [(name, text) for name, texts in request.POST.lists() for text in texts if isinstance(text, str)]
    query = url.from_url(parameters, page_size=settings.BOOKWHEEL.page_size)
    papers = dict(parameters).get("papers", "")
    if upload := request.FILES.get("file"):
        papers = f"{papers}\n{upload.read(_MOST_UPLOADED).decode('utf-8', errors='replace')}".strip()
    inquiry = library().why(query, papers) if papers.strip() else None
    context = {"page": why_page(query, papers, inquiry), "query": query, "most": MAX_WANTED}
    response = render(request, "search/why.html", context)
    response["Cache-Control"] = "no-store"
    return _unlisted(response)


def _parameters(request: HttpRequest) -> list[tuple[str, str]]:
    return parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)


def _query(request: HttpRequest) -> Query:
    return url.from_url(_parameters(request), page_size=settings.BOOKWHEEL.page_size)


def _kept(response: HttpResponse, seconds: int) -> HttpResponse:
    """Caches may keep the page; the language is part of its key."""
    response["Cache-Control"] = f"public, max-age={seconds}"
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
