"""The feed of a search: what it finds by the day it was new here, under an address of its own.

The address is that of the result page, `/Search/Feed` in place of `/Search/Results`, and `form` says how it is
written. Order, page and length of the result page are no part of it, so that a search has one feed in each form.
"""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext

from bookwheel.search.query import Filter, Query
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import question, search_address
from bookwheel.web.catalog.facets import active_filters
from bookwheel.web.catalog.markup import shortened
from bookwheel.web.feeds.value import MOST, Feed, entry_of, feed_of, tag_uri
from bookwheel.web.library import Catalogue

ADDED = "added"
"""The order of feeds."""


def follow_address(query: Query, form: str = "") -> str:
    """Where a search can be followed: the page that offers the forms, or the feed in one of them."""
    address = search_address(followed(query)).replace("/Search/Results", "/Search/Feed", 1)
    if not form:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'form': form})}"


def journal_feed_address(title: str, form: str) -> str:
    return follow_address(question(filters=(Filter("container_title_str", title, "any"),)), form)


def followed(query: Query) -> Query:
    """The search without what only its result page has."""
    bare = question(query.text, query.search_type)
    return replace(query, sort=bare.sort, page=1, size=bare.size, after="", facets=())


def search_feed(catalogue: Catalogue, query: Query, site: str) -> Feed:
    """The newest of what a search finds. Raises TooBroadError."""
    query = followed(query)
    result = catalogue.search(replace(query, sort=ADDED, size=MOST))
    return feed_of(
        tag_uri("search", search_address(query).partition("?")[2]),
        f"{search_title(query)} · {settings.BOOKWHEEL.title}",
        site + search_address(replace(query, sort=ADDED)),
        (entry_of(hit, site) for hit in result.hits),
        gettext("The works that are new to this catalogue, the latest first."),
    )


def search_title(query: Query) -> str:
    """A search in a few words: its text and what it is narrowed to."""
    text = shortened(query.text)
    if text and query.search_type != "AllFields":
        text = gettext("%(text)s in %(field)s") % {"text": text, "field": labels.search_type(query.search_type)}
    limits = [_limit(each.label, each.value, each.excluded) for each in active_filters(query)]
    return " · ".join(filter(None, [text, *limits])) or gettext("New works")


def _limit(label: str, value: str, excluded: bool) -> str:
    named = {"label": label, "value": value}
    return (gettext("%(label)s: not %(value)s") if excluded else gettext("%(label)s: %(value)s")) % named
