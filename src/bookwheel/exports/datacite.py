"""DataCite's XML, kernel 4: what DOIs of data and papers are registered with.

The kernel demands a creator, a title, a publisher, a year and an identifier; what is not known is told in DataCite's
own code for it (":unkn"), a missing year as 0000.
"""

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.exports.xml import DECLARATION, Xml, element, leaf
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.model import Contributor, Record, Text
from bookwheel.records.names import name_of

_NAMESPACE = "http://datacite.org/schema/kernel-4"
_NAMESPACES = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} http://schema.datacite.org/meta/kernel-4.4/metadata.xsd",
}
_UNKNOWN = ":unkn"
_TYPES: Mapping[str, str] = {
    kinds.ARTICLE: "JournalArticle",
    kinds.BOOK: "Book",
    kinds.CHAPTER: "BookChapter",
    kinds.CONFERENCE_PAPER: "ConferencePaper",
    kinds.PROCEEDINGS: "ConferenceProceeding",
    kinds.DATASET: "Dataset",
    kinds.JOURNAL: "Journal",
    kinds.PREPRINT: "Preprint",
    kinds.REPORT: "Report",
    kinds.SOFTWARE: "Software",
    kinds.THESIS: "Dissertation",
    kinds.AUDIO: "Sound",
    kinds.IMAGE: "Image",
    kinds.MAP: "Image",
    kinds.MANUSCRIPT: "Text",
    kinds.SCORE: "Text",
    kinds.VIDEO: "Audiovisual",
    kinds.WEBSITE: "InteractiveResource",
}
_ROLES = {"editor": "Editor", "producer": "Producer", "compiler": "DataCurator", "thesis advisor": "Supervisor"}
_RELATIONS: Mapping[str, str] = {
    "retraction": "IsObsoletedBy",
    "correction": "IsReferencedBy",
    "concern": "IsReferencedBy",
    "reinstatement": "IsReferencedBy",
    "subject": "References",
    "preprint": "IsVersionOf",
    "version": "IsVersionOf",
    "part": "HasPart",
    "whole": "IsPartOf",
    "data": "IsSupplementedBy",
    "other": "References",
}
_RELATED_SCHEMES = {"doi": "DOI", "pmid": "PMID", "handle": "Handle", "isbn": "ISBN", "issn": "ISSN"}


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield f"{DECLARATION}<resources>\n".encode()
    for item in items:
        yield f"{resource(item)}\n".encode()
    yield b"</resources>\n"


def resource(item: Item) -> Xml:
    """One record, with its namespaces: a document of the kernel's schema."""
    return element("resource", *_elements(item, item.record), attributes=_NAMESPACES)


def _elements(item: Item, record: Record) -> Iterator[Xml]:
    doi = parts.doi(record)
    yield leaf("identifier", doi or parts.line(item.id) or _UNKNOWN, {"identifierType": "DOI" if doi else "Other"})
    authors = parts.authors(record) or parts.others(record)
    yield _group("creators", [_creator(person) for person in authors] or [_creator(Contributor(_UNKNOWN))])
    yield _group("titles", list(_titles(record)) or [leaf("title", _UNKNOWN)])
    yield leaf("publisher", parts.line(record.publisher or record.container.title) or _UNKNOWN)
    yield leaf("publicationYear", parts.year(record) or "0000")
    kind = {"resourceTypeGeneral": _TYPES.get(record.format, "Other")}
    yield leaf("resourceType", parts.line(record.format) or _UNKNOWN, kind)
    yield _group("subjects", [_subject(s.value, s.scheme) for s in record.subjects if parts.line(s.value)])
    yield _group("contributors", [_contributor(p) for p in (parts.others(record) if parts.authors(record) else ())])
    yield _group("dates", [leaf("date", parts.date(record), {"dateType": "Issued"})])
    yield leaf("language", next((language_tag(code) for code in record.languages if language_tag(code)), ""))
    yield _group("alternateIdentifiers", list(_alternates(item, record)))
    yield _group("relatedIdentifiers", list(_related(record)))
    yield _group("sizes", [leaf("size", parts.line(record.extent))])
    yield leaf("version", parts.line(record.edition))
    yield _group("rightsList", [_rights(parts.line(record.licence))])
    yield _group("descriptions", list(_descriptions(record)))
    yield _group("relatedItems", [_journal(record)])


def _group(name: str, pieces: list[Xml]) -> Xml:
    return element(name, *pieces) if any(pieces) else Xml()


def _creator(person: Contributor) -> Xml:
    return element("creator", *_name("creatorName", person))


def _contributor(person: Contributor) -> Xml:
    return element(
        "contributor",
        *_name("contributorName", person),
        attributes={"contributorType": _ROLES.get(person.role, "Other")},
    )


def _name(name: str, person: Contributor) -> Iterator[Xml]:
    written = name_of(person)
    kind = "Organizational" if person.is_organisation else "Personal"
    yield leaf(name, parts.line(written.inverted) or _UNKNOWN, {"nameType": kind})
    if written.given:
        yield leaf("givenName", parts.line(written.given))
        yield leaf("familyName", parts.line(written.family))
    yield leaf(
        "nameIdentifier", parts.line(person.orcid), {"nameIdentifierScheme": "ORCID", "schemeURI": "https://orcid.org"}
    )
    yield from (leaf("affiliation", parts.line(affiliation)) for affiliation in person.affiliations)


def _titles(record: Record) -> Iterator[Xml]:
    for number, text in enumerate(parts.titles(record)):
        yield leaf("title", text.value, _lang(text) | ({"titleType": "TranslatedTitle"} if number else {}))


def _subject(value: str, scheme: str) -> Xml:
    return leaf("subject", parts.line(value), {"subjectScheme": "" if scheme == "keyword" else parts.line(scheme)})


def _alternates(item: Item, record: Record) -> Iterator[Xml]:
    for identifier in record.identifiers:
        if identifier.scheme != "doi":
            kind = {"alternateIdentifierType": parts.line(identifier.scheme).upper() or "Other"}
            yield leaf("alternateIdentifier", parts.line(identifier.value), kind)
    yield from (leaf("alternateIdentifier", url, {"alternateIdentifierType": "URL"}) for url in parts.links(record))
    yield leaf("alternateIdentifier", parts.line(item.url), {"alternateIdentifierType": "URL"})


def _related(record: Record) -> Iterator[Xml]:
    for number in parts.issns(record):
        kind = {"relatedIdentifierType": "ISSN", "relationType": "IsPublishedIn"}
        yield leaf("relatedIdentifier", number, kind)
    for relation in record.relations:
        scheme = _RELATED_SCHEMES.get(relation.scheme, "")
        if scheme and relation.kind in _RELATIONS:
            kind = {"relatedIdentifierType": scheme, "relationType": _RELATIONS[relation.kind]}
            yield leaf("relatedIdentifier", parts.line(relation.value), kind)


def _rights(licence: str) -> Xml:
    uri = parts.iri(licence)
    return leaf("rights", licence, {"rightsURI": uri})


def _descriptions(record: Record) -> Iterator[Xml]:
    for text in parts.abstracts(record):
        yield leaf("description", text.value, _lang(text) | {"descriptionType": "Abstract"})
    for note in (parts.retraction(record), *map(parts.line, record.notes)):
        yield leaf("description", note, {"descriptionType": "Other"})


def _journal(record: Record) -> Xml:
    container = record.container
    title = parts.line(container.title)
    if not title:
        return Xml()
    issns = parts.issns(record)
    first = parts.line(container.start_page)
    return element(
        "relatedItem",
        leaf("relatedItemIdentifier", issns[0] if issns else "", {"relatedItemIdentifierType": "ISSN"}),
        element("titles", leaf("title", title)),
        leaf("publicationYear", parts.year(record)),
        leaf("volume", parts.line(container.volume)),
        leaf("issue", parts.line(container.issue)),
        # The kernel knows a number of the article as one of its kinds.
        leaf("number", parts.line(container.article_number), {"numberType": "Article"}),
        leaf("firstPage", first),
        leaf("lastPage", parts.line(container.end_page) if first else ""),
        attributes={"relatedItemType": _whole(record), "relationType": "IsPublishedIn"},
    )


def _whole(record: Record) -> str:
    wholes = {kinds.CHAPTER: "Book", kinds.CONFERENCE_PAPER: "ConferenceProceeding"}
    return wholes.get(record.format, "Journal")


def _lang(text: Text) -> dict[str, str]:
    return {"xml:lang": language_tag(text.language)}
