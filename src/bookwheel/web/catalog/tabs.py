"""The tabs of a record page: each its own address, its own template, and the values that template needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.cite import cite_page
from bookwheel.web.catalog.hits import hit_views
from bookwheel.web.catalog.staff import staff_view
from bookwheel.web.comments.tab import comments_tab, has_comments, has_ratings_alone
from bookwheel.web.library import Catalogue

if TYPE_CHECKING:
    from bookwheel.library import Found


@dataclass(frozen=True, slots=True)
class Tab:
    """`name` is VuFind's name in the address.

    `listed` tells whether search engines may show it: one page a record. `exists` tells whether this catalogue has it.
    """

    name: str
    label: str
    template: str
    context: "Callable[[Catalogue, Found, HttpRequest], Mapping[str, Any]]"
    listed: bool = False
    exists: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class TabLink:
    label: str
    address: str
    is_current: bool
    nofollow: bool


def _nothing(catalogue: Catalogue, found: "Found", request: HttpRequest) -> Mapping[str, Any]:
    return {}


def _similar(catalogue: Catalogue, found: "Found", request: HttpRequest) -> Mapping[str, Any]:
    return {"hits": hit_views(catalogue.similar(found.id))}


def _versions(catalogue: Catalogue, found: "Found", request: HttpRequest) -> Mapping[str, Any]:
    return {"hits": hit_views(catalogue.versions(found.id))}


def _details(catalogue: Catalogue, found: "Found", request: HttpRequest) -> Mapping[str, Any]:
    read = catalogue.reading(found.id)
    return {"staff": staff_view(found.document, read[1] if read else None, catalogue.payloads(found.id))}


def _cite(catalogue: Catalogue, found: "Found", request: HttpRequest) -> Mapping[str, Any]:
    return {"cite": cite_page(catalogue.styles, found, request.GET.get("style", ""))}


TABS = (
    Tab("Description", gettext_noop("Description"), "record/description.html", _nothing, listed=True),
    Tab("Cite", gettext_noop("Cite this"), "record/cite.html", _cite),
    Tab("Similar", gettext_noop("Similar Items"), "record/similar.html", _similar),
    Tab("Versions", gettext_noop("Other Versions"), "record/versions.html", _versions),
    Tab("UserComments", gettext_noop("Comments"), "comments/tab.html", comments_tab, exists=has_comments),
    Tab("UserComments", gettext_noop("Ratings"), "comments/tab.html", comments_tab, exists=has_ratings_alone),
    Tab("Details", gettext_noop("Staff View"), "record/staff.html", _details),
)


def tab_named(name: str | None) -> Tab:
    """The tab of an address; the first one where the address names none that there is."""
    return next((tab for tab in TABS if tab.name == name and tab.exists()), TABS[0])


def tab_links(catalogue: Catalogue, found: "Found", shown: Tab) -> list[TabLink]:
    """The tabs this record has: "Other Versions" only when there are any, or when a link has led there."""
    has_versions = shown.name == "Versions" or bool(catalogue.versions(found.id, 1))
    return [
        TabLink(gettext(tab.label), record_address(found.id, tab.name), tab is shown, not tab.listed)
        for tab in TABS
        if tab.exists() and (tab.name != "Versions" or has_versions)
    ]
