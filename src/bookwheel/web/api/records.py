"""A Document as the fields of VuFind's record API (SearchApiRecordFields.yaml), empty ones left out."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from bookwheel.search.results import Document
from bookwheel.web.catalog.addresses import record_address

DEFAULT_FIELDS = ("authors", "formats", "id", "languages", "series", "subjects", "title", "urls")
"""What a request without `field[]` gets."""


def api_record(document: Document, fields: Iterable[str] = ()) -> dict[str, Any]:
    """The asked fields that this record has; unknown names fall away, as in VuFind."""
    made = {name: FIELD_MAKERS[name](document) for name in fields or DEFAULT_FIELDS if name in FIELD_MAKERS}
    return {name: value for name, value in made.items() if value not in ("", [], {}, None)}


def _first(field: str) -> Callable[[Document], str]:
    return lambda document: next(iter(document.get(field, ())), "")


def _all(field: str) -> Callable[[Document], list[str]]:
    return lambda document: list(document.get(field, ()))


def _authors(document: Document) -> dict[str, Any]:
    """VuFind's shape: a map of name to details for each kind, and an empty list for a kind without names."""
    kinds = {"primary": "author", "secondary": "author2", "corporate": "author_corporate"}
    named: dict[str, Any] = {
        kind: {name: {} for name in document.get(field, ())} or [] for kind, field in kinds.items()
    }
    return named if any(named.values()) else {}


def _raw(document: Document) -> dict[str, list[str]]:
    """Every stored field but those that only repeat others for the spelling check."""
    return {name: list(values) for name, values in document.items() if not name.startswith("spelling")}


FIELD_MAKERS: Mapping[str, Callable[[Document], Any]] = MappingProxyType(
    {
        "authors": _authors,
        "cleanDoi": _first("doi_str_mv"),
        "cleanIssn": lambda document: _first("issn")(document).replace("-", ""),
        "collections": _all("collection"),
        "containerIssue": _first("container_issue"),
        "containerStartPage": _first("container_start_page"),
        "containerTitle": _first("container_title"),
        "containerVolume": _first("container_volume"),
        "corporateAuthors": _all("author_corporate"),
        "formats": _all("format"),
        "id": _first("id"),
        "institutions": _all("institution"),
        "isbns": _all("isbn"),
        "issns": _all("issn"),
        "languages": _all("language"),
        "primaryAuthors": _all("author"),
        "publicationDates": _all("publishDate"),
        "publishers": _all("publisher"),
        "rawData": _raw,
        "recordPage": lambda document: record_address(document["id"][0]),
        "secondaryAuthors": _all("author2"),
        "series": _all("series"),
        "shortTitle": _first("title_short"),
        "subjects": lambda document: [[topic] for topic in document.get("topic", ())],
        "summary": _all("description"),
        "title": _first("title"),
        "urls": lambda document: [{"url": url, "desc": url} for url in document.get("url", ())],
    }
)
