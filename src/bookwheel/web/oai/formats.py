"""Metadata formats that harvesters can ask for: exports made from every record, and payloads as they came."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from bookwheel.errors import XmlError
from bookwheel.exports import EXPORTS
from bookwheel.exports.base import Item
from bookwheel.formats.bookwheel_json import NAMESPACE as JSON_NAMESPACE
from bookwheel.formats.xml import parse
from bookwheel.jobs.providing import Provided
from bookwheel.web.exported import exported
from bookwheel.web.oai.refusals import RefusedError

JSON = "bookwheel_json"
JSON_SCHEMA = "OAI/bookwheel_json.xsd"
"""Address of the schema, below the catalogue's."""


class Format(NamedTuple):
    """A metadataPrefix, where its schema is, its namespace, and the export and element it is made of, if it is made.

    An address of a schema without a scheme is one of the catalogue's own.
    """

    prefix: str
    schema: str
    namespace: str
    export: str = ""
    element: str = ""


_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc"
_LOC = "http://www.loc.gov"
_DOAJ = "https://doaj.org/static/doaj/doajArticles.xsd"
_JATS = "https://jats.nlm.nih.gov"
_PUBMED = "https://dtd.nlm.nih.gov/ncbi/pubmed/out"

_LISTED = (
    Format("oai_dc", f"{_OAI_DC}.xsd", f"{_OAI_DC}/", "oai_dc", "dc"),
    Format("marcxml", f"{_LOC}/standards/marcxml/schema/MARC21slim.xsd", f"{_LOC}/MARC21/slim", "marcxml", "record"),
    Format("mods", f"{_LOC}/standards/mods/v3/mods-3-8.xsd", f"{_LOC}/mods/v3", "mods", "mods"),
    Format(JSON, JSON_SCHEMA, JSON_NAMESPACE, "jsonl"),
    Format("oai_doaj", _DOAJ, "http://doaj.org/features/oai_doaj/1.0/"),
    Format("jats", f"{_JATS}/publishing/1.3/xsd/JATS-journalpublishing1-3.xsd", f"{_JATS}/ns/archiving/1.3/"),
    Format("pubmed", f"{_PUBMED}/pubmed_250101.dtd", f"{_PUBMED}/"),
)
FORMATS: Mapping[str, Format] = MappingProxyType({found.prefix: found for found in _LISTED})


def is_kept(prefix: str) -> bool:
    """Whether only payloads of that format have it."""
    return not FORMATS[prefix].export


def known(prefix: str) -> Format:
    if prefix not in FORMATS:
        raise RefusedError("cannotDisseminateFormat", f"{prefix[:40]!r} is none of {', '.join(FORMATS)}")
    return FORMATS[prefix]


def metadata(found: Provided, prefix: str, url: str) -> etree._Element:
    """The record in a format. Raises RefusedError where it has none.

    A payload that came in the very format is given as it came, unless it cannot stand inside other XML.
    """
    chosen = known(prefix)
    if found.raw and found.raw.format == prefix and (element := _payload(found.raw.payload)) is not None:
        return element
    if not chosen.export or found.record is None:
        raise RefusedError("cannotDisseminateFormat", f"this record has no {prefix}")
    item = Item(found.header.id, found.record, url)
    if prefix == JSON:
        wrapper = etree.Element(f"{{{JSON_NAMESPACE}}}json")
        wrapper.text = b"".join(EXPORTS[chosen.export].write([item])).decode()
        return wrapper
    return exported(chosen.export, f"{{{chosen.namespace}}}{chosen.element}", item)


def _payload(payload: bytes) -> etree._Element | None:
    try:
        return parse(payload)
    except XmlError:
        return None
