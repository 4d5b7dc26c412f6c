"""A request's parameters, read into one shape for every version of the protocol."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from bookwheel.search.engine import MAX_OFFSET
from bookwheel.web.sru.diagnostics import DiagnosticError

VERSIONS = ("1.1", "1.2", "2.0")
MAX_RECORDS = 100
DEFAULT_RECORDS = 10

SCHEMAS: Mapping[str, str] = MappingProxyType(
    {
        "dc": "info:srw/schema/1/dc-v1.1",
        "marcxml": "info:srw/schema/1/marcxml-v1.1",
        "mods": "info:srw/schema/1/mods-v3.8",
    }
)
"""Short name and identifier; either may be asked for."""

Operation = Literal["searchRetrieve", "scan", "explain"]


@dataclass(frozen=True, slots=True)
class Request:
    """`query` is CQL. `start` counts from 1; `size` is how many records, or terms of a scan, are wanted.

    `position` is where among the terms of a scan the one asked for stands, from 1. `sort` names a sort of ours, "" for
    none. `as_text` wants records as escaped text.
    """

    operation: Operation
    version: str
    query: str = ""
    start: int = 1
    size: int = DEFAULT_RECORDS
    position: int = 1
    schema: str = "dc"
    sort: str = ""
    as_text: bool = False


def version_of(given: Mapping[str, str]) -> str:
    """The version asked for; where the request does not tell, 1.2 if it names an operation, as 2.0 does not."""
    if version := given.get("version"):
        return version if version in VERSIONS else VERSIONS[1]
    return VERSIONS[1] if "operation" in given else VERSIONS[2]


def read(given: Mapping[str, str]) -> Request:
    """The request. Raises DiagnosticError for what cannot be done."""
    version = version_of(given)
    if given.get("version", version) != version:
        raise DiagnosticError(5, version)
    operation = _operation(given)
    if operation == "explain":
        return Request("explain", version)
    if operation == "scan":
        size = _number(given, "maximumTerms", DEFAULT_RECORDS)
        position = _number(given, "responsePosition", 1)
        return Request("scan", version, _mandatory(given, "scanClause"), size=min(size, MAX_RECORDS), position=position)
    query, sort = _sorted(_mandatory(given, "query"))
    if given.get("queryType", "cql") not in ("cql", "searchTerms"):
        raise DiagnosticError(6, "queryType")
    start = _number(given, "startRecord", 1)
    if not 1 <= start <= MAX_OFFSET:
        raise DiagnosticError(61, f"1 to {MAX_OFFSET}")
    size = min(_number(given, "maximumRecords", DEFAULT_RECORDS), MAX_RECORDS)
    return Request(
        "searchRetrieve",
        version,
        query,
        start,
        min(size, MAX_OFFSET + 1 - start),
        schema=_schema(given.get("recordSchema", "")),
        sort=sort,
        as_text=_is_text(given),
    )


def _operation(given: Mapping[str, str]) -> Operation:
    """The operation: named up to 1.2, told by the parameters since 2.0."""
    named = given.get("operation", "")
    for operation in ("searchRetrieve", "scan", "explain"):
        if named == operation:
            return operation
    if named:
        raise DiagnosticError(4, named[:50])
    if "scanClause" in given:
        return "scan"
    return "searchRetrieve" if "query" in given else "explain"


def _mandatory(given: Mapping[str, str], name: str) -> str:
    if not given.get(name, "").strip():
        raise DiagnosticError(7, name)
    return given[name]


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,9}", text):
        raise DiagnosticError(6, name)
    return int(text)


def _schema(asked: str) -> str:
    for name, identifier in SCHEMAS.items():
        if asked in ("", name, identifier):
            return name
    raise DiagnosticError(66, asked[:100])


def _is_text(given: Mapping[str, str]) -> bool:
    """Whether records come escaped: `recordPacking` up to 1.2, `recordXMLEscaping` since."""
    packing = given.get("recordXMLEscaping") or given.get("recordPacking") or "xml"
    if packing in ("xml", "string", "packed", "unpacked"):
        return packing == "string"
    raise DiagnosticError(71, packing[:20])


_SORT_BY = re.compile(r'\s+sortby\s+([\w.]+)(?:/sort\.(ascending|descending))?\s*\Z(?<!")', re.IGNORECASE)
_SORTS: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("dc.date", False): "oldest",
        ("dc.date", True): "newest",
        ("dc.title", False): "title",
        ("dc.creator", False): "author",
    }
)


def _sorted(query: str) -> tuple[str, str]:
    """The query without CQL's sortBy, and the sort it asks for; a sort we lack stays, and is refused with the query."""
    if not (found := _SORT_BY.search(query)):
        return query, ""
    sort = _SORTS.get((found[1].lower(), (found[2] or "").lower() == "descending"))
    return (query[: found.start()], sort) if sort else (query, "")
