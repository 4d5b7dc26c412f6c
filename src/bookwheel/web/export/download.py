"""Records as a file on its way to a reader, the page that offers its forms, and the places that downloads take."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from threading import BoundedSemaphore
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from bookwheel.exports import Export
from bookwheel.search import url
from bookwheel.web.catalog.caps import Refusal
from bookwheel.web.export.menu import formats
from bookwheel.web.library import library

_RETRY_SECONDS = 30
_places = BoundedSemaphore(max(1, settings.BOOKWHEEL.exports_at_once))
"""Of this process, taken by downloads of whole searches and lists, so that they leave threads to readers."""


def streamed(request: HttpRequest, pieces: Iterator[bytes], export: Export, name: str) -> HttpResponseBase:
    """A download that takes one of the places; where none is free, a page that says when to come again."""
    if not _places.acquire(blocking=False):
        return _busy(request)
    held = _Held()
    held.take(pieces)
    return as_file(StreamingHttpResponse(held), export, name)


def offered(request: HttpRequest, kept: Sequence[tuple[str, str]]) -> HttpResponse:
    """The page that offers formats and citation styles; `kept` are the parameters that go along."""
    context = {"address": request.path, "kept": kept, "formats": formats(), "styles": library().styles.values()}
    return _unlisted(render(request, "export.html", context))


def citation_style(style: str) -> str:
    """The style of citations where the catalogue has it, else ""."""
    return style if style in library().styles else ""


def as_file(response: HttpResponseBase, export: Export, name: str) -> HttpResponseBase:
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


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
