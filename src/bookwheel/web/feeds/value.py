"""A feed as a value, the same for every form it is written in, and how a record becomes an entry of one.

Ids are tag URIs (RFC 4151) of the catalogue's name and the record's id: they stay what they are when the catalogue
moves to another port, to https or behind another path, and a record has the same one in every feed. The name is
`oai.repository_identifier`, else the host of `public_url`; a catalogue that changes its host keeps its readers'
marks by setting the former.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext

from bookwheel.records.markup import plain
from bookwheel.records.text import clean
from bookwheel.search.added import ADDED, moment
from bookwheel.search.document import from_document
from bookwheel.search.results import Document
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import record_address

MOST = 50
"""Entries of a feed: readers ask every hour or day, and more than these are no reading but a harvest."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where no time is known, such as the last change of a feed that is empty."""

LONGEST_SUMMARY = 2_000
"""Characters of an abstract: longer ones are whole books."""

_BEGAN = "2026"
"""A tag needs a date at which its name was the catalogue's own; it must never change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One work. All texts are plain: no markup, one line each, without control characters.

    `published` is when the catalogue first had it, `updated` when it last changed; both are aware. `date` is when the
    work itself appeared, as exactly as that is known. `language` is a tag such as "en", or empty.
    """

    id: str
    title: str
    address: str
    updated: datetime
    published: datetime
    authors: tuple[str, ...] = ()
    summary: str = ""
    categories: tuple[str, ...] = ()
    container: str = ""
    date: str = ""
    doi: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """`address` is the page for people that shows the same, absolute. `entries` stand newest first."""

    id: str
    title: str
    address: str
    updated: datetime = NEVER
    entries: tuple[Entry, ...] = ()
    subtitle: str = ""


class Described(Protocol):
    """What is known by an id and its document: a `Hit` of a search, a `Found` of the catalogue."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> Document: ...


def feed_of(feed_id: str, title: str, address: str, entries: Iterable[Entry] = (), subtitle: str = "") -> Feed:
    """A feed of entries, as new as the one that changed last."""
    listed = tuple(entries)
    updated = max((entry.updated for entry in listed), default=NEVER)
    return Feed(feed_id, clean(title), address, updated, listed, clean(subtitle))


def entry_of(found: Described, site: str) -> Entry:
    """The entry of a record; `site` is the catalogue's address (`site_address(request)`)."""
    document = found.document
    record = from_document(document)
    published = moment(_first(document, ADDED)) or NEVER
    languages = {tag for name in document.get("language", ()) if (tag := labels.tag(name))}
    return Entry(
        id=tag_uri("record", found.id),
        title=_plain(record.title.value) or gettext("Untitled"),
        address=site + record_address(found.id),
        updated=max(published, moment(_first(document, "last_indexed")) or NEVER),
        published=published,
        authors=tuple(clean(person.name) for person in record.contributors if clean(person.name)),
        summary=_cut(_plain(record.abstract.value)),
        categories=tuple(dict.fromkeys(filter(None, map(clean, document.get("topic_facet", ()))))),
        container=clean(record.container.title),
        date=record.published.value if record.published else "",
        doi=clean(record.doi),
        language=languages.pop() if len(languages) == 1 else "",
    )


def tag_uri(kind: str, name: str) -> str:
    """The id of a thing of this catalogue: a record, a search, a list. Same kind and name, same id, for good.

    >>> tag_uri("record", "doaj-art-1")
    'tag:bookwheel.invalid,2026:record/doaj-art-1'
    """
    return f"tag:{_catalogue_name()},{_BEGAN}:{kind}/{quote(name, safe='')}"


def _catalogue_name() -> str:
    config = settings.BOOKWHEEL
    # Without an address a catalogue is one reader's own; ".invalid" (RFC 2606) is nobody else's name.
    return config.oai.repository_identifier or urlsplit(config.public_url).hostname or "bookwheel.invalid"


def _plain(text: str) -> str:
    return clean(plain(text))


def _cut(text: str) -> str:
    if len(text) <= LONGEST_SUMMARY:
        return text
    return f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"


def _first(document: Document, field: str) -> str:
    return next(iter(document.get(field, ())), "")
