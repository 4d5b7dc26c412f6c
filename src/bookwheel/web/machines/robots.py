"""`robots.txt`, made from the addresses there are: whoever adds one decides whether crawlers are welcome at it."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_safe

from bookwheel.web.catalog.addresses import site_address

WELCOME = ("", "Record/", "Help/", "sitemap.xml", "sitemap-", "robots.txt", "OAI/")
"""Beginnings of addresses that crawlers are welcome at: permalinks, and what is made for them."""
_NOT_OF_RECORDS = ("Details", "Similar", "Versions", "Cite", "Export", "Explain", "As/", "Linkset")
"""Parts of a record's address that repeat the record, or cost a search."""
_OF_READERS = ("AddTag", "AddComment", "UserComments")
"""Parts that readers' pages add: forms, and what was said of a record."""

_HEAD = """\
# Records are open to everyone. Searches are endless combinations of the same records: please take the records, from
# the sitemap or by OAI-PMH.
User-agent: *
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers that ask are welcome (reliability B4)."""
    lines = [f"Disallow: /{beginning}" for beginning in unwelcome()]
    lines += [f"Disallow: /Record/*/{part}" for part in _not_of_records()]
    text = "\n".join([*lines, "Allow: /Record/", f"Sitemap: {site_address(request)}/sitemap.xml"])
    response = HttpResponse(f"{_HEAD}{text}\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _not_of_records() -> tuple[str, ...]:
    return _NOT_OF_RECORDS + (_OF_READERS if settings.BOOKWHEEL.accounts else ())


def unwelcome() -> list[str]:
    """Beginnings of all other addresses, each once."""
    found = {route.split("/")[0] + ("/" if "/" in route else "") for route in _routes(get_resolver().url_patterns)}
    return sorted(beginning for beginning in found if not _is_welcome(beginning))


def _is_welcome(beginning: str) -> bool:
    return beginning == "" or any(beginning.startswith(known) for known in WELCOME if known)


def _routes(patterns: "list[URLPattern | URLResolver]", prefix: str = "") -> Iterator[str]:
    """The part of each address before its first variable."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield re.split(r"[<(\\]", route)[0]
