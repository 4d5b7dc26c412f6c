"""The one XML parser: no DTD, no entities but XML's own five, no network, no repair, libxml2's size limits kept.

Every other module parses through here (reliability S9).
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from bookwheel.errors import XmlError as XmlError

_OPTIONS: dict[str, Any] = {
    # Entities stay unexpanded; even local files are out of reach then.
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    # libxml2's own limits (256 levels, 10 MB a text node) stay in force.
    "huge_tree": False,
    # A repaired document is another document: what is broken goes to quarantine as it is.
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(payload: bytes) -> etree._Element:
    """The root element of a whole document.

    Raises XmlError with line and byte offset for anything but well-formed XML, and for a DOCTYPE.
    """
    try:
        root = etree.fromstring(payload, etree.XMLParser(**_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _worded(error, payload) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("the document declares a DOCTYPE, which no metadata format does; it may be a web page", line=1)
    return root


def _worded(error: Exception, payload: bytes) -> XmlError:
    if not isinstance(error, etree.XMLSyntaxError):
        return XmlError(f"no XML: {error}")
    line, column = error.position
    message = str(error.msg or "empty").split(", line ")[0]
    return XmlError(f"line {line}, column {column}: {message}", line=line, offset=_offset(payload, line, column))


def _offset(payload: bytes, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = payload.find(b"\n", start) + 1
        if start == 0:
            return len(payload)
    return min(start + max(column - 1, 0), len(payload))


def local_name(element: etree._Element) -> str:
    """The name without its namespace: "title" for "{http://…}title". Entity references have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_pieces(element: etree._Element, skipped: frozenset[str] = frozenset()) -> Iterator[str]:
    """All texts below an element in document order, without those inside elements named in `skipped`."""
    if element.text:
        yield element.text
    for child in element:
        if local_name(child) not in skipped:
            yield from text_pieces(child, skipped)
        if child.tail:
            yield child.tail
