"""Requests to `/api/v1`: who asks, whether what they ask is within the limits, and the answer.

Parameters come by GET and POST alike, programs in browsers of every origin may ask, and nothing they send is a fault
of ours.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bookwheel import __version__
from bookwheel.errors import BookwheelError, TooBroadError
from bookwheel.web.api.access import access
from bookwheel.web.api.answers import ANSWERS, Answer, Question
from bookwheel.web.api.endpoints import Endpoint
from bookwheel.web.api.openapi import document
from bookwheel.web.api.page import api_page
from bookwheel.web.api.parameters import Given, Refused, checked
from bookwheel.web.api.responses import answered, kept, problem
from bookwheel.web.catalog.addresses import site_address
from bookwheel.web.library import library

log = logging.getLogger("bookwheel.web")

METHODS = "GET, HEAD, POST, OPTIONS"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After",
    "X-Robots-Tag": "noindex",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Authorization, X-API-Key, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}


def view(endpoint: Endpoint) -> Callable[[HttpRequest], HttpResponse]:
    """The Django view of an endpoint."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=_PREFLIGHT)
        else:
            try:
                response = _asked(request, endpoint)
            except Refused as refused:
                response = problem(refused, of_vufind=endpoint.of_vufind)
        for name, value in _OPEN.items():
            response[name] = value
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return answer


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs, OpenAPI 3.1."""
    response = answered(document(), is_pretty=True)
    for name, value in _OPEN.items():
        response[name] = value
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    response = kept(render(request, "api.html", {"page": api_page(library(), site_address(request))}))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _asked(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        reason = gettext("This address is asked by GET or POST.")
        raise Refused(405, reason, headers={"Allow": METHODS})
    with _catalogue_errors():
        allowed = access(request, endpoint)
        try:
            response = _answered(request, endpoint, allowed.is_keyed)
        except Refused as refused:
            # What is left of the quota stands beside a refusal too.
            refused.headers = {**allowed.headers, **refused.headers}
            raise
    for name, value in allowed.headers.items():
        response[name] = value
    return response


@contextmanager
def _catalogue_errors() -> Iterator[None]:
    """What the catalogue cannot answer is 503: the log says why, save where the question is what takes too long."""
    try:
        yield
    except TooBroadError as error:
        raise Refused(503, str(error)) from error
    except BookwheelError as error:
        log.error("the API cannot answer: %s", error, exc_info=error)
        reason = gettext("The catalogue cannot answer just now")
        raise Refused(503, reason, headers={"Retry-After": "60"}) from error


def _answered(request: HttpRequest, endpoint: Endpoint, is_keyed: bool) -> HttpResponse:
    given = _given(request)
    question = Question(given, checked(endpoint.parameters, given), is_keyed)
    with _language(question.one("lng")):
        # Of a form sent by POST an ETag would be a condition for changing something.
        etag = _etag(endpoint, given) if request.method != "POST" else ""
        if etag and (unchanged := get_conditional_response(request, etag=etag)):
            return kept(unchanged)
        answer = ANSWERS[endpoint.name](question)
    is_pretty = question.one("prettyPrint") in ("1", "true")
    return answered(answer, is_pretty=is_pretty, etag="" if _is_partial(answer) else etag)


def _is_partial(answer: Answer) -> bool:
    """Whether facets may have been left out for want of time: the same request may be answered more fully later."""
    return not all([*answer.get("facets", {}).values(), answer.get("values", True)])


def _given(request: HttpRequest) -> Given:
    """Names and values in the order they came. Raises Refused for a body that is no form, or that is too large."""
    found = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    if request.method != "POST":
        return found
    if request.content_type not in _FORMS:
        reason = gettext("A request by POST is a form: application/x-www-form-urlencoded or multipart/form-data.")
        raise Refused(415, reason, headers={"Accept-Post": ", ".join(_FORMS[:2])})
    try:
        posted = request.POST.lists()
    except (SuspiciousOperation, MultiPartParserError, UnicodeError) as error:
        raise Refused(400, gettext("The form of this request is too large or cannot be read.")) from error
    return found + [(name, text) for name, texts in posted for text in texts if isinstance(text, str)]


def _language(chosen: str) -> AbstractContextManager[None]:
    """The language a request names, where the pages have it; else the one its headers asked for."""
    code = chosen.partition("-")[0].lower()
    known = {name for name, _ in settings.LANGUAGES}
    return translation.override(code if code in known else translation.get_language())


def _etag(endpoint: Endpoint, given: Given) -> str:
    """Known before the search: the state of the index and the question. "" where the answer depends on more."""
    state = library().state if endpoint.of_index else ""
    if not state:
        return ""
    parts = (__version__, state, endpoint.name, translation.get_language(), given)
    digest = hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f'W/"{digest[:32]}"'
