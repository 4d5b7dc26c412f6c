"""Downloads: read-only addresses, VuFind's own where VuFind has one, streamed as the records come."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bookwheel.search import url
from bookwheel.web.catalog import views as catalog
from bookwheel.web.catalog.addresses import search_parameters
from bookwheel.web.catalog.caps import Refusal, refusal
from bookwheel.web.export.download import as_file, citation_style, offered, streamed
from bookwheel.web.export.menu import export_named
from bookwheel.web.library import library

MOST_IDS = 900
"""Records chosen one by one: an address with more is longer than servers take, and Django reads a thousand fields."""


@require_safe
def record(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """`/Record/ID/Export?style=RIS`; without a style, a page that offers them."""
    found = library().record(record_id)
    if found is None:
        raise Http404
    if found.deleted:
        return catalog.record(request, record_id)
    export = export_named(request.GET.get("style", ""))
    if export is None:
        return offered(request, [])
    citation = citation_style(request.GET.get("citation", ""))
    response = HttpResponse(b"".join(library().export_records([record_id], export.name, citation)))
    return as_file(response, export, record_id)


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """`/Search/Export?…&style=RIS`: all that a search finds, or with `id[]` the records of a selection.

    `offset` passes over the first records, to go on with a download that broke off. A download of more records than
    the catalogue allows ends with the last one allowed.
    """
    parameters = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=None)
    if refused := _refusal(parameters):
        context = {"refusal": refused, "address": "/Search/Results", "query": url.from_url([])}
        return _unlisted(render(request, "refused.html", context, status=refused.status))
    ids = [_bare(value) for name, value in parameters if name in ("id[]", "id")]
    query = url.from_url(parameters, page_size=settings.BOOKWHEEL.page_size)
    export = export_named(request.GET.get("style", ""))
    if export is None:
        kept = [("id[]", one) for one in ids] or search_parameters(query)
        return offered(request, kept)
    if request.method == "HEAD":
        return as_file(HttpResponse(), export, "records")
    citation = citation_style(request.GET.get("citation", ""))
    if ids:
        return as_file(StreamingHttpResponse(library().export_records(ids, export.name, citation)), export, "records")
    pieces = library().export(query, export.name, citation, _offset(request), _limit())
    return streamed(request, pieces, export, "records")


def _refusal(parameters: list[tuple[str, str]]) -> Refusal | None:
    ids = sum(name in ("id[]", "id") for name, _ in parameters)
    if ids > MOST_IDS:
        return Refusal(
            414,
            gettext("A selection takes at most %(most)s records.") % {"most": MOST_IDS},
            gettext("Export it in parts, or the whole search."),
        )
    # Where the page of results begins does not matter to an export.
    return refusal([(name, text) for name, text in parameters if name not in ("page", "limit")])


def _bare(record_id: str) -> str:
    """VuFind writes the index before the id: "Solr|doaj-art-…"."""
    return record_id.removeprefix("Solr|")


def _offset(request: HttpRequest) -> int:
    text = request.GET.get("offset", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _limit() -> int | None:
    most: int = settings.BOOKWHEEL.export_limit
    return most or None


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
