"""The template environment: autoescape on, gettext, and the few helpers templates may call."""

import hashlib
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template import engines
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from bookwheel.search.limits import MAX_STRATEGY_CHARACTERS
from bookwheel.search.ranking import BASIC_TYPES, SORTS
from bookwheel.web.account.devices import device
from bookwheel.web.account.providers import login_providers
from bookwheel.web.catalog import labels, markup
from bookwheel.web.catalog.addresses import (
    advanced_address,
    record_address,
    search_address,
    why_address,
)
from bookwheel.web.export.menu import export_links, record_export_address, search_export_address
from bookwheel.web.feeds.searches import follow_address, journal_feed_address
from bookwheel.web.people.pages import own_pages, sign_in_address
from bookwheel.web.people.permissions import may, person_of
from bookwheel.web.searches.addresses import save_address
from bookwheel.web.searches.history import is_wanted

LONGEST_SEARCH = MAX_STRATEGY_CHARACTERS + 100
"""Characters the box takes: a few more than are searched, so that a page says what a browser cuts off in silence."""
LONG_SEARCH = 160
"""Characters from which on a search of one line has a box of several: about twice what the box shows."""


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once. A name a template misspells is an error, not an empty place."""
    made = Environment(  # noqa: S701  (a function says what is escaped; the test suite holds it to that)
        **options
        # Mail's text is no HTML; everything else is escaped, as the test suite holds it to be.
        | {"autoescape": lambda name: not (name or "").endswith(".txt")}
        | {"undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"], "trim_blocks": True, "lstrip_blocks": True}
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters |= {
        "number": labels.number,
        "decimal": labels.decimal,
        "moment": labels.moment,
        "day": labels.day,
        "breakable": markup.breakable,
        "shortened": markup.shortened,
    }
    made.tests["of_lines"] = _is_of_lines
    made.globals |= {
        "longest_search": LONGEST_SEARCH,
        "catalogue_title": settings.BOOKWHEEL.title,
        "accounts": settings.BOOKWHEEL.accounts,
        "person_of": person_of,
        "may": may,
        "own_pages": own_pages,
        "save_search_address": save_address,
        "wants_history": is_wanted,
        "sign_in_address": sign_in_address,
        "login_providers": login_providers,
        "registration_open": settings.BOOKWHEEL.registration == "open",
        "device": device,
        "messages": get_messages,
        "languages": settings.LANGUAGES,
        "language": _language,
        "language_address": _language_address,
        "static": static,
        "record_address": record_address,
        "search_address": search_address,
        "advanced_address": advanced_address,
        "why_address": why_address,
        "export_links": export_links,
        "record_export_address": record_export_address,
        "search_export_address": search_export_address,
        "follow_address": follow_address,
        "journal_feed_address": journal_feed_address,
        "search_types": _search_types,
        "sorts": lambda: [(name, labels.sort(name)) for name in SORTS],
    }
    return made


def compile_all() -> None:
    """Compile every template, so that the first reader waits as short as the thousandth."""
    compiled: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in compiled.list_templates(extensions=["html"]):
        compiled.get_template(name)


@lru_cache
def static(name: str) -> str:
    """Address of a static file with a hash of its content, so that it may be cached for good."""
    content = (settings.STATIC_ROOT / name).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _is_of_lines(text: str) -> bool:
    """Whether a search is better shown in a box of several lines."""
    return "\n" in text or len(text) > LONG_SEARCH


def _search_types() -> list[tuple[str, str]]:
    """What the box searches in: the catalogue's types, and readers' tags where there are readers."""
    of_readers = [("Tag", gettext("Tag"))] if settings.BOOKWHEEL.accounts else []
    return [(name, labels.search_type(name)) for name in BASIC_TYPES] + of_readers


def _language_address(request: HttpRequest, code: str) -> str:
    """This page in another language; also of an address with more parameters than Django reads, which is refused."""
    given = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return f"?{urlencode([*((name, text) for name, text in given if name != 'lng'), ('lng', code)])}"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
