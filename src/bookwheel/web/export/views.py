"""Downloads: read-only addresses, VuFind's own where VuFind has one, streamed as the records come."""

from collections.abc import Iterator
from itertools import chain, islice
from threading import BoundedSemaphore
from urllib.parse import parse_qsl, quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bookwheel.exports import Export
from bookwheel.search import url
from bookwheel.web.catalog import views as catalog
from bookwheel.web.catalog.addresses import search_parameters
from bookwheel.web.catalog.caps import Refusal, refusal
from bookwheel.web.export.menu import export_named, formats
from bookwheel.web.library import library

MOST_IDS = 900
"""Records chosen one by one: an address with more is longer than servers take, and Django reads a thousand fields."""

_RETRY_SECONDS = 30
_places = BoundedSemaphore(max(1, settings.BOOKWHEEL.exports_at_once))
"""Of this process, taken by downloads of whole searches, so that they leave threads to readers."""


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
        return _offered(request, [])
    citation = _citation_style(request)
    response = HttpResponse(b"".join(library().export_records([record_id], export.name, citation)))
    return _as_file(response, export, record_id)


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
        return _offered(request, kept)
    if request.method == "HEAD":
        return _as_file(HttpResponse(), export, "records")
    citation = _citation_style(request)
    if ids:
        return _as_file(StreamingHttpResponse(library().export_records(ids, export.name, citation)), export, "records")
    if not _places.acquire(blocking=False):
        return _busy(request)
    held = _Held()
    held.take(library().export(query, export.name, citation, _offset(request), _limit()))
    return _as_file(StreamingHttpResponse(held), export, "records")


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


def _citation_style(request: HttpRequest) -> str:
    style = request.GET.get("citation", "")
    return style if style in library().styles else ""


def _offset(request: HttpRequest) -> int:
    text = request.GET.get("offset", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _limit() -> int | None:
    most: int = settings.BOOKWHEEL.export_limit
    return most or None


class _Held:
    """Pieces on their way, and the place they take until they are through or nobody reads on."""

    def __init__(self) -> None:
        self._pieces: Iterator[bytes] = iter(())
        self._is_held = True

    def take(self, pieces: Iterator[bytes]) -> None:
        """Ask the search at once: one that fails is answered with a page, not with half a file."""
        try:
            first = list(islice(pieces, 2))
        except BaseException:
            self.close()
            raise
        self._pieces = chain(first, pieces)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._is_held:
            self._is_held = False
            _places.release()

    __del__ = close


def _offered(request: HttpRequest, kept: list[tuple[str, str]]) -> HttpResponse:
    """The page that offers formats and citation styles; `kept` are the parameters that go along."""
    context = {"address": request.path, "kept": kept, "formats": formats(), "styles": library().styles.values()}
    return _unlisted(render(request, "export.html", context))


def _busy(request: HttpRequest) -> HttpResponse:
    refused = Refusal(
        503,
        gettext("Others are downloading whole searches just now."),
        gettext("Please try again in half a minute."),
    )
    context = {"refusal": refused, "address": "/Search/Results", "query": url.from_url([])}
    response = _unlisted(render(request, "refused.html", context, status=503))
    response["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _as_file(response: HttpResponseBase, export: Export, name: str) -> HttpResponseBase:
    """A download with a name of ASCII for old programs and the record's own for the others (RFC 6266)."""
    is_text = export.media_type.startswith("text/")
    response["Content-Type"] = f"{export.media_type}; charset=utf-8" if is_text else export.media_type
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in name)[:100] or "record"
    given = f'attachment; filename="{plain}.{export.suffix}"'
    if plain != name:
        given += f"; filename*=UTF-8''{quote(name[:100], safe='')}.{export.suffix}"
    response["Content-Disposition"] = given
    response["Cache-Control"] = "public, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
