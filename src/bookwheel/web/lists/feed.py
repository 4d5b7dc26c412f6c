"""A list as a feed: the works saved last, for whoever may see the list or has its feed's address."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from bookwheel.web.catalog.addresses import site_address
from bookwheel.web.feeds.response import feed_response
from bookwheel.web.feeds.value import MOST, entry_of, feed_of, tag_uri
from bookwheel.web.library import library
from bookwheel.web.lists.addresses import list_address
from bookwheel.web.lists.models import Purpose, ReadingList, Visibility
from bookwheel.web.lists.seeing import seen
from bookwheel.web.people.permissions import person_of


def newest(reading_list: ReadingList) -> list[tuple[str, datetime]]:
    """Ids of the works saved last, newest first, each with when it was saved."""
    items = reading_list.items.order_by("-added", "position").values_list("work__record_id", "added")
    return list(items[:MOST])


@require_safe
def feed(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """`/MyResearch/MyList/ID/Feed?form=atom`; `token` opens the feed of a list that is not public.

    The link of a list opens its feed too, while the list is shown by link.
    """
    reading_list = _seen(request, public_id)
    with translation.override(settings.LANGUAGE_CODE):
        return _fed(request, reading_list)


def _seen(request: HttpRequest, public_id: str) -> ReadingList:
    person, token = person_of(request), request.GET.get("token", "")
    try:
        return seen(person, public_id, token, Purpose.FEED)
    except Http404:
        return seen(person, public_id, token, Purpose.LINK)


def _fed(request: HttpRequest, reading_list: ReadingList) -> HttpResponseBase:
    site, saved = site_address(request), newest(reading_list)
    found = library().found(record_id for record_id, _ in saved)
    entries = [
        # To those who follow the list a work is new when it was saved.
        replace(entry_of(found[record_id], site), published=added, updated=added)
        for record_id, added in saved
        if record_id in found
    ]
    address = site + list_address(reading_list.public_id)
    made = feed_of(
        tag_uri("list", reading_list.public_id), reading_list.title, address, entries, reading_list.description
    )
    is_public = reading_list.visibility == Visibility.PUBLIC
    return feed_response(request, made, request.GET.get("form", "atom"), private=not is_public)
