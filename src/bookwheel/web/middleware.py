"""What happens around every page: the reader's language, what caches may keep, and what is said when it cannot be."""

from collections.abc import Callable
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from bookwheel.errors import BookwheelError, TooBroadError
from bookwheel.web import errors

Answer: TypeAlias = Callable[[HttpRequest], HttpResponseBase]


def language_choice(get_response: Answer) -> Answer:
    """`?lng=de` on any address (VuFind's parameter) keeps the language in a cookie and leads on without it."""
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.GET.get("lng")
        if chosen is None or request.path.startswith("/api/"):
            return get_response(request)
        rest = request.GET.copy()
        del rest["lng"]
        # A path with two slashes in front would be read as another host's address.
        path = "/" + request.path.lstrip("/")
        response = HttpResponseRedirect(f"{path}?{rest.urlencode()}" if rest else path)
        if chosen in known:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax")
        return response

    return middleware


def private_pages(get_response: Answer) -> Answer:
    """What somebody with a session is shown is kept by no cache, whatever the page says (reliability S23)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def catalogue_errors(get_response: Answer) -> Answer:
    """An engine or store that refuses becomes a page with status 503; its message goes to the log.

    So does a search that takes too long, with advice instead, and without a word in the log: nothing is wrong.
    """

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return get_response(request)

        def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
            if isinstance(exception, TooBroadError):
                return errors.too_broad(request)
            return errors.unavailable(request, exception) if isinstance(exception, BookwheelError) else None

    return Middleware()
