"""How is a payload read? One module per metadata format: bytes in, record and problems out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from bookwheel.formats.columns import Columns
from bookwheel.plugins import load
from bookwheel.records.raw import RawRecord, Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format and what its records get where a source does not say.

    `name` is also the metadataPrefix asked for. `collection` is the index field's value. `id_prefix` begins record ids;
    empty: the source's own name does, since identifiers of two repositories may end alike. `repository` is the source
    that imported files of the format belong to; empty: nobody's in particular. `roots` are the root elements of its
    payloads ("{namespace}name"), by which files and repositories' answers are told to hold it. `has_ids`: its payloads
    hold whole ids, which need no prefix. `columns` is a source's own mapping of its tables.
    """

    name: str
    collection: str = ""
    id_prefix: str = ""
    repository: str = ""
    roots: tuple[str, ...] = ()
    has_ids: bool = False
    columns: Columns | None = None

    def read(self, raw: RawRecord, id_prefix: str = "") -> Reading:
        """The record and its problems; `id_prefix` stands in for the format's. Never raises for bad data."""
        read = load("format", self.name)
        if self.columns and self.name in TABLES:
            read = partial(read, columns=self.columns)
        reading: Reading = read(raw, id_prefix or self.id_prefix)
        return reading


TABLES = ("csv", "json")
"""Formats whose columns mean what a mapping file says, or what their names let guess."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "bibtex": Format("bibtex"),
        "bookwheel_json": Format("bookwheel_json", has_ids=True),
        "crossref": Format("crossref", "Crossref", "crossref-", "crossref"),
        "csl_json": Format("csl_json"),
        "csv": Format("csv"),
        "datacite": Format("datacite", "DataCite", "datacite-", "datacite"),
        "doaj_json": Format("doaj_json", "DOAJ", "doaj-art-", "doaj"),
        "endnote_xml": Format("endnote_xml"),
        "jats": Format(
            "jats", roots=("article", *(f"{{https://jats.nlm.nih.gov/ns/archiving/1.{n}/}}article" for n in (2, 3, 4)))
        ),
        "json": Format("json"),
        "marc": Format("marc"),
        "marcxml": Format("marcxml", roots=("{http://www.loc.gov/MARC21/slim}record",)),
        "mods": Format("mods", roots=("{http://www.loc.gov/mods/v3}mods",)),
        "nbib": Format("nbib", "PubMed", "pmid-", "pubmed"),
        "oai_dc": Format("oai_dc", roots=("{http://www.openarchives.org/OAI/2.0/oai_dc/}dc", "dc")),
        "oai_doaj": Format(
            "oai_doaj",
            "DOAJ",
            "doaj-art-",
            "doaj",
            roots=(
                "{http://doaj.org/features/oai_doaj/1.0/}doajArticle",
                "{https://doaj.org/features/oai_doaj/1.0/}doajArticle",
                "doajArticle",
            ),
        ),
        "openalex": Format("openalex", "OpenAlex", "openalex-", "openalex"),
        "pubmed": Format("pubmed", "PubMed", "pmid-", "pubmed", roots=("PubmedArticle",)),
        "ris": Format("ris"),
        "wos": Format("wos"),
    }
)


def format_of_root(tag: str) -> str:
    """The format of XML with that root element ("{namespace}name"); "" when nobody reads it."""
    return next((format_.name for format_ in FORMATS.values() if tag in format_.roots), "")
