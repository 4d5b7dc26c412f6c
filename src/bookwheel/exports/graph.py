"""A record as linked data, in the words of the Bibliographic Ontology: what `bibo` and `turtle` write down.

The shape is the one Zotero's reader of this ontology asks for: an article is part of an issue, which is part of a
journal; people are `foaf` agents, described in a sequence and named as creators besides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.model import Contributor, Record, Text
from bookwheel.records.names import name_of

PREFIXES: Mapping[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
}


@dataclass(frozen=True, slots=True)
class Literal:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Another thing by its address."""

    iri: str


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of a kind ("bibo:Issue") and what is said of it; `iri` is empty where it has no address."""

    kind: str
    iri: str = ""
    said: "list[tuple[str, Value]]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Things in their order."""

    nodes: tuple[Node, ...]


Value: TypeAlias = Literal | Address | Node | Sequence

_TYPES: Mapping[str, str] = {
    kinds.ARTICLE: "bibo:AcademicArticle",
    kinds.BOOK: "bibo:Book",
    kinds.CHAPTER: "bibo:BookSection",
    kinds.CONFERENCE_PAPER: "bibo:Article",
    kinds.PROCEEDINGS: "bibo:Proceedings",
    kinds.JOURNAL: "bibo:Journal",
    kinds.PREPRINT: "bibo:Manuscript",
    kinds.REPORT: "bibo:Report",
    kinds.THESIS: "bibo:Thesis",
    kinds.AUDIO: "bibo:AudioDocument",
    kinds.IMAGE: "bibo:Image",
    kinds.MANUSCRIPT: "bibo:Manuscript",
    kinds.MAP: "bibo:Map",
    kinds.VIDEO: "bibo:AudioVisualDocument",
    kinds.WEBSITE: "bibo:Webpage",
}
_WIDER: Mapping[str, str] = {kinds.PROCEEDINGS: "Book", kinds.JOURNAL: "Document"}
"""What readers take these for that have no such kind of their own: Zotero would leave them out."""
_WHOLES: Mapping[str, str] = {kinds.CHAPTER: "bibo:EditedBook", kinds.CONFERENCE_PAPER: "bibo:Proceedings"}
"""Where their dates and ISBNs stand too, since Zotero looks for them there."""
_ROLES: Mapping[str, tuple[str, str]] = {
    "author": ("bibo:authorList", "dcterms:creator"),
    "editor": ("bibo:editorList", "bibo:editor"),
    "translator": ("", "bibo:translator"),
}
"""Where people of a role are listed in order, and how each is named."""

_NOTICES = {"retraction": "cito:isRetractedBy", "correction": "cito:isCorrectedBy", "subject": "cito:cites"}


def described(item: Item) -> Node:
    """What is known of a record. Its address is that of its page, or a name made of its id."""
    record = item.record
    iri = parts.iri(parts.line(item.url)) or f"urn:bookwheel:{quote(parts.line(item.id), safe='-._~:')}"
    work = Node(_TYPES.get(record.format, "bibo:Document"), iri)
    work.said.extend(_said(item, record, iri))
    return work


def _said(item: Item, record: Record, iri: str) -> "Iterator[tuple[str, Value]]":
    if record.format in _WIDER:
        yield "rdf:type", Address(PREFIXES["bibo"] + _WIDER[record.format])
    for number, title in enumerate(parts.titles(record)):
        yield "dcterms:alternative" if number else "dcterms:title", _literal(title)
    yield from _people(record, iri)
    yield from _text("dcterms:date", parts.date(record))
    # One title, abstract and address each: Zotero puts several behind one another.
    for number, abstract in enumerate(parts.abstracts(record)):
        yield "dcterms:description" if number else "dcterms:abstract", _literal(abstract)
    yield from _text("bibo:doi", parts.doi(record))
    yield from _text("bibo:pmid", next(iter(parts.identifiers(record, "pmid")), ""))
    yield from _isbns(record)
    if parts.doi(record):
        yield "dcterms:identifier", Address(parts.doi_url(parts.doi(record)))
    for url in parts.links(record)[:1] or [parts.line(item.url)]:
        yield from _text("bibo:uri", url)
    yield from (("dcterms:relation", Address(iri)) for url in parts.links(record)[1:] if (iri := parts.iri(url)))
    yield from _text("bibo:pages", parts.place_in(record))
    yield from _text("bibo:pageStart", parts.line(record.container.start_page))
    yield from _text("bibo:pageEnd", parts.line(record.container.end_page))
    yield from _text("bibo:number", parts.line(record.container.article_number))
    yield from _text("bibo:edition", parts.line(record.edition))
    yield from _text("dcterms:extent", parts.line(record.extent))
    yield from (("dcterms:language", Literal(tag)) for c in record.languages if (tag := language_tag(c)))
    yield from (("dcterms:subject", Literal(subject)) for subject in parts.subjects(record))
    yield from _rights(parts.line(record.licence))
    yield from _container(record)
    yield from (("dcterms:isPartOf", _series(s.title, s.number)) for s in record.series if parts.line(s.title))
    yield from _text("dcterms:description", parts.retraction(record))
    for relation in record.relations:
        if relation.scheme == "doi" and parts.line(relation.value):
            notice = Address(parts.doi_url(parts.line(relation.value)))
            yield _NOTICES.get(relation.kind, "dcterms:relation"), notice


def _people(record: Record, iri: str) -> "Iterator[tuple[str, Value]]":
    """Each person's address is that of the work with a number behind it: no two works share one."""
    numbered = [_agent(person, f"{iri}#contributor-{n}") for n, person in enumerate(record.contributors, 1)]
    agents: dict[str, list[Node]] = {person.role: [] for person in record.contributors}
    for person, agent in zip(record.contributors, numbered, strict=True):
        if parts.is_named(person):
            agents[person.role].append(agent)
    for role, nodes in agents.items():
        listed, named = _ROLES.get(role, ("", "dcterms:contributor"))
        if listed and nodes:
            yield listed, Sequence(tuple(nodes))
        yield from ((named, Address(node.iri) if listed else node) for node in nodes)


def _agent(person: Contributor, iri: str) -> Node:
    """Zotero's spelling of a given name, in small letters, is the older one; it has "Jr." behind the given name."""
    name = name_of(person)
    agent = Node("foaf:Organization" if person.is_organisation else "foaf:Person", iri)
    agent.said.extend(_text("foaf:name", parts.line(name.direct)))
    if name.given:
        given = ", ".join(part for part in (name.given, name.suffix) if part)
        agent.said.append(("foaf:givenname", Literal(parts.line(given))))
        agent.said.append(("foaf:surname", Literal(parts.line(name.family))))
    if person.orcid:
        agent.said.append(("owl:sameAs", Address(parts.iri(f"https://orcid.org/{parts.line(person.orcid)}"))))
    return agent


def _container(record: Record) -> "Iterator[tuple[str, Value]]":
    """Issue and journal of an article; the book of a chapter; the publisher of whatever is published by itself."""
    container = record.container
    title, publisher = parts.line(container.title), list(_publisher(record))
    if not title:
        yield from publisher
        return
    whole = Node(_WHOLES.get(record.format, "bibo:Journal"))
    whole.said.append(("dcterms:title", Literal(title)))
    whole.said.extend(_text("bibo:shortTitle", parts.line(container.abbreviation)))
    whole.said.extend(("bibo:issn", Literal(number)) for number in parts.issns(record))
    whole.said.extend(publisher)
    numbers = [*_text("bibo:volume", parts.line(container.volume)), *_text("bibo:issue", parts.line(container.issue))]
    if record.format in _WHOLES:
        whole.said.extend([*numbers, *_text("dcterms:date", parts.date(record)), *_isbns(record)])
        yield "dcterms:isPartOf", whole
        return
    issue = Node("bibo:Issue")
    issue.said.extend([*numbers, *_text("dcterms:date", parts.date(record)), ("dcterms:isPartOf", whole)])
    yield "dcterms:isPartOf", issue


def _isbns(record: Record) -> "Iterator[tuple[str, Value]]":
    yield from (("bibo:isbn13", Literal(number)) for number in parts.identifiers(record, "isbn"))


def _publisher(record: Record) -> "Iterator[tuple[str, Value]]":
    if name := parts.line(record.publisher):
        publisher = Node("foaf:Organization")
        publisher.said.append(("foaf:name", Literal(name)))
        yield "dcterms:publisher", publisher


def _series(title: str, number: str) -> Node:
    series = Node("bibo:Series")
    series.said.append(("dcterms:title", Literal(parts.line(title))))
    series.said.extend(_text("bibo:number", parts.line(number)))
    return series


def _rights(licence: str) -> "Iterator[tuple[str, Value]]":
    iri = parts.iri(licence)
    if licence:
        yield "dcterms:license" if iri else "dcterms:rights", Address(iri) if iri else Literal(licence)


def _literal(text: Text) -> Literal:
    return Literal(text.value, language_tag(text.language))


def _text(name: str, text: str) -> "Iterator[tuple[str, Value]]":
    if text:
        yield name, Literal(text)
