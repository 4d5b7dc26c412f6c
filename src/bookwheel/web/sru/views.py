"""`/SRU`: searchRetrieve, scan and explain."""

from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from bookwheel.exports.base import Item
from bookwheel.search import url
from bookwheel.search.engine import TITLES, Stretch
from bookwheel.search.results import Hit, SearchResult
from bookwheel.web.catalog.addresses import record_address, site_address
from bookwheel.web.exported import exported
from bookwheel.web.library import library
from bookwheel.web.sru import explain
from bookwheel.web.sru import request as requests
from bookwheel.web.sru.diagnostics import DiagnosticError, refused
from bookwheel.web.sru.request import SCHEMAS, Request
from bookwheel.web.sru.response import ZEEREX_SCHEMA, Answer

_MAX_PARAMETERS = 10_000
"""Characters of all of a request's parameters."""

_EXPORTS = {
    "dc": ("oai_dc", "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"),
    "marcxml": ("marcxml", "{http://www.loc.gov/MARC21/slim}record"),
    "mods": ("mods", "{http://www.loc.gov/mods/v3}mods"),
}
"""Export and element of each schema."""

_SCANNED = {
    "dc.title": TITLES, "title": TITLES, "dc.creator": "author_facet", "author": "author_facet",
    "dc.subject": "topic_facet", "subject": "topic_facet", "dcterms.ispartof": "container_title_str",
    "dc.publisher": "publisherStr", "dc.language": "language", "dc.type": "format",
}  # fmt: skip
"""Lists of values, by index."""


# Nothing is changed here, whichever method asks.
@csrf_exempt
def server(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    given = _parameters(request)
    address = site_address(request)
    try:
        asked = requests.read(given)
    except DiagnosticError as refusal:
        answer = Answer(requests.version_of(given), "scan" if "scanClause" in given else "searchRetrieve")
        answer.refuse(refusal)
    else:
        answer = _OPERATIONS[asked.operation](asked, address)
    return HttpResponse(answer.xml(), content_type="application/xml; charset=utf-8")


def _parameters(request: HttpRequest) -> dict[str, str]:
    """Parameters by name; the last of a name counts."""
    if request.method == "POST":
        return {name: text for name, text in request.POST.items() if isinstance(text, str)}
    return dict(parse_qsl(request.META.get("QUERY_STRING", "")[:_MAX_PARAMETERS], keep_blank_values=True))


def _search(asked: Request, address: str) -> Answer:
    answer = Answer(asked.version, "searchRetrieve")
    try:
        total, hits = _found(asked)
    except DiagnosticError as refusal:
        answer.element("numberOfRecords", answer.root, "0")
        answer.refuse(refusal)
        return answer
    answer.element("numberOfRecords", answer.root, str(total))
    if hits:
        records = answer.element("records", answer.root)
        for place, hit in enumerate(hits, asked.start):
            content = _record(hit.id, asked.schema, address)
            answer.record(records, SCHEMAS[asked.schema], content, place, asked.as_text)
        following = asked.start + len(hits)
        if following <= total:
            answer.element("nextRecordPosition", answer.root, str(following))
    return answer


def _found(asked: Request) -> tuple[int, list[Hit]]:
    """The number of records, and those asked for: of one page of ours, or of two where they reach over its end."""
    size = max(asked.size, 1)
    page, skipped = divmod(asked.start - 1, size)
    result = _page(asked, page + 1, size)
    hits = list(result.hits[skipped:])
    if skipped and len(hits) < size and asked.start - 1 + len(hits) < result.total:
        hits += _page(asked, page + 2, size).hits
    if asked.start > max(result.total, 1):
        raise DiagnosticError(61, f"there are {result.total} records")
    return result.total, hits[: asked.size]


def _page(asked: Request, page: int, size: int) -> SearchResult:
    parameters = {"lookfor": asked.query, "syntax": "cql", "page": str(page), "limit": str(size)}
    query = url.from_url({**parameters, "sort": asked.sort or "relevance"}.items())
    if refusal := refused(asked.query, query.notes):
        raise refusal
    return library().search(query)


def _record(record_id: str, schema: str, address: str) -> etree._Element:
    found = library().record(record_id)
    if found is None:
        raise DiagnosticError(1, f"{record_id} went away")
    name, tag = _EXPORTS[schema]
    return exported(name, tag, Item(record_id, found.record, address + record_address(record_id)))


def _scan(asked: Request, address: str) -> Answer:
    """Terms of a list from the one asked for on, with as many before it as the response position wants."""
    answer = Answer(asked.version, "scan")
    index, _, term = asked.query.partition("=")
    field = _SCANNED.get(index.strip().lower())
    if field is None:
        answer.refuse(DiagnosticError(16, index.strip()[:50]))
        return answer
    start = term.strip().strip('"').strip()
    before = max(min(asked.position - 1, asked.size), 0)
    values = list(library().browse(field, Stretch(start=start, size=max(asked.size - before, 1))))
    if before and values:
        values = [*library().browse(field, Stretch(before=values[0].value, size=before)), *values]
    terms = answer.element("terms", answer.root)
    for value in values:
        one = answer.element("term", terms)
        answer.element("value", one, value.value)
        answer.element("numberOfRecords", one, str(value.count))
    return answer


def _explain(asked: Request, address: str) -> Answer:
    answer = Answer(asked.version, "explain")
    parts = urlsplit(address)
    port = str(parts.port or (443 if parts.scheme == "https" else 80))
    content = explain.record(library().config, parts.hostname or "", port)
    answer.record(answer.root, ZEEREX_SCHEMA, content, 0, as_text=False)
    return answer


_OPERATIONS = {"searchRetrieve": _search, "scan": _scan, "explain": _explain}
