"""A tag as a feed: the works that readers gave it last, as everybody may see them."""

from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bookwheel.web.catalog.addresses import site_address
from bookwheel.web.feeds.response import feed_response
from bookwheel.web.feeds.value import MOST, Entry, entry_of, feed_of, tag_uri
from bookwheel.web.library import library
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.entry import LONGEST, fold, single
from bookwheel.web.tags.finding import shown_spelling, tagged_last


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """`/Tag/Feed?lookfor=…&form=atom`: the same for whoever asks, so that private tags are in none."""
    asked = single(request.GET.get("lookfor", ""))[:LONGEST]
    if not asked:
        raise Http404
    site = site_address(request)
    with translation.override(settings.LANGUAGE_CODE):
        entries = tuple(_entries(asked, site))
        # How a tag is spelled is told of one that everybody may see.
        tag = shown_spelling(asked) if entries else asked
        title = f"{gettext('Tag')}: {tag} · {settings.BOOKWHEEL.title}"
        made = feed_of(tag_uri("tag", fold(asked)), title, site + tag_address(tag), entries)
        return feed_response(request, made, request.GET.get("form", "atom"))


def _entries(tag: str, site: str) -> Iterator[Entry]:
    tagged = tagged_last(tag, None, MOST)
    for record_id, found in library().found(tagged).items():
        # To those who follow the tag a work is new when it was given the tag.
        yield replace(entry_of(found, site), published=tagged[record_id], updated=tagged[record_id])
