"""What Zotero makes of a page without knowing the catalogue: its generic translators, in the order it tries them.

Written from the rules of the translators (unAPI with Bibliontology RDF, COinS, Embedded Metadata), on other libraries
than those that write the pages: what these functions find is what arrives in somebody's library.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.test import Client
from lxml import etree, html
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

Person = tuple[str, str]

BIBO = Namespace("http://purl.org/ontology/bibo/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")


@dataclass
class Item:
    """As Zotero names the fields; people are family and given name, a body has no given one."""

    kind: str
    title: str = ""
    creators: Sequence[Person] = ()
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    date: str = ""
    doi: str = ""
    issn: str = ""
    isbn: str = ""
    abstract: str = ""
    publisher: str = ""


def page(client: Client, address: str) -> Any:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


# unAPI, which it tries first

_FORMATS = ("rdf_zotero", "rdf_bibliontology", "mods", "marc", "ris", "bibtex")
"""What it can read, best first."""


def by_unapi(client: Client, address: str) -> dict[str, Item]:
    """Everything a page names, by its id, in the best format the server has: one thing each, or it fails."""
    root = page(client, address)
    (server,) = root.xpath("//link[@rel='unapi-server']/@href")
    listed = [str(found.get("name")) for found in etree.fromstring(client.get(server).content).iterfind("format")]
    best = next(name for name in _FORMATS if name in listed)
    assert best == "rdf_bibliontology"
    ids = [str(found) for found in root.xpath("//abbr[@class='unapi-id'][@title]/@title")]
    return {one: _from_graph(client.get(f"{server}?id={one}&format={best}").content) for one in ids}


@dataclass(frozen=True)
class _Shape:
    """What a kind of item is in the ontology, and the kinds of what it is part of: issue, and journal or book."""

    kind: str
    item: URIRef
    part: URIRef | None = None
    whole: URIRef | None = None


_SHAPES = (
    _Shape("book", BIBO.Book),
    _Shape("bookSection", BIBO.BookSection, None, BIBO.EditedBook),
    _Shape("conferencePaper", BIBO.Article, None, BIBO.Proceedings),
    _Shape("document", BIBO.Document),
    _Shape("journalArticle", BIBO.AcademicArticle, BIBO.Issue, BIBO.Journal),
    _Shape("magazineArticle", BIBO.Article, BIBO.Issue, BIBO.Magazine),
    _Shape("manuscript", BIBO.Manuscript),
    _Shape("report", BIBO.Report),
    _Shape("thesis", BIBO.Thesis),
    _Shape("webpage", BIBO.Webpage),
)


def _from_graph(body: bytes) -> Item:
    """Fields stand at the item, the issue or the whole, each at one of them; several values are joined by commas."""
    graph = Graph().parse(data=body, format="xml")
    (item,) = (node for node in set(graph.subjects(RDF.type)) if _is_top(graph, node))
    types = set(graph.objects(item, RDF.type))
    shape = next(shape for shape in _SHAPES if shape.item in types and _fits(graph, item, shape))
    part = _part_of(graph, item, shape.part) if shape.part else None
    whole = (_part_of(graph, part or item, shape.whole) if shape.whole else None) or item
    part = part or whole

    def said(node: Node, name: URIRef) -> str:
        return ",".join(sorted(str(value) for value in graph.objects(node, name)))

    return Item(
        kind=shape.kind,
        title=said(item, DCTERMS.title),
        creators=list(_creators(graph, item)),
        container=said(whole, DCTERMS.title) if whole != item else "",
        volume=said(part, BIBO.volume),
        issue=said(part, BIBO.issue),
        pages=said(item, BIBO.pages),
        date=said(part, DCTERMS.date),
        doi=said(item, BIBO.doi),
        issn=said(whole, BIBO.issn),
        isbn=",".join(filter(None, (said(whole, BIBO.isbn13), said(whole, BIBO.isbn10)))),
        abstract=said(item, DCTERMS.abstract),
        publisher=",".join(said(body, FOAF.name) for body in graph.objects(whole, DCTERMS.publisher)),
    )


def _is_top(graph: Graph, node: Node) -> bool:
    bibliographic = any(str(kind).startswith(str(BIBO)) for kind in graph.objects(node, RDF.type))
    return bibliographic and not any(graph.subjects(DCTERMS.isPartOf, node))


def _fits(graph: Graph, item: Node, shape: _Shape) -> bool:
    if not shape.whole or shape.part:
        return True
    return _part_of(graph, item, shape.whole) is not None


def _part_of(graph: Graph, node: Node, kind: URIRef) -> Node | None:
    return next((one for one in graph.objects(node, DCTERMS.isPartOf) if (one, RDF.type, kind) in graph), None)


def _creators(graph: Graph, item: Node) -> Iterator[Person]:
    """In the order of the list, where there is one."""
    named = set(graph.objects(item, DCTERMS.creator))
    for listed in graph.objects(item, BIBO.authorList):
        members = ((str(name), node) for name, node in graph.predicate_objects(listed) if name != RDF.type)
        for _, person in sorted(members, key=lambda member: int(member[0].rpartition("_")[2])):
            if person in named:
                family = graph.value(person, FOAF.surname)
                given = graph.value(person, FOAF.givenname)
                yield (str(family), str(given or "")) if family else (str(graph.value(person, FOAF.name)), "")


# COinS


def by_coins(client: Client, address: str) -> list[Item]:
    return [_from_context(text) for text in page(client, address).xpath("//span[@class='Z3988'][@title]/@title")]


_GENRES = {
    "bookitem": "bookSection",
    "conference": "conferencePaper",
    "proceeding": "conferencePaper",
    "report": "report",
    "document": "document",
}
_KINDS = {"journal": "journalArticle", "dissertation": "thesis"}


def _from_context(text: str) -> Item:
    pairs = [(name, unquote(value.replace("+", " "))) for name, value in (p.split("=") for p in text.split("&"))]
    said = dict(reversed(pairs))
    matrix = said["rft_val_fmt"].rpartition(":")[2]
    plain = said.get("rft.type", "webpage") if matrix == "dc" else ""
    kind = plain or _KINDS.get(matrix) or _GENRES.get(said.get("rft.genre", ""), "book")
    journal = {"journalArticle": "rft.jtitle", "bookSection": "rft.btitle", "conferencePaper": "rft.btitle"}
    title = {"book": "rft.btitle", "report": "rft.btitle"} | dict.fromkeys(journal, "rft.atitle")
    first, last = said.get("rft.spage", ""), said.get("rft.epage", "")
    corporate = [(value, "") for name, value in pairs if name == "rft.aucorp"]
    return Item(
        kind=kind,
        title=said.get(title.get(kind, "rft.title"), ""),
        creators=[*corporate, *(_person(value) for name, value in pairs if name == "rft.au")],
        container=said.get(journal.get(kind, ""), ""),
        volume=said.get("rft.volume", ""),
        issue=said.get("rft.issue", ""),
        pages=said.get("rft.pages") or "-".join(dict.fromkeys(filter(None, (first, last)))),
        date=said.get("rft.date", ""),
        doi=next((value[9:] for name, value in pairs if name == "rft_id" and value.startswith("info:doi/")), ""),
        issn=said.get("rft.issn") or said.get("rft.eissn", ""),
        isbn=said.get("rft.isbn", ""),
        abstract=said.get("rft.description", ""),
        publisher=said.get("rft.inst" if kind == "thesis" else "rft.pub", ""),
    )


def _person(name: str) -> Person:
    """With a comma the family name comes first; without one it comes last."""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    given, _, family = name.rpartition(" ")
    return family, given


# Embedded metadata, of one work


def embedded(client: Client, address: str) -> Item:
    """`citation_*` alone."""
    root = page(client, address)

    def all_of(name: str) -> list[str]:
        return [str(value) for value in root.xpath(f"/html/head/meta[@name='{name}']/@content")]

    def first(name: str) -> str:
        return next(iter(all_of(name)), "")

    tellers = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
        "citation_conference_title": "conferencePaper",
        "citation_book_title": "bookSection",
        "citation_dissertation_institution": "thesis",
    }
    guess = "book" if all_of("citation_isbn") else "journalArticle"
    return Item(
        kind=next((kind for name, kind in tellers.items() if all_of(name)), guess),
        title=first("citation_title"),
        creators=[_person(name) for name in all_of("citation_author")],
        container=first("citation_journal_title") or first("citation_inbook_title"),
        volume=first("citation_volume"),
        issue=first("citation_issue"),
        pages="-".join(filter(None, (first("citation_firstpage"), first("citation_lastpage")))),
        date=first("citation_publication_date"),
        doi=first("citation_doi"),
        issn=", ".join(all_of("citation_issn")),
        isbn=", ".join(all_of("citation_isbn")),
        abstract=first("citation_abstract"),
        publisher=first("citation_publisher"),
    )
