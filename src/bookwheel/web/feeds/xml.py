"""What both XML forms of a feed share: elements, and what a work is in the words of reference managers."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from bookwheel.records.text import clean
from bookwheel.web.feeds.value import Entry

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
PRISM = "http://prismstandard.org/namespaces/basic/3.0/"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child; an attribute without a value is left out. What XML refuses is dropped from texts."""
    given = {key: clean(value) for key, value in attributes.items() if value}
    child = etree.SubElement(parent, name, given)
    if text:
        child.text = clean(text)
    return child


def add_work(parent: etree._Element, entry: Entry) -> None:
    """Journal, date and DOI, as Zotero and other reference managers read them in feeds."""
    for name, text in _prism(entry):
        add(parent, f"{{{PRISM}}}{name}", text)


def _prism(entry: Entry) -> Iterator[tuple[str, str]]:
    facts = (("publicationName", entry.container), ("publicationDate", entry.date), ("doi", entry.doi))
    return ((name, text) for name, text in facts if text)


def root(name: str, namespaces: Mapping[str | None, str], **attributes: str) -> etree._Element:
    # The stubs know no default namespace, which lxml calls None.
    known: Any = dict(namespaces)
    return etree.Element(name, attributes, nsmap=known)


def written(element: etree._Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")
