"""Style and locale files as XML: parsed without a look at the world outside, read by attribute."""

from typing import Any

from lxml import etree

from bookwheel.errors import ConfigError

CSL = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_OPTIONS: dict[str, Any] = {
    # A style is data from a folder: it reads no other file and opens no connection.
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(source: bytes, where: str) -> etree._Element:
    """The root of a style or locale file; ConfigError says where it is broken."""
    try:
        return etree.fromstring(source, etree.XMLParser(**_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(f"{where}: not well-formed XML ({error}); get the file anew") from error


def attributes(element: etree._Element | None) -> dict[str, str]:
    """The attributes of an element; none of an absent one."""
    return {} if element is None else {str(name): str(value) for name, value in element.attrib.items()}
