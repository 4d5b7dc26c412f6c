"""Addresses for machines that watch or crawl."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bookwheel.errors import BookwheelError
from bookwheel.web.library import library


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while records can be found, 503 when the catalogue does not open."""
    try:
        response = JsonResponse({"status": "ok", "records": library().count()})
    except BookwheelError:
        response = JsonResponse({"status": "unavailable"}, status=503)
    response["Cache-Control"] = "no-store"
    return response
