"""Addresses for machines that watch or crawl."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bookwheel.errors import BookwheelError
from bookwheel.web.library import library

_ROBOTS = """\
# Records are open to everyone. Searches are endless combinations of the same records: please take the records.
User-agent: *
Disallow: /Search/
Disallow: /api/
Disallow: /Record/*/Details
Disallow: /Record/*/Similar
Disallow: /Record/*/Versions
Allow: /Record/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers that ask are welcome: permalinks, and nothing that costs a search (reliability B4)."""
    response = HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while records can be found, 503 when the catalogue does not open."""
    try:
        response = JsonResponse({"status": "ok", "records": library().count()})
    except BookwheelError:
        response = JsonResponse({"status": "unavailable"}, status=503)
    response["Cache-Control"] = "no-store"
    return response
