"""Addresses that programs read: forms of a record, unAPI, identifiers to records, OpenURL, OpenSearch, sitemaps."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from bookwheel.exports import EXPORTS, Item
from bookwheel.records.model import Record
from bookwheel.search.query import Everything, Exact, Query
from bookwheel.search.why import Verdict
from bookwheel.web.catalog.addresses import record_address, site_address
from bookwheel.web.library import library
from bookwheel.web.machines import known_item, schema_org, signposting
from bookwheel.web.search.suggest import suggestions

UNAPI = {"rdf_bibliontology": "bibo", "mods": "mods", "marcxml": "marcxml", "ris": "ris", "bibtex": "bibtex"}
"""unAPI's names of formats, best first for a reference manager, and ours."""

SITEMAP = 10_000
"""Records on a sitemap, of 50,000 that the protocol allows: a crawler waits while it is made."""
MAX_RESOLVED = 1_000
_BATCH = 500
_KEPT_SECONDS = 60
_DAY = 86_400


def page_address(request: HttpRequest, record_id: str) -> str:
    return site_address(request) + record_address(record_id)


# Forms of a record


@require_safe
def form_of_record(request: HttpRequest, record_id: str, name: str) -> HttpResponse:
    """`/Record/ID/As/ris`: where the typed links of the page lead."""
    if name not in signposting.DESCRIBED_BY:
        raise Http404
    return form(request, record_id, name)


def form(request: HttpRequest, record_id: str, name: str) -> HttpResponse:
    """A record in one of `signposting.DESCRIBED_BY`. Raises Http404 for one that is not there or was withdrawn."""
    record, address = _record(record_id), page_address(request, record_id)
    if name == "jsonld":
        body = msgspec.json.format(msgspec.json.encode(schema_org.described(record, address)))
    else:
        body = b"".join(EXPORTS[name].write([Item(record_id, record, address)]))
    response = _kept(HttpResponse(body, content_type=_content_type(signposting.media_type(name))))
    response["Link"] = f'<{address}> ; rel="describes" ; type="text/html"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def linkset(request: HttpRequest, record_id: str) -> HttpResponse:
    record = _record(record_id)
    body = msgspec.json.encode(signposting.linkset(record, page_address(request, record_id)))
    return _kept(HttpResponse(body, content_type="application/linkset+json"))


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """Formats without an id, formats of an id, or the record (unapi.info, revision 3)."""
    record_id, name = request.GET.get("id", ""), request.GET.get("format", "")
    if name and not record_id:
        return HttpResponse("format needs an id", status=400, content_type="text/plain")
    if name:
        if name not in UNAPI:
            return HttpResponse("no such format", status=406, content_type="text/plain")
        return form(request, record_id, UNAPI[name])
    if record_id:
        _record(record_id)
    formats = [(known, EXPORTS[export].media_type) for known, export in UNAPI.items()]
    context = {"id": record_id, "formats": formats}
    status = 300 if record_id else 200
    return _kept(render(request, "machines/unapi.xml", context, content_type="application/xml", status=status))


def _record(record_id: str) -> Record:
    found = library().record(record_id)
    if found is None or found.deleted:
        raise Http404
    return found.record


# From what is known to the record


# Nothing is changed here, whichever method asks.
@csrf_exempt
def resolve(request: HttpRequest) -> HttpResponse:
    """`/resolve?id=…&id=…`, or a POST with one identifier on each line: up to 1,000 DOIs, PMIDs and record ids.

    For each: found, with id and address; or why not: unknown, removed (with the day) or quarantined (with the reason).
    """
    if request.method == "POST":
        wanted = request.body.decode("utf-8", "replace").split("\n")
    elif request.method in ("GET", "HEAD"):
        query = parse_qsl(request.META.get("QUERY_STRING", ""))
        wanted = [text for name, text in query if name in ("id", "id[]")]
    else:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    wanted = list(dict.fromkeys(stripped for text in wanted if (stripped := text.strip())))
    if not wanted or len(wanted) > MAX_RESOLVED:
        problem = {"title": f"1 to {MAX_RESOLVED} identifiers are resolved at once, not {len(wanted)}", "status": 400}
        return HttpResponse(msgspec.json.encode(problem), status=400, content_type="application/problem+json")
    answer = {"results": [found for batch in _batches(wanted) for found in _resolved(request, batch)]}
    response = HttpResponse(msgspec.json.encode(answer), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _batches(wanted: Sequence[str]) -> list[Sequence[str]]:
    return [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]


def _resolved(request: HttpRequest, wanted: Sequence[str]) -> list[dict[str, str]]:
    verdicts = library().why(Query(tree=Everything()), "\n".join(wanted)).verdicts
    return [_verdict(request, verdict) for verdict in verdicts]


def _verdict(request: HttpRequest, verdict: Verdict) -> dict[str, str]:
    said = {"asked": verdict.wanted.text, "status": verdict.cause}
    if verdict.record_id:
        return said | {"id": verdict.record_id, "url": page_address(request, verdict.record_id)}
    return said | ({"detail": verdict.detail} if verdict.detail else {})


@require_safe
def openurl(request: HttpRequest) -> HttpResponse:
    """`/OpenURL?rft_id=info:doi/…`: a known item leads to its record, what is not known for sure to a search."""
    asked = parse_qsl(request.META.get("QUERY_STRING", ""), max_num_fields=None)[:200]
    for field, value in known_item.identifiers(asked):
        for hit in library().search(Query(tree=Exact(field, value), size=1)).hits:
            return HttpResponseRedirect(record_address(hit.id))
    if (tree := known_item.place(asked)) and (result := library().search(Query(tree=tree, size=2))).total == 1:
        return HttpResponseRedirect(record_address(result.hits[0].id))
    return HttpResponseRedirect(f"/Search/Results?{urlencode(known_item.search(asked))}")


# Searching from elsewhere


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    context = {"site": site_address(request)}
    content_type = "application/opensearchdescription+xml"
    return _kept(render(request, "machines/opensearch.xml", context, content_type=content_type), _DAY)


@require_safe
def completions(request: HttpRequest) -> HttpResponse:
    """Suggestions as browsers' search fields read them: what was typed, and what it may become."""
    text = request.GET.get("lookfor", "")
    found = [suggestion.value for suggestion in suggestions(library(), text, request.GET.get("type", "AllFields"))]
    body = msgspec.json.encode([text, found])
    return _kept(HttpResponse(body, content_type="application/x-suggestions+json"))


# Crawlers


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    context = {"site": site_address(request), "parts": library().provider.parts(SITEMAP)}
    return _kept(render(request, "machines/sitemap_index.xml", context, content_type="application/xml"), _DAY // 24)


@require_safe
def sitemap(request: HttpRequest, number: int) -> HttpResponse:
    entries = library().provider.part(number, SITEMAP)
    if not entries:
        raise Http404
    pages = [(page_address(request, record_id), moment) for record_id, moment in entries]
    return _kept(render(request, "machines/sitemap.xml", {"pages": pages}, content_type="application/xml"), _DAY // 24)


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _kept(response: HttpResponse, seconds: int = _KEPT_SECONDS) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
