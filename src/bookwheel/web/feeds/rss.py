"""A feed as RSS 2.0 (rssboard.org/rss-specification), with names of authors in Dublin Core: RSS has only addresses."""

from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from bookwheel.web.feeds.value import NEVER, Entry, Feed
from bookwheel.web.feeds.xml import ATOM, DC, PRISM, add, add_work, root, written

ASK_AGAIN_MINUTES = "60"
"""How long a reader may keep the feed before it asks again."""


def rss(feed: Feed, address: str, language: str) -> bytes:
    made = root("rss", {"atom": ATOM, "dc": DC, "prism": PRISM}, version="2.0")
    channel = add(made, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.address)
    add(channel, "description", feed.subtitle or feed.title)
    add(channel, "language", language)
    if feed.updated > NEVER:
        add(channel, "lastBuildDate", _moment(feed.updated))
    add(channel, "generator", "Bookwheel")
    add(channel, "ttl", ASK_AGAIN_MINUTES)
    add(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=address)
    for entry in feed.entries:
        _item(channel, entry)
    return written(made)


def _item(channel: etree._Element, entry: Entry) -> None:
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.address)
    add(item, "guid", entry.id, isPermaLink="false")
    if entry.published > NEVER:
        add(item, "pubDate", _moment(entry.published))
    if entry.summary:
        add(item, "description", entry.summary)
    for name in entry.authors:
        add(item, f"{{{DC}}}creator", name)
    for subject in entry.categories:
        add(item, "category", subject)
    add_work(item, entry)


def _moment(moment: datetime) -> str:
    """RFC 822, with four digits of the year."""
    return format_datetime(moment, usegmt=True)
