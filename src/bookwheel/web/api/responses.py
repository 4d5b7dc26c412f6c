"""Answers as JSON: what was found, and what went wrong in the words of RFC 9457 and of VuFind."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpResponse

from bookwheel.web.api.parameters import Refused

_KEPT_SECONDS = 60
_JSON = "application/json; charset=utf-8"
_PROBLEM = "application/problem+json"


def answered(answer: object, *, is_pretty: bool = False, etag: str = "") -> HttpResponse:
    body = msgspec.json.encode(answer)
    response = HttpResponse(msgspec.json.format(body, indent=4) if is_pretty else body, content_type=_JSON)
    if etag:
        response["ETag"] = etag
    return kept(response)


def kept(response: HttpResponse) -> HttpResponse:
    """Whoever asked may keep the answer for a minute, and ask then whether it has changed."""
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response


def problem(refused: Refused, *, of_vufind: bool) -> HttpResponse:
    """Problem details. VuFind's clients read `status` and `statusMessage`, and so does everything else it answers."""
    details: dict[str, Any] = {"title": HTTPStatus(refused.status).phrase, "detail": refused.reason}
    if refused.parameter:
        details["parameter"] = refused.parameter
    if of_vufind:
        details = {"status": "ERROR", "statusMessage": refused.reason, **details}
    else:
        details = {"status": refused.status, **details}
    response = HttpResponse(
        msgspec.json.encode(details), status=refused.status, content_type=_JSON if of_vufind else _PROBLEM
    )
    response["Cache-Control"] = "no-store"
    for name, value in refused.headers.items():
        response[name] = value
    return response
