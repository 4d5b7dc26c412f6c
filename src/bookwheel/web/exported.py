"""A record as one XML element, for the answers of protocols that carry records inside their own XML."""

from lxml import etree

from bookwheel.exports import EXPORTS
from bookwheel.exports.base import Item
from bookwheel.formats.xml import parse


def exported(name: str, tag: str, item: Item) -> etree._Element:
    """The element `tag` ("{namespace}name") of the document that the export `name` makes of one record."""
    root = parse(b"".join(EXPORTS[name].write([item])))
    return root if root.tag == tag else next(root.iter(tag))
