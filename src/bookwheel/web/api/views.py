"""`/api/v1/search` and `/api/v1/record`, as VuFind answers them: enough for a script."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

import msgspec
from django.http import HttpRequest, HttpResponse

from bookwheel.errors import BookwheelError
from bookwheel.search import url
from bookwheel.search.engine import MAX_OFFSET
from bookwheel.search.fields import FACETS
from bookwheel.search.query import FacetRequest, Filter, Query
from bookwheel.search.results import SearchResult
from bookwheel.web.api.records import api_record
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import search_address
from bookwheel.web.catalog.caps import refusal
from bookwheel.web.library import library

Parameters: TypeAlias = list[tuple[str, str]]
Answer: TypeAlias = Callable[[Parameters], HttpResponse]

_FACET_LIMIT = 100
_KEPT_SECONDS = 60


def _endpoint(answer: Answer) -> Callable[[HttpRequest], HttpResponse]:
    """Parameters come by GET and POST alike, every origin may ask, and failures are worded as VuFind words them."""

    @wraps(answer)
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
        elif request.method in ("GET", "HEAD", "POST"):
            try:
                response = answer(_parameters(request))
            except BookwheelError:
                response = _error(503, "The catalogue cannot answer just now")
        else:
            response = _error(405, "Method not allowed")
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Robots-Tag"] = "noindex"
        return response

    return view


@_endpoint
def search(parameters: Parameters) -> HttpResponse:
    """`lookfor, type, filter[], facet[], sort, page, limit (0 to 100), field[], prettyPrint`."""
    # Zero results are VuFind's way to ask for the count and the facets alone.
    counting = dict(parameters).get("limit") == "0"
    asked = [(name, text) for name, text in parameters if not (counting and name == "limit")]
    if refused := refusal(asked, max_hits=MAX_OFFSET):
        return _error(400 if refused.status == 414 else refused.status, f"{refused.reason} {refused.advice}")
    facets = tuple(FacetRequest(name, _FACET_LIMIT) for name in _repeated(parameters, "facet") if name in FACETS)
    query: Query = url.from_url(asked, facets=facets)
    result = library().search(query)
    fields = _repeated(parameters, "field")
    answer: dict[str, Any] = {"resultCount": result.total}
    if result.hits and not counting:
        answer["records"] = [api_record(hit.document, fields) for hit in result.hits]
    if facets:
        answer["facets"] = {facet.field: _facet(query, result, facet.field) for facet in facets}
    return _json(answer | {"status": "OK"}, parameters)


@_endpoint
def record(parameters: Parameters) -> HttpResponse:
    """`id` or `id[]`, `field[]`, `prettyPrint`. Withdrawn records are as unknown ones."""
    ids = [text for name, text in parameters if name in ("id", "id[]") and text][:100]
    if not ids:
        return _error(400, "Missing id")
    found = [library().record(record_id) for record_id in ids]
    documents = [one.document for one in found if one and not one.deleted]
    if not documents:
        return _error(404, "Error loading record")
    records = [api_record(document, _repeated(parameters, "field")) for document in documents]
    return _json({"resultCount": len(records), "records": records, "status": "OK"}, parameters)


def _facet(query: Query, result: SearchResult, field: str) -> list[dict[str, Any]]:
    """Values with the address that narrows the search to each, and whether it is already."""
    if field not in result.facets:
        return []
    applied = {f.value for f in query.filters if f.field == field and f.mode != "none"}
    return [
        {
            "value": value.value,
            "translated": labels.value(field, value.value),
            "count": value.count,
            "href": search_address(query.with_filter(Filter(field, value.value))),
        }
        | ({"isApplied": True} if value.value in applied else {})
        for value in result.facets[field].values
    ]


def _parameters(request: HttpRequest) -> Parameters:
    found = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    if request.method == "POST":
        found += [(name, text) for name, texts in request.POST.lists() for text in texts if isinstance(text, str)]
    return found


def _repeated(parameters: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for key, text in parameters if key in (name, f"{name}[]")))


def _json(answer: dict[str, Any], parameters: Parameters) -> HttpResponse:
    body = msgspec.json.encode(answer)
    if dict(parameters).get("prettyPrint", "") not in ("", "0", "false"):
        body = msgspec.json.format(body, indent=4)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response


def _error(status: int, message: str) -> HttpResponse:
    body = msgspec.json.encode({"status": "ERROR", "statusMessage": message})
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
