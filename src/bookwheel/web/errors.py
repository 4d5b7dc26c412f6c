"""Pages for what goes wrong: in the design of the others, in the reader's language, without our insides."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext

from bookwheel.web.people.permissions import person_of

log = logging.getLogger("bookwheel.web")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request, 400, gettext("This address cannot be read"), gettext("Something in it is not as it should be.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, gettext("Not allowed"), gettext("This page is not open to you."))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose proof that it came from our own page is missing or too old: status 403, nothing is done.

    Who signs in while another tab of theirs has done so already is led on by the page for it: they are signed in.
    """
    if request.path == "/MyResearch/Login" and person_of(request):
        return redirect(f"{request.path}?{urlencode({'next': request.POST.get('next', '')})}")
    return _page(
        request,
        403,
        gettext("This form has to be sent again"),
        gettext(
            "It was open for too long, or your browser keeps no cookies of this site. "
            "Nothing has been changed: go back, reload the page and send it again."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        gettext("There is nothing at this address"),
        gettext("The page may have moved, or the address may have lost a letter on its way."),
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Tried too often in a short time: status 429."""
    return _page(request, 429, gettext("Too many tries"), gettext("Please wait a few minutes, and try again."))


def server_error(request: HttpRequest) -> HttpResponse:
    number = secrets.token_hex(4)
    log.exception("page failed, reference %s: %s", number, request.path.encode("unicode_escape").decode())
    return _page(
        request,
        500,
        gettext("Something broke on our side"),
        gettext("Your search is still in the address: trying again may help."),
        {"reference": number},
    )


def unavailable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The catalogue itself cannot answer: status 503."""
    number = secrets.token_hex(4)
    log.error("catalogue cannot answer, reference %s: %s", number, exception, exc_info=exception)
    response = _page(
        request,
        503,
        gettext("The catalogue cannot answer just now"),
        gettext("Nothing is lost. Please try again in a minute."),
        {"reference": number},
    )
    response["Retry-After"] = "60"
    return response


def too_broad(request: HttpRequest) -> HttpResponse:
    """The search takes longer than one request may: status 503, and asking the same again does not help."""
    advice = gettext(
        "Narrow it: leave out words that nearly every record has, phrases and wildcards made of such words, "
        "or put more letters before the *."
    )
    return _page(request, 503, gettext("This search is too broad to be answered in time"), advice)


def _page(
    request: HttpRequest, status: int, title: str, text: str, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The error as a page, or in VuFind's JSON shape for addresses of the API."""
    if request.path.startswith("/api/"):
        return JsonResponse({"status": "ERROR", "statusMessage": title}, status=status)
    response = render(
        request, "error.html", {"title": title, "text": text, "status": status, **(more or {})}, status=status
    )
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
