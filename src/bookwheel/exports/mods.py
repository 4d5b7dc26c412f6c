"""MODS 3.7, the Library of Congress's format between MARC and Dublin Core; Zotero reads it with every field."""

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.exports.marc_codes import relator
from bookwheel.exports.xml import DECLARATION, Xml, element, leaf
from bookwheel.records import kinds
from bookwheel.records.languages import marc_language
from bookwheel.records.model import Contributor, Record
from bookwheel.records.names import name_of

_NAMESPACE = "http://www.loc.gov/mods/v3"
_NAMESPACES = {
    "xmlns": _NAMESPACE,
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} http://www.loc.gov/standards/mods/v3/mods-3-7.xsd",
    "version": "3.7",
}
_RESOURCES: Mapping[str, str] = {
    kinds.AUDIO: "sound recording",
    kinds.IMAGE: "still image",
    kinds.MAP: "cartographic",
    kinds.SCORE: "notated music",
    kinds.SOFTWARE: "software, multimedia",
    kinds.VIDEO: "moving image",
}
_GENRES: Mapping[str, str] = {
    # The words of MARC's genre terms, which Zotero's reader knows.
    kinds.ARTICLE: "article",
    kinds.BOOK: "book",
    kinds.CHAPTER: "book chapter",
    kinds.CONFERENCE_PAPER: "conference paper",
    kinds.PROCEEDINGS: "conference publication",
    kinds.DATASET: "dataset",
    kinds.JOURNAL: "periodical",
    kinds.PREPRINT: "preprint",
    kinds.REPORT: "technical report",
    kinds.THESIS: "thesis",
    kinds.WEBSITE: "web site",
}


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield f'{DECLARATION}<modsCollection xmlns="{_NAMESPACE}">\n'.encode()
    for item in items:
        yield f"{mods(item)}\n".encode()
    yield b"</modsCollection>\n"


def mods(item: Item) -> Xml:
    """One record, with its namespaces: it may stand in any document."""
    return element("mods", *_elements(item, item.record), attributes=_NAMESPACES)


def _elements(item: Item, record: Record) -> Iterator[Xml]:
    for number, text in enumerate(parts.titles(record)):
        kind = {"lang": marc_language(text.language)} | ({"type": "translated"} if number else {})
        yield element("titleInfo", leaf("title", text.value), attributes=kind)
    yield from (_name(person) for person in record.contributors)
    yield leaf("typeOfResource", _RESOURCES.get(record.format, "text"))
    if genre := _GENRES.get(record.format):
        # Zotero takes the kind from a genre of MARC's own or of its own list; "local" is neither, and is passed over.
        yield leaf("genre", genre, {"authority": "marcgt" if genre in ("article", "book", "periodical") else "local"})
    yield from (leaf("genre", parts.line(genre)) for genre in record.genres)
    yield _origin(record)
    yield from (
        element(
            "language", leaf("languageTerm", marc_language(code) or code, {"type": "code", "authority": "iso639-2b"})
        )
        for code in record.languages
    )
    yield element("physicalDescription", leaf("extent", parts.line(record.extent))) if record.extent else Xml()
    yield from (leaf("abstract", t.value, {"lang": marc_language(t.language)}) for t in parts.abstracts(record))
    yield leaf("note", parts.retraction(record), {"type": "publications"})
    yield from (leaf("note", parts.line(note)) for note in record.notes)
    for subject in record.subjects:
        authority = {"MeSH": "mesh", "LCC": "lcc"}.get(subject.scheme, "")
        yield element("subject", leaf("topic", parts.line(subject.value)), attributes={"authority": authority})
    yield from (leaf("classification", parts.line(number), {"authority": "lcc"}) for number in record.call_numbers)
    yield _host(record)
    yield from (_series(s.title, s.number) for s in record.series)
    for scheme in ("doi", "pmid", "pmcid", "isbn", "handle", "lccn"):
        yield from (leaf("identifier", value, {"type": scheme}) for value in parts.identifiers(record, scheme))
    for number, url in enumerate(parts.links(record)):
        yield element("location", leaf("url", url, {"usage": "" if number else "primary"}))
    yield element("location", leaf("url", parts.line(item.url), {"access": "object in context"})) if item.url else Xml()
    yield leaf("accessCondition", parts.line(record.licence), {"type": "use and reproduction"})
    yield element("recordInfo", leaf("recordIdentifier", parts.line(item.id), {"source": parts.line(record.source)}))


def _name(person: Contributor) -> Xml:
    name = name_of(person)
    if not parts.line(name.family + name.given):
        return Xml()
    if person.is_organisation or not name.given:
        written = leaf("namePart", parts.line(name.direct))
    else:
        written = Xml(
            leaf("namePart", parts.line(name.family), {"type": "family"})
            + leaf("namePart", parts.line(name.given), {"type": "given"})
            + leaf("namePart", parts.line(name.suffix), {"type": "termsOfAddress"})
        )
    code, word = relator(person.role)
    role = element(
        "role",
        leaf("roleTerm", code, {"type": "code", "authority": "marcrelator"}),
        leaf("roleTerm", word, {"type": "text", "authority": "marcrelator"}),
    )
    orcid = leaf("nameIdentifier", f"https://orcid.org/{person.orcid}" if person.orcid else "", {"type": "orcid"})
    affiliations = [leaf("affiliation", parts.line(affiliation)) for affiliation in person.affiliations]
    kind = "corporate" if person.is_organisation else "personal"
    return element("name", written, role, *affiliations, orcid, attributes={"type": kind})


def _origin(record: Record) -> Xml:
    place = parts.line(record.place)
    pieces = (
        element("place", leaf("placeTerm", place, {"type": "text"})) if place else Xml(),
        leaf("publisher", parts.line(record.publisher)),
        leaf("dateIssued", parts.date(record), {"encoding": "w3cdtf", "keyDate": "yes"}),
        leaf("edition", parts.line(record.edition)),
    )
    return element("originInfo", *pieces) if any(pieces) else Xml()


def _host(record: Record) -> Xml:
    """The journal or book, with where in it the work stands."""
    container = record.container
    details = [
        element("detail", leaf("number", number), attributes={"type": kind})
        for kind, number in (
            ("volume", parts.line(container.volume)),
            ("issue", parts.line(container.issue)),
            ("article-number", parts.line(container.article_number)),
        )
        if number
    ]
    # Without pages the number of the article stands in their place too: Zotero has no field of its own for it.
    first = parts.line(container.start_page) or parts.line(container.article_number)
    extent = (leaf("start", first), leaf("end", parts.line(container.end_page)))
    if any(extent):
        details.append(element("extent", *extent, attributes={"unit": "pages"}))
    pieces = [
        *_titles(parts.line(container.title), parts.line(container.abbreviation)),
        *(leaf("identifier", number, {"type": "issn"}) for number in parts.issns(record)),
        *([element("part", *details, leaf("date", parts.date(record)))] if details else []),
    ]
    return element("relatedItem", *pieces, attributes={"type": "host"}) if pieces else Xml()


def _titles(title: str, abbreviation: str) -> Iterator[Xml]:
    if title:
        yield element("titleInfo", leaf("title", title))
    if abbreviation:
        yield element("titleInfo", leaf("title", abbreviation), attributes={"type": "abbreviated"})


def _series(title: str, number: str) -> Xml:
    info = element("titleInfo", leaf("title", parts.line(title)), leaf("partNumber", parts.line(number)))
    return element("relatedItem", info, attributes={"type": "series"}) if parts.line(title) else Xml()
