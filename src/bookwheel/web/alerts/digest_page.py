"""One digest as a page: every record it tells, by search, some on a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from bookwheel.search.results import Document
from bookwheel.web.alerts.addresses import digest_address
from bookwheel.web.alerts.composing import Line, lines_of
from bookwheel.web.alerts.models import Digest, Event
from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.library import Catalogue
from bookwheel.web.searches.kept import address_of, query_of
from bookwheel.web.searches.shown import DigestView, digest_view

SIZE = 100
"""Records on a page."""


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """The records of one search on this page."""

    name: str
    run: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """`first` counts records from 1; addresses of neighbouring pages are "" where there is none."""

    digest: DigestView
    first: int
    last: int
    groups: tuple[DigestGroup, ...]
    previous: str
    next: str


def digest_page(catalogue: Catalogue, digest: Digest, number: int) -> DigestPage:
    """A page that is none is the nearest that is one."""
    view = digest_view(digest)
    number = min(max(1, number), max(1, -(-view.count // SIZE)))
    start = (number - 1) * SIZE
    ordered = digest.events.select_related("alert__search").defer("alert__baseline")
    events = list(ordered.order_by("alert__search__name", "alert", "pk")[start : start + SIZE])
    documents = catalogue.documents([event.record_id for event in events])
    by_search: dict[int, list[Event]] = {}
    for event in events:
        by_search.setdefault(event.alert_id, []).append(event)
    address = digest_address(digest.pk)
    return DigestPage(
        view,
        start + 1,
        start + len(events),
        tuple(_group(found, documents) for found in by_search.values()),
        f"{address}?page={number - 1}" if number > 1 else "",
        f"{address}?page={number + 1}" if start + len(events) < view.count else "",
    )


def _group(events: list[Event], documents: Mapping[str, Document]) -> DigestGroup:
    search = events[0].alert.search
    lines = tuple(_line(event.record_id, documents.get(event.record_id)) for event in events)
    return DigestGroup(search.name, address_of(query_of(search)), lines)


def _line(record_id: str, document: Document | None) -> Line:
    if document is None:
        return Line(gettext("A work that is no longer in the catalogue"), "", "", record_address(record_id))
    [line] = lines_of([(record_id, document)], absolute=False)
    return line
