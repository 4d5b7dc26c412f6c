"""The formats a page offers, each with its address."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from bookwheel.exports import EXPORTS, Export
from bookwheel.search.query import Query
from bookwheel.web.catalog.addresses import record_address, search_address

STYLES = {
    "endnoteweb": "ris",
    "rdf": "bibo",
    "refworks": "ris",
}
"""VuFind's names where ours are others; EndNote Web and RefWorks take RIS."""

_TRANSLATED = (
    gettext_noop("Bibliography, plain text"),
    gettext_noop("Bibliography, Markdown"),
    gettext_noop("Bibliography, Word"),
    gettext_noop("List of DOIs"),
)


_FIRST = ("ris", "bibtex", "nbib", "csv", "xlsx", "docx")


@dataclass(frozen=True, slots=True)
class ExportLink:
    label: str
    address: str


def export_named(style: str) -> Export | None:
    """The format of an address, by our name or VuFind's, in capitals or not; None for one nobody knows."""
    name = style.strip().lower()
    return EXPORTS.get(STYLES.get(name, name))


def formats() -> list[tuple[str, str]]:
    """Name and label of every format, in order."""
    return [(export.name, gettext(export.label)) for export in EXPORTS.values()]


def record_export_address(record_id: str) -> str:
    """The page that offers the formats of a record."""
    return record_address(record_id, "Export")


def search_export_address(query: Query) -> str:
    """The page that offers the formats of all that a search finds, whatever page of it is shown."""
    whole = replace(query, page=1, size=settings.BOOKWHEEL.page_size, after="")
    return search_address(whole).replace("/Search/Results", "/Search/Export", 1)


def export_links(address: str) -> list[ExportLink]:
    """The formats asked for most, as downloads from the page that offers them all."""
    join = "&" if "?" in address else "?"
    return [ExportLink(gettext(EXPORTS[name].label), f"{address}{join}style={name}") for name in _FIRST]
