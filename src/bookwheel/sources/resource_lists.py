"""ResourceSync's documents read: what a list names, and what it says of itself (ANSI/NISO Z39.99-2017)."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from bookwheel.errors import ProtocolError
from bookwheel.formats import xml
from bookwheel.formats.xml import local_name

_NAMESPACE = "{http://www.openarchives.org/rs/terms/}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document names. `about` holds the attributes of its `md`: change, datetime, hash, length, type, …"""

    uri: str
    modified: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListDocument:
    """A description, capability list, resource list or change list, or with `is_index` a list of such lists."""

    capability: str
    is_index: bool
    about: Mapping[str, str]
    entries: tuple[Entry, ...]


def read_list(document: bytes) -> ListDocument:
    """Raises ProtocolError for anything but a document of ResourceSync."""
    root = xml.parse(document)
    if local_name(root) not in ("urlset", "sitemapindex"):
        raise ProtocolError(f"no document of ResourceSync, but one that begins with <{local_name(root)}>")
    about: Mapping[str, str] = {}
    entries = []
    for child in root:
        if child.tag == f"{_NAMESPACE}md":
            about = _attributes(child)
        elif local_name(child) in ("url", "sitemap"):
            texts = {local_name(part): (part.text or "").strip() for part in child}
            found = child.find(f"{_NAMESPACE}md")
            if texts.get("loc"):
                entry_about = {} if found is None else _attributes(found)
                entries.append(Entry(texts["loc"], texts.get("lastmod", ""), entry_about))
    if not about.get("capability"):
        raise ProtocolError("a sitemap, but without the capability that every document of ResourceSync tells")
    return ListDocument(about["capability"], local_name(root) == "sitemapindex", about, tuple(entries))


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}
