"""What a digest says: for each alert the first records with title, authors, journal and year, and where the rest is.

Every link begins with the catalogue's public address, which is a setting: no reader's request has a part in a mail.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, ngettext

from bookwheel.library import Library
from bookwheel.search.results import Document
from bookwheel.web.alerts.addresses import digest_address, unsubscribe_address
from bookwheel.web.alerts.models import Alert, Digest
from bookwheel.web.alerts.tokens import token_for_alert, token_for_all
from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.markup import plain
from bookwheel.web.searches.kept import address_of, query_of

MOST_TITLES = 50
"""Titles shown of one alert; the digest's page has all of them."""

MOST_TITLES_IN_ALL = 500
"""Titles shown in one mail."""

_AUTHORS = 3
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One record. `source` is its journal and year, each where it has one."""

    title: str
    authors: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is new in one search. `more` counts what the digest's page has beyond the lines."""

    name: str
    address: str
    count: int
    lines: tuple[Line, ...]
    more: int
    ending: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One digest as a mail. `one_click` is the address that ends all alerts at a POST (RFC 8058)."""

    subject: str
    sections: tuple[Section, ...]
    digest: str
    manage: str
    one_click: str

    @property
    def headers(self) -> Mapping[str, str]:
        return {
            "List-Unsubscribe": f"<{self.one_click}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        }

    def context(self) -> dict[str, Any]:
        return {"letter": self, "site": _site()}


def letter_of(library: Library, digest: Digest, found: Sequence[tuple[Alert, Sequence[str]]]) -> Letter:
    """The mail of a digest that tells these records of these alerts; in the language that is active."""
    sections, shown = [], 0
    for alert, record_ids in found:
        some = record_ids[: max(0, min(MOST_TITLES, MOST_TITLES_IN_ALL - shown))]
        shown += len(some)
        sections.append(_section(library, alert, record_ids, some))
    return Letter(
        _subject(sections),
        tuple(sections),
        _site() + digest_address(digest.pk),
        _site() + "/MyResearch/Searches",
        _site() + unsubscribe_address(token_for_all(digest.person)),
    )


def _section(library: Library, alert: Alert, record_ids: Sequence[str], shown: Sequence[str]) -> Section:
    return Section(
        name=alert.search.name,
        address=_site() + address_of(query_of(alert.search)),
        count=len(record_ids),
        lines=tuple(lines_of(documents_of(library, shown))),
        more=len(record_ids) - len(shown),
        ending=_site() + unsubscribe_address(token_for_alert(alert)),
    )


def documents_of(library: Library, record_ids: Sequence[str]) -> list[tuple[str, Document]]:
    """The documents of records in order; of one the index lacks for a moment, what the store has."""
    known = library.documents(record_ids)
    found: list[tuple[str, Document]] = []
    for record_id in record_ids:
        document = known.get(record_id)
        if document is None:
            stored = library.record(record_id)
            document = stored.document if stored else {}
        found.append((record_id, document))
    return found


def lines_of(documents: Iterable[tuple[str, Document]], *, absolute: bool = True) -> Iterable[Line]:
    """Records as lines of a mail, or of a page, where addresses need no host."""
    for record_id, document in documents:
        authors = [*document.get("author", ()), *document.get("author_corporate", ()), *document.get("author2", ())]
        named = "; ".join(authors[:_AUTHORS])
        if len(authors) > _AUTHORS:
            named = gettext("%(authors)s and others") % {"authors": named}
        title = " ".join(plain(_first(document, "title")).split())[:_LONGEST_TITLE]
        source = (_first(document, "container_title"), _first(document, "publishDateSort"))
        address = (_site() if absolute else "") + record_address(record_id)
        yield Line(title or gettext("Without a title"), named, ", ".join(filter(None, source)), address)


def _subject(sections: Sequence[Section]) -> str:
    count = sum(section.count for section in sections)
    if len(sections) == 1:
        text = ngettext("%(count)s new work: %(name)s", "%(count)s new works: %(name)s", count)
        return text % {"count": count, "name": sections[0].name}
    text = ngettext("%(count)s new work in your searches", "%(count)s new works in your searches", count)
    return text % {"count": count}


def _first(document: Document, field: str) -> str:
    return next(iter(document.get(field, ())), "")


def _site() -> str:
    site: str = settings.BOOKWHEEL.public_url.rstrip("/")
    return site
