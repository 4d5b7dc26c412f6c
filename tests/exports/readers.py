"""What other people's programs read in our files: for each record its title, its authors inverted, its DOI."""

import csv as csv_module
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import openpyxl
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, NameParts, SeparateCoAuthors, SplitNameParts
from lxml import etree
from openpyxl.utils.escape import unescape
from pymarc import MARCReader, parse_xml_to_array
from pymarc import Record as MarcRecord
from rdflib import DCTERMS, FOAF, RDF, Graph, Namespace, Node

from bookwheel.exports import parts
from bookwheel.records import codec
from bookwheel.records.names import name_of


class Work(NamedTuple):
    title: str
    authors: tuple[str, ...]
    doi: str


def ris(data: bytes) -> list[Work]:
    found = rispy.loads(data.decode().replace("\r\n", "\n"))
    return [Work(e.get("title", ""), tuple(e.get("authors", ())), e.get("doi", "")) for e in found]


def bibtex(data: bytes) -> list[Work]:
    layers = [SeparateCoAuthors(), SplitNameParts(), LatexDecodingMiddleware()]
    library = parse_string(data.decode(), append_middleware=layers)
    assert not library.failed_blocks, library.failed_blocks[0].raw
    works = []
    # A DOI is verbatim to LaTeX; to the decoder a "%" in it would begin a comment.
    for entry, verbatim in zip(library.entries, parse_string(data.decode()).entries, strict=True):
        fields: dict[str, Any] = {field.key: field.value for field in entry.fields}
        names = tuple(_inverted(name) for name in fields.get("author", ()))
        doi = verbatim.get("doi")
        works.append(Work(fields.get("title", ""), names, str(doi.value) if doi else ""))
    return works


def _inverted(name: NameParts) -> str:
    return _comma(" ".join([*name.von, *name.last]), " ".join(name.first), " ".join(name.jr))


def _comma(*given: str | None) -> str:
    return ", ".join(part for part in given if part)


def nbib(data: bytes) -> list[Work]:
    """As PubMed's help describes it: the one program for it wants a number where a record has none."""
    works = []
    for record in data.decode().split("PMID- ")[1:]:
        lines = record.replace("\r\n      ", " ").split("\r\n")
        tags = [(line[:4].strip(), line[6:]) for line in lines[1:]]
        found = dict(reversed(tags))
        authors = tuple(value for tag, value in tags if tag in ("FAU", "CN"))
        works.append(Work(found.get("TI", ""), authors, found.get("LID", "").removesuffix(" [doi]")))
    return works


def endnote(data: bytes) -> list[Work]:
    works = []
    for record in etree.fromstring(data).iter("record"):
        authors = tuple((a.text or "").removesuffix(",") for a in record.iterfind("contributors/authors/author"))
        works.append(
            Work(record.findtext("titles/title") or "", authors, record.findtext("electronic-resource-num") or "")
        )
    return works


def csv(data: bytes) -> list[Work]:
    return [_row(row) for row in csv_module.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


def xlsx(data: bytes) -> list[Work]:
    rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True)
    names = [str(name) for name in next(rows)]
    return [_row({name: unescape(str(value or "")) for name, value in zip(names, row, strict=False)}) for row in rows]


def _row(row: Mapping[str, str]) -> Work:
    # An apostrophe keeps a table from reading a text as a formula; any other is the text's own.
    cells = {name: re.sub(r"\A'(?=[=+\-@\t\r])", "", value) for name, value in row.items()}
    return Work(cells["Title"], (cells["Authors"],) if cells["Authors"] else (), cells["DOI"])


def jsonl(data: bytes) -> list[Work]:
    return [expected(codec.decode(line)) for line in data.splitlines()]


def expected(record: Any) -> Work:
    """What every format must tell of a record."""
    title = next((text.value for text in parts.titles(record)), "")
    authors = tuple(parts.line(name_of(person).inverted) for person in parts.authors(record))
    return Work(title, authors, parts.doi(record))


_DC = "{http://purl.org/dc/elements/1.1/}"


def oai_dc(data: bytes) -> list[Work]:
    works = []
    for record in etree.fromstring(data):
        creators = tuple(element.text or "" for element in record.iterfind(f"{_DC}creator"))
        link = next((i.text or "" for i in record.iterfind(f"{_DC}identifier") if "doi.org/" in (i.text or "")), "")
        works.append(Work(record.findtext(f"{_DC}title") or "", creators, link))
    return works


def marc(data: bytes) -> list[Work]:
    found = list(MARCReader(data))
    assert all(found), "not a record"
    return [_marc(record) for record in found if record]


def marcxml(data: bytes) -> list[Work]:
    return [_marc(record) for record in parse_xml_to_array(io.BytesIO(data))]  # type: ignore[no-untyped-call]


def _marc(record: MarcRecord) -> Work:
    authors = [
        _comma(field.get("a"), field.get("c"))
        for field in record.get_fields("100", "110", "700", "710")
        if field.get("4") == "aut"
    ]
    doi = next((f["a"] for f in record.get_fields("024") if f.get("2") == "doi"), "")
    title = (record.title or "").removeprefix("[Untitled]")
    return Work(title, tuple(authors), doi)


_MODS = "{http://www.loc.gov/mods/v3}"


def mods(data: bytes) -> list[Work]:
    works = []
    for record in etree.fromstring(data):
        authors = []
        for name in record.iterfind(f"{_MODS}name"):
            found = {part.get("type", ""): part.text for part in name.iterfind(f"{_MODS}namePart")}
            if name.findtext(f"{_MODS}role/{_MODS}roleTerm") == "aut":
                authors.append(
                    _comma(found.get("family") or found.get(""), found.get("given"), found.get("termsOfAddress"))
                )
        identifiers = {i.get("type"): i.text or "" for i in reversed(record.findall(f"{_MODS}identifier"))}
        title = record.findtext(f"{_MODS}titleInfo/{_MODS}title") or ""
        works.append(Work(title, tuple(authors), identifiers.get("doi", "")))
    return works


_KERNEL = "{http://datacite.org/schema/kernel-4}"


def datacite(data: bytes) -> list[Work]:
    works = []
    for record in etree.fromstring(data):
        authors = tuple(e.text or "" for e in record.iter(f"{_KERNEL}creatorName") if e.text != ":unkn")
        identifier = record.find(f"{_KERNEL}identifier")
        assert identifier is not None
        doi = identifier.text or "" if identifier.get("identifierType") == "DOI" else ""
        title = record.findtext(f"{_KERNEL}titles/{_KERNEL}title") or ""
        works.append(Work(title.removeprefix(":unkn"), authors, doi))
    return works


_BIBO = Namespace("http://purl.org/ontology/bibo/")


def bibo(data: bytes) -> list[Work]:
    return _graph(Graph().parse(data=data, format="xml"))


def turtle(data: bytes) -> list[Work]:
    return _graph(Graph().parse(data=data, format="turtle"))


def _graph(graph: Graph) -> list[Work]:
    parts_of = set(graph.objects(None, DCTERMS.isPartOf))
    agents = {FOAF.Person, FOAF.Organization, RDF.Seq}
    works = []
    for subject in dict.fromkeys(graph.subjects(RDF.type, None)):
        if subject in parts_of or set(graph.objects(subject, RDF.type)) & agents:
            continue
        listed = graph.value(subject, _BIBO.authorList)
        authors = tuple(_agent(graph, agent) for agent in _sequence(graph, listed)) if listed else ()
        works.append(
            Work(str(graph.value(subject, DCTERMS.title) or ""), authors, str(graph.value(subject, _BIBO.doi) or ""))
        )
    return works


def _sequence(graph: Graph, listed: Node) -> list[Node]:
    numbered = ((int(str(p).rpartition("_")[2]), o) for p, o in graph.predicate_objects(listed) if p != RDF.type)
    return [agent for _, agent in sorted(numbered, key=lambda pair: pair[0])]


def _agent(graph: Graph, agent: Node) -> str:
    surname, given = graph.value(agent, FOAF.surname), graph.value(agent, FOAF.givenname)
    return _comma(str(surname), str(given)) if surname else str(graph.value(agent, FOAF.name))


def csl_json(data: bytes) -> list[Work]:
    """Titles may hold the four marks that CSL knows."""
    works = []
    for item in json.loads(data):
        names = tuple(" ".join(author.values()) for author in item.get("author", ()))
        works.append(Work(parts.line(item.get("title", "")), names, item.get("DOI", "")))
    return works


READERS: Mapping[str, Callable[[bytes], list[Work]]] = {
    "bibo": bibo,
    "bibtex": bibtex,
    "csl_json": csl_json,
    "csv": csv,
    "datacite": datacite,
    "endnote": endnote,
    "jsonl": jsonl,
    "marc": marc,
    "marcxml": marcxml,
    "mods": mods,
    "nbib": nbib,
    "oai_dc": oai_dc,
    "ris": ris,
    "turtle": turtle,
    "xlsx": xlsx,
}
