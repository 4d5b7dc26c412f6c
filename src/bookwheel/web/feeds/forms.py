"""The forms a feed is written in: a name for addresses, a media type, and who writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.web.feeds.atom import atom
from bookwheel.web.feeds.json_feed import json_feed
from bookwheel.web.feeds.rss import rss
from bookwheel.web.feeds.value import Feed


@dataclass(frozen=True, slots=True)
class Form:
    """`write` takes the feed, the feed's own absolute address and the language of its words."""

    name: str
    label: str
    media_type: str
    write: Callable[[Feed, str, str], bytes]


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.name: form
        for form in (
            Form("atom", "Atom", "application/atom+xml", atom),
            Form("rss", "RSS", "application/rss+xml", rss),
            Form("json", "JSON Feed", "application/feed+json", json_feed),
        )
    }
)
