"""Dublin Core as OAI-PMH has it (oai_dc): fifteen elements that every harvester understands.

Source: the usage notes of the Open Archives Initiative, and what repositories do with articles: the journal and the
place in it stand in `source`, addresses and the DOI as a link in `identifier`.
"""

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.exports.xml import DECLARATION, Xml, element, leaf
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.model import Record, Text
from bookwheel.records.names import name_of

_NAMESPACES = {
    "xmlns:oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
}

_TYPES: Mapping[str, str] = {
    kinds.DATASET: "Dataset",
    kinds.SOFTWARE: "Software",
    kinds.AUDIO: "Sound",
    kinds.IMAGE: "StillImage",
    kinds.MAP: "StillImage",
    kinds.VIDEO: "MovingImage",
    kinds.WEBSITE: "InteractiveResource",
}
"""DCMI's word for a kind; all else is Text."""


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield f"{DECLARATION}<records>\n".encode()
    for item in items:
        yield f"{dublin_core(item)}\n".encode()
    yield b"</records>\n"


def dublin_core(item: Item) -> Xml:
    """One record, with its namespaces: it may stand in any document."""
    record = item.record
    return element("oai_dc:dc", *_elements(item, record), attributes=_NAMESPACES)


def _elements(item: Item, record: Record) -> Iterator[Xml]:
    yield from (_text("title", text) for text in parts.titles(record))
    yield from (_leaf("creator", name_of(person).inverted) for person in parts.authors(record))
    yield from (_leaf("subject", subject) for subject in parts.subjects(record))
    yield from (_text("description", text) for text in parts.abstracts(record))
    yield _leaf("description", parts.retraction(record))
    yield _leaf("publisher", record.publisher)
    yield from (_leaf("contributor", name_of(person).inverted) for person in parts.others(record))
    yield _leaf("date", parts.date(record))
    yield _leaf("type", _TYPES.get(record.format, "Text"))
    yield _leaf("type", record.format)
    doi = parts.doi(record)
    yield _leaf("identifier", parts.doi_url(doi) if doi else "")
    yield from (_leaf("identifier", f"urn:isbn:{number}") for number in parts.identifiers(record, "isbn"))
    yield from (_leaf("identifier", f"pmid:{number}") for number in parts.identifiers(record, "pmid"))
    yield from (_leaf("identifier", url) for url in (*parts.links(record), item.url))
    yield _leaf("source", source(record))
    yield from (_leaf("source", f"urn:issn:{number}") for number in parts.issns(record))
    yield from (_leaf("language", code) for code in record.languages)
    yield from (_leaf("relation", parts.doi_url(r.value)) for r in record.relations if r.scheme == "doi" and r.value)
    yield _leaf("rights", record.licence)


def source(record: Record) -> str:
    """The journal or book and the place in it: "Advances in Hematology, vol. 2012, 393864 (2012)"."""
    container = record.container
    title = parts.line(container.title)
    if not title:
        return ""
    volume, issue = parts.line(container.volume), parts.line(container.issue)
    where = (title, f"vol. {volume}" if volume else "", f"no. {issue}" if issue else "", parts.place_in(record, "–"))
    year = f" ({parts.year(record)})" if parts.year(record) else ""
    return ", ".join(part for part in where if part) + year


def _text(name: str, text: Text) -> Xml:
    return leaf(f"dc:{name}", text.value, {"xml:lang": language_tag(text.language)})


def _leaf(name: str, text: str) -> Xml:
    return leaf(f"dc:{name}", parts.line(text))
