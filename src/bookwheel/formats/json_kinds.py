"""Which format a JSON object is in, told by its keys: every JSON format has some that no other uses."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


def format_of(item: Json) -> str:
    """The name of the format that reads the object; "" when none does."""
    return next((name for name, is_it in _KINDS if is_it(item)), "")


def unwrapped(item: Json, *keys: str) -> Json:
    """The object within an envelope of one of the keys ("message", "data", "_source"), else the object itself."""
    found = (value for key in keys if isinstance(value := item.get(key), dict))
    return next(found, item)


def _is_doaj(item: Json) -> bool:
    return isinstance(unwrapped(item, "_source").get("bibjson"), dict)


def _is_bookwheel(item: Json) -> bool:
    record = item.get("record")
    return isinstance(record, dict) and isinstance(item.get("version"), int) and "source_identifier" in record


def _is_openalex(item: Json) -> bool:
    identifier = item.get("id")
    return (isinstance(identifier, str) and "openalex.org/" in identifier.lower()) or "authorships" in item


def _is_datacite(item: Json) -> bool:
    item = unwrapped(item, "data")
    attributes = unwrapped(item, "attributes")
    return isinstance(attributes.get("creators"), list) and ("doi" in attributes or "titles" in attributes)


def _is_crossref(item: Json) -> bool:
    item = unwrapped(item, "message")
    return "DOI" in item and any(key in item for key in ("indexed", "deposited", "member", "prefix", "reference-count"))


def _is_csl(item: Json) -> bool:
    return isinstance(item.get("type"), str) and any(
        key in item for key in ("issued", "container-title", "DOI", "title", "author", "citation-key")
    )


def _is_table_row(item: Json) -> bool:
    return any(isinstance(key, str) and key.strip().lower().endswith("title") for key in item)


_KINDS: tuple[tuple[str, Callable[[Json], bool]], ...] = (
    ("doaj_json", _is_doaj),
    ("bookwheel_json", _is_bookwheel),
    ("openalex", _is_openalex),
    ("datacite", _is_datacite),
    ("crossref", _is_crossref),
    ("csl_json", _is_csl),
    ("json", _is_table_row),
)
"""In this order: what is told by one sure key first, a flat object with a title last."""

FORMATS = tuple(name for name, _ in _KINDS)
