"""A feed as Atom 1.0 (RFC 4287)."""

from datetime import datetime

from lxml import etree

from bookwheel.web.feeds.value import Entry, Feed
from bookwheel.web.feeds.xml import ATOM, LANGUAGE, PRISM, add, add_work, root, written


def atom(feed: Feed, address: str, language: str) -> bytes:
    made = root(_name("feed"), {None: ATOM, "prism": PRISM})
    made.set(LANGUAGE, language)
    _add(made, "id", feed.id)
    _add(made, "title", feed.title)
    if feed.subtitle:
        _add(made, "subtitle", feed.subtitle)
    _add(made, "updated", _moment(feed.updated))
    _add(made, "link", rel="self", type="application/atom+xml", href=address)
    _add(made, "link", rel="alternate", type="text/html", href=feed.address)
    # An entry without authors needs the feed's own.
    _author(made, feed.title)
    _add(made, "generator", "Bookwheel")
    for entry in feed.entries:
        _entry(made, entry)
    return written(made)


def _entry(feed: etree._Element, entry: Entry) -> None:
    made = _add(feed, "entry")
    if entry.language:
        made.set(LANGUAGE, entry.language)
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "updated", _moment(entry.updated))
    _add(made, "published", _moment(entry.published))
    _add(made, "link", rel="alternate", type="text/html", href=entry.address)
    for name in entry.authors:
        _author(made, name)
    if entry.summary:
        _add(made, "summary", entry.summary)
    for subject in entry.categories:
        _add(made, "category", term=subject)
    add_work(made, entry)


def _author(parent: etree._Element, name: str) -> None:
    _add(_add(parent, "author"), "name", name)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    return add(parent, _name(name), text, **attributes)


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
