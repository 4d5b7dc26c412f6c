"""HEAD is GET without a body: allauth counts it as a try, and would write for it."""

from functools import wraps
from typing import Any, Protocol

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class AnyView(Protocol):
    def __call__(self, request: HttpRequest, /, *args: Any, **more: Any) -> HttpResponseBase: ...


def read(view: AnyView) -> AnyView:
    """A view of allauth's that is asked by GET when the browser asks by HEAD."""

    @wraps(view)
    def reading(request: HttpRequest, /, *args: Any, **more: Any) -> HttpResponseBase:
        if request.method != "HEAD":
            return view(request, *args, **more)
        request.method = "GET"
        try:
            return view(request, *args, **more)
        finally:
            # The server takes the body away from what was asked by HEAD.
            request.method = "HEAD"

    return reading
