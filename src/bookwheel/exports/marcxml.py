"""MARCXML: the fields of `marc`, with no limit of length."""

from collections.abc import Iterable, Iterator

from bookwheel.exports.base import Item
from bookwheel.exports.marc import marc_record
from bookwheel.exports.xml import DECLARATION, Xml, element

NAMESPACE = "http://www.loc.gov/MARC21/slim"
_NAMESPACES = {
    "xmlns": NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
}


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield f'{DECLARATION}<collection xmlns="{NAMESPACE}">\n'.encode()
    for item in items:
        yield f"{marcxml(item)}\n".encode()
    yield b"</collection>\n"


def marcxml(item: Item) -> Xml:
    """One record, with its namespaces: it may stand in any document."""
    record = marc_record(item)
    fields = [element("leader", str(record.leader))]
    for field in record.fields:
        if field.control_field:
            fields.append(element("controlfield", field.data or "", attributes={"tag": field.tag}))
            continue
        subfields = (element("subfield", sub.value, attributes={"code": sub.code}) for sub in field.subfields)
        first, second = field.indicators or ("", "")
        place = {"tag": field.tag, "ind1": first, "ind2": second}
        fields.append(element("datafield", *subfields, attributes=place))
    return element("record", *fields, attributes=_NAMESPACES)
