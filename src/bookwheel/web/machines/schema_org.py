"""A record in the words of schema.org, as JSON-LD: what search engines of the open web read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import msgspec

from bookwheel.exports import parts
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.model import Contributor, Record
from bookwheel.records.names import name_of

Thing = dict[str, Any]

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        kinds.ARTICLE: "ScholarlyArticle",
        kinds.BOOK: "Book",
        kinds.CHAPTER: "Chapter",
        kinds.CONFERENCE_PAPER: "ScholarlyArticle",
        kinds.PROCEEDINGS: "Book",
        kinds.DATASET: "Dataset",
        kinds.JOURNAL: "Periodical",
        kinds.PREPRINT: "ScholarlyArticle",
        kinds.REPORT: "Report",
        kinds.SOFTWARE: "SoftwareSourceCode",
        kinds.THESIS: "Thesis",
        kinds.AUDIO: "AudioObject",
        kinds.IMAGE: "ImageObject",
        kinds.MANUSCRIPT: "Manuscript",
        kinds.MAP: "Map",
        kinds.SCORE: "SheetMusic",
        kinds.VIDEO: "VideoObject",
        kinds.WEBSITE: "WebSite",
    }
)
_HEADLINE = 110
"""Characters of a headline, as search engines show it."""


def json_ld(record: Record, address: str) -> str:
    """The record as JSON that may stand inside a `<script>`: no "<" in it."""
    text = msgspec.json.encode(described(record, address)).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def described(record: Record, address: str) -> Thing:
    """The work with every property it has, in schema.org's order of importance; nothing empty."""
    titles = list(parts.titles(record))
    title = titles[0].value if titles else ""
    doi = parts.doi(record)
    kind = _TYPES.get(record.format, "CreativeWork")
    return {"@context": "https://schema.org"} | _filled(
        {
            "@type": kind,
            "@id": parts.doi_url(doi) if doi else address,
            "name": title,
            "headline": title[:_HEADLINE],
            "alternateName": [text.value for text in titles[1:]],
            "url": address,
            "author": [_agent(person) for person in parts.authors(record)],
            "editor": [_agent(person) for person in parts.others(record, "editor")],
            "datePublished": parts.date(record),
            "inLanguage": [tag for code in record.languages if (tag := language_tag(code))],
            "abstract": next((text.value for text in parts.abstracts(record)), ""),
            "keywords": parts.subjects(record),
            "isPartOf": _whole(record),
            **(_pages(record) if kind in _PAGED else {}),
            **(_book(record) if kind == "Book" else {}),
            "publisher": _filled({"@type": "Organization", "name": parts.line(record.publisher)}, kept=2),
            "license": licence_address(record.licence),
            "isAccessibleForFree": True,
            "identifier": _identifiers(record),
            "sameAs": [iri for url in parts.links(record) if (iri := parts.iri(url))],
            "creativeWorkStatus": "Retracted" if record.is_retracted else "",
        }
    )


_PAGED = ("ScholarlyArticle", "Report", "Chapter")
"""Types of works that the vocabulary has pages for."""


def _pages(record: Record) -> Thing:
    return {
        "pageStart": parts.line(record.container.start_page),
        "pageEnd": parts.line(record.container.end_page),
        "pagination": parts.place_in(record),
    }


def _book(record: Record) -> Thing:
    return {"bookEdition": parts.line(record.edition), "isbn": parts.identifiers(record, "isbn")}


def licence_address(licence: str) -> str:
    """Where a licence's text is: of Creative Commons by its short name, or the address it was given by; else "".

    >>> licence_address("CC BY-NC-ND")
    'https://creativecommons.org/licenses/by-nc-nd/4.0/'
    """
    name = parts.line(licence)
    if parts.is_web_address(name):
        return parts.iri(name)
    words = name.upper().split()
    if words[:1] == ["CC0"]:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if len(words) >= 2 and words[0] == "CC" and words[1] in _LICENCES:
        version = words[2] if len(words) > 2 and words[2][:1].isdecimal() else "4.0"
        return f"https://creativecommons.org/licenses/{words[1].lower()}/{version}/"
    return ""


def orcid_address(orcid: str) -> str:
    """Where a person's ORCID leads; percent signs stand for what no address may hold."""
    return f"https://orcid.org/{quote(parts.line(orcid), safe='')}"


_LICENCES = ("BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND")


def _whole(record: Record) -> Thing:
    """What it stands in: issue in volume in journal, or the book of a chapter."""
    container = record.container
    if not parts.line(container.title):
        return {}
    if record.format == kinds.CHAPTER:
        isbns = parts.identifiers(record, "isbn")
        return _filled({"@type": "Book", "name": parts.line(container.title), "isbn": isbns})
    whole = _filled({"@type": "Periodical", "name": parts.line(container.title), "issn": parts.issns(record)})
    if volume := parts.line(container.volume):
        whole = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": whole}
    if issue := parts.line(container.issue):
        whole = {"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": whole}
    return whole


def _agent(person: Contributor) -> Thing:
    if person.is_organisation:
        return {"@type": "Organization", "name": parts.line(person.name)}
    name = name_of(person)
    return _filled(
        {
            "@type": "Person",
            "@id": orcid_address(person.orcid) if person.orcid else "",
            "name": parts.line(name.direct),
            "familyName": parts.line(name.family),
            "givenName": parts.line(name.given),
            "affiliation": [{"@type": "Organization", "name": parts.line(text)} for text in person.affiliations],
        }
    )


def _identifiers(record: Record) -> list[Thing]:
    return [
        {"@type": "PropertyValue", "propertyID": scheme, "value": value}
        for scheme in ("doi", "pmid", "pmcid", "handle")
        for value in parts.identifiers(record, scheme)
    ]


def _filled(thing: Thing, kept: int = 1) -> Thing:
    """Without what is empty; {} when fewer properties than `kept` are left."""
    found = {name: value for name, value in thing.items() if value}
    return found if len(found) >= kept else {}
