"""The table of endpoints as an OpenAPI 3.1 document."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings

from bookwheel import __version__
from bookwheel.web.api import schemas
from bookwheel.web.api.endpoints import ENDPOINTS, Endpoint
from bookwheel.web.api.parameters import Parameter

_STATUSES = {
    304: "What the caller has is still right",
    400: "A parameter is unknown or beyond a limit",
    401: "The key is unknown or was revoked",
    403: "The key is for other things, or the request needs one",
    404: "No such record, citation style or cursor",
    405: "Neither GET nor POST",
    415: "A body that is no form",
    429: "Too many requests; Retry-After says when to go on",
    503: "The search is too broad to be answered in time, or the catalogue cannot be read",
}
_RETRY = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
_LIMITS = {
    "RateLimit": {"description": "What is left, and for how many seconds", "schema": schemas.TEXT},
    "RateLimit-Policy": {"description": "How many requests in how many seconds", "schema": schemas.TEXT},
}


@cache
def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.BOOKWHEEL.title,
            "version": __version__,
            "summary": "A catalogue of open-access literature",
            "description": "In the shape of VuFind's API, and beyond it. Keys are optional.",
        },
        "servers": [{"url": f"{settings.BOOKWHEEL.public_url.rstrip('/')}/api/v1"}],
        "paths": {f"/{endpoint.name}": _path(endpoint) for endpoint in ENDPOINTS.values()},
        "components": {
            "schemas": dict(schemas.NAMED),
            "securitySchemes": {
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
        "security": [{}, {"header": []}, {"bearer": []}],
    }


def _path(endpoint: Endpoint) -> dict[str, Any]:
    responses = _responses(endpoint)
    body = {
        "type": "object",
        "properties": {name: _in_form(p) for p, name in _named(endpoint)},
        "required": [name for p, name in _named(endpoint) if p.is_required],
        "additionalProperties": False,
    }
    return {
        "get": {
            "operationId": endpoint.name,
            "summary": endpoint.summary,
            "parameters": [_in_address(p, name) for p, name in _named(endpoint)],
            "responses": responses,
        },
        "post": {
            "operationId": f"{endpoint.name}ByForm",
            "summary": endpoint.summary,
            "requestBody": {
                "content": {"application/x-www-form-urlencoded": {"schema": body}},
                "required": bool(body["required"]),
            },
            "responses": {status: response for status, response in responses.items() if status != "304"},
        },
    }


def schema(parameter: Parameter) -> dict[str, Any]:
    """The values a parameter takes."""
    one: dict[str, Any]
    if parameter.kind == "number":
        one = {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
    elif parameter.choices:
        one = {"type": "string", "enum": list(parameter.choices)}
    else:
        one = {"type": "string", "maxLength": parameter.most}
        if parameter.is_required:
            one["minLength"] = 1
        if parameter.pattern:
            one["pattern"] = f"^(?:{parameter.pattern})$"
    if parameter.default:
        one["default"] = int(parameter.default) if parameter.kind == "number" else parameter.default
    if parameter.repeats == 1:
        return one
    least = {"minItems": 1} if parameter.is_required else {}
    return {"type": "array", "items": one, "maxItems": parameter.repeats, **least}


def _named(endpoint: Endpoint) -> Iterator[tuple[Parameter, str]]:
    return ((parameter, name) for parameter in endpoint.parameters for name in parameter.names)


def _in_address(parameter: Parameter, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": parameter.meaning,
        "required": parameter.is_required,
        "schema": schema(parameter),
    }


def _in_form(parameter: Parameter) -> dict[str, Any]:
    """One value of a list cannot be told from a value in a form."""
    made = schema(parameter)
    return {"anyOf": [made["items"], made]} if "items" in made else made


def _responses(endpoint: Endpoint) -> Mapping[str, Any]:
    media_type = "application/json" if endpoint.of_vufind else "application/problem+json"
    fault = {media_type: {"schema": schemas.ERROR if endpoint.of_vufind else schemas.PROBLEM}}
    etag = {"ETag": {"description": "For If-None-Match", "schema": schemas.TEXT}}
    made: dict[str, Any] = {
        "200": {
            "description": endpoint.summary,
            "headers": {**_LIMITS, **etag},
            "content": {"application/json": {"schema": endpoint.answer}},
        }
    }
    for status, meaning in _STATUSES.items():
        if status == 404 and not endpoint.is_found:
            continue
        made[str(status)] = {"description": meaning}
        if status != 304:
            made[str(status)]["content"] = fault
        if status == 429:
            made["429"]["headers"] = {**_RETRY, **_LIMITS}
    return made
