"""FAIR Signposting: typed links from a record page to what belongs to it, in a header (level 1) and a linkset (2).

Source: https://signposting.org/FAIR/
"""

import re
from typing import Any, NamedTuple

from bookwheel.exports import EXPORTS, parts
from bookwheel.records.model import Record
from bookwheel.web.machines.schema_org import described, licence_address, orcid_address

_AUTHORS = 20
_ITEMS = 20
"""Links of a kind in the header, which servers and proxies keep short; the linkset has them all."""

DESCRIBED_BY = ("ris", "bibtex", "csl_json", "marcxml", "mods", "oai_dc", "bibo", "turtle", "datacite", "jsonld")
"""Formats a record's own address answers in, when asked by media type."""
JSON_LD = "application/ld+json"


_MEDIA_TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)


class TypedLink(NamedTuple):
    target: str
    relation: str
    media_type: str = ""


def media_type(name: str) -> str:
    return JSON_LD if name == "jsonld" else EXPORTS[name].media_type


def links(record: Record, address: str) -> list[TypedLink]:
    """Every typed link of a record page."""
    found = [TypedLink(f"https://schema.org/{described(record, address)['@type']}", "type")]
    found.append(TypedLink("https://schema.org/AboutPage", "type"))
    if doi := parts.doi(record):
        found.append(TypedLink(parts.doi_url(doi), "cite-as"))
    else:
        found.append(TypedLink(address, "cite-as"))
    found += [TypedLink(orcid_address(c.orcid), "author") for c in record.contributors if c.orcid]
    if licence := licence_address(record.licence):
        found.append(TypedLink(licence, "license"))
    found += [TypedLink(f"{address}/As/{name}", "describedby", media_type(name)) for name in DESCRIBED_BY]
    found += [
        TypedLink(url, "item", link.content_type if _MEDIA_TYPE.fullmatch(link.content_type) else "")
        for link in record.links
        if link.kind == "fulltext" and (url := parts.iri(parts.line(link.url)))
    ]
    return found


def header(record: Record, address: str) -> str:
    """The value of the `Link` header."""
    shown: list[TypedLink] = []
    for link in links(record, address):
        most = {"author": _AUTHORS, "item": _ITEMS}.get(link.relation)
        if most is None or sum(each.relation == link.relation for each in shown) < most:
            shown.append(link)
    shown.append(TypedLink(f"{address}/Linkset", "linkset", "application/linkset+json"))
    return ", ".join(map(_written, shown))


def _written(link: TypedLink) -> str:
    kind = f' ; type="{link.media_type}"' if link.media_type else ""
    target = link.target.encode("ascii", "ignore").decode()
    return f'<{target}> ; rel="{link.relation}"{kind}'


def linkset(record: Record, address: str) -> dict[str, Any]:
    """The same links as a document (RFC 9264), with those that lead back to the page."""
    anchored: dict[str, Any] = {"anchor": address}
    for link in links(record, address):
        target = {"href": link.target} | ({"type": link.media_type} if link.media_type else {})
        anchored.setdefault(link.relation, []).append(target)
    page = [{"href": address, "type": "text/html"}]
    back = [
        {"anchor": link.target, _BACK[link.relation]: page} for link in links(record, address) if link.relation in _BACK
    ]
    return {"linkset": [anchored, *back]}


_BACK = {"describedby": "describes", "item": "collection"}
"""How what a page links to is linked back to it."""
