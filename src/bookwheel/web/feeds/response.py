"""A feed as the answer to a request: written in the form asked for, or 304 where the reader has it already.

The digest tells every change. The date tells what was added or changed, not what was taken away: a reader that sends
both is answered by the digest.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from bookwheel.web.catalog.addresses import site_address
from bookwheel.web.feeds.forms import FORMS
from bookwheel.web.feeds.value import NEVER, Feed

KEPT_SECONDS = 60
"""A record that its source withdraws must be gone everywhere within a minute (reliability S27)."""


class Version(NamedTuple):
    """What tells two answers apart: a digest of the body, and when the feed last changed."""

    etag: str
    updated: datetime


def feed_response(
    request: HttpRequest, feed: Feed, form: str, *, address: str = "", private: bool = False
) -> HttpResponseBase:
    """The feed in one of `forms.FORMS`; 304 where the reader's copy is the same. Raises Http404 for an unknown form.

    `address` is the feed's own, absolute, where it is another than the one that was asked. `private` is for what only
    the bearer of a token may read: no cache between here and the reader keeps it.
    """
    writer = FORMS.get(form)
    if writer is None:
        raise Http404
    address = address or site_address(request) + request.get_full_path()
    body = writer.write(feed, address, settings.LANGUAGE_CODE)
    version = Version(f'"{hashlib.sha256(body).hexdigest()[:32]}"', feed.updated)
    response = HttpResponse(body, content_type=f"{writer.media_type}; charset=utf-8")
    return _answer(request, _described(response, version, private), version)


def if_unchanged(request: HttpRequest, version: Version) -> HttpResponseBase | None:
    """304 when the reader has this version of a feed, told without making it anew; else None."""
    response = _answer(request, _described(HttpResponse(), version, private=False), version)
    return response if response.status_code == 304 else None


def version_of(response: HttpResponseBase, feed: Feed) -> Version:
    """The version a `feed_response` of this feed has."""
    return Version(response["ETag"], feed.updated)


def _described(response: HttpResponse, version: Version, private: bool) -> HttpResponse:
    """The response with what caches, crawlers and readers may do with it."""
    response["ETag"] = version.etag
    if version.updated > NEVER:
        response["Last-Modified"] = http_date(version.updated.timestamp())
    response["Cache-Control"] = f"{'private' if private else 'public'}, max-age={KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    # A feed is in the catalogue's own language: who asks for it is a program.
    response["Content-Language"] = settings.LANGUAGE_CODE
    if not private:
        response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request: HttpRequest, response: HttpResponse, version: Version) -> HttpResponseBase:
    changed = int(version.updated.timestamp()) if version.updated > NEVER else None
    return get_conditional_response(request, version.etag, changed, response) or response
