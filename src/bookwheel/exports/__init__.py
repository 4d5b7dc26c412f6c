"""How does a record leave? One module per export format: records in, bytes out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.exports.base import Item
from bookwheel.exports.shelf import Listed
from bookwheel.plugins import load

__all__ = ["EXPORTS", "Export", "Item"]


@dataclass(frozen=True, slots=True)
class Export:
    """A format records can be had in.

    `label` is what people call it, `suffix` ends a file's name. `is_bibliography` tells that `write` takes a citation
    style. `resumes` tells that a file which broke off can be gone on with behind its last whole record.
    """

    name: str
    label: str
    media_type: str
    suffix: str
    is_bibliography: bool = False
    resumes: bool = True

    def write(self, items: Iterable[Item], style: Listed | None = None) -> Iterator[bytes]:
        """The items in their order, as they come, in constant memory; `style` is that of a bibliography's citations."""
        writer = load("export", self.name)
        pieces: Iterator[bytes] = writer(items, style) if self.is_bibliography and style else writer(items)
        return pieces


_EXPORTS = (
    Export("ris", "RIS", "application/x-research-info-systems", "ris"),
    Export("bibtex", "BibTeX", "application/x-bibtex", "bib"),
    Export("nbib", "NBIB (PubMed)", "application/nbib", "nbib"),
    Export("endnote", "EndNote XML", "application/x-endnote+xml", "xml"),
    Export("csl_json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", resumes=False),
    Export("csv", "CSV", "text/csv", "csv"),
    Export(
        "xlsx",
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        resumes=False,
    ),
    Export("text", "Bibliography, plain text", "text/plain", "txt", is_bibliography=True),
    Export("markdown", "Bibliography, Markdown", "text/markdown", "md", is_bibliography=True),
    Export(
        "docx",
        "Bibliography, Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        is_bibliography=True,
        resumes=False,
    ),
    Export("dois", "List of DOIs", "text/plain", "txt"),
    Export("marc", "MARC 21", "application/marc", "mrc"),
    Export("marcxml", "MARCXML", "application/marcxml+xml", "xml"),
    Export("mods", "MODS", "application/mods+xml", "xml"),
    Export("oai_dc", "Dublin Core", "application/xml", "xml"),
    Export("datacite", "DataCite XML", "application/vnd.datacite.datacite+xml", "xml"),
    Export("bibo", "RDF/XML (Zotero)", "application/rdf+xml", "rdf"),
    Export("turtle", "Turtle", "text/turtle", "ttl"),
    Export("jsonl", "Bookwheel JSON lines", "application/jsonl", "jsonl"),
)

EXPORTS: Mapping[str, Export] = MappingProxyType({export.name: export for export in _EXPORTS})
"""In the order a menu shows them: what reference managers take, tables, bibliographies, what library systems take."""
