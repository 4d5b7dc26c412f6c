"""A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from datetime import datetime
from typing import Any

import msgspec

from bookwheel.web.feeds.value import NEVER, Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed, address: str, language: str) -> bytes:
    made = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.address,
        "feed_url": address,
        "description": feed.subtitle,
        "language": language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return msgspec.json.format(msgspec.json.encode(_known(made)))


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language,
        # Names of our own begin with a low line, as the format has it.
        "_work": _known({"container": entry.container, "date": entry.date, "doi": entry.doi}),
    }
    # The one part an item must have beside its id, if only as an empty text.
    return {**_known(item), "content_text": entry.summary}


def _known(made: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in made.items() if value or name == "items"}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment > NEVER else ""
