"""Answers as XML: the envelope, headers, records, errors."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from bookwheel.web.oai.refusals import RefusedError

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
# The stubs know no default namespace, which lxml calls None.
_NAMESPACES: Any = {None: NAMESPACE}
_SCHEMA = f"{NAMESPACE} {NAMESPACE}OAI-PMH.xsd"


def element(name: str, *content: "str | etree._Element", **attributes: str) -> etree._Element:
    """An element of the protocol around a text or around elements."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap=_NAMESPACES)
    for part in content:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def answer(address: str, asked: Mapping[str, str], body: etree._Element) -> bytes:
    """A whole response. `asked` are the verb and its arguments, repeated for the harvester."""
    return _envelope(element("request", address, **asked), body)


def refusal(address: str, asked: Mapping[str, str], refused: RefusedError) -> bytes:
    """An error. What was asked is repeated unless it could not be understood, as the protocol has it."""
    repeated = {} if refused.code in ("badVerb", "badArgument") else asked
    return _envelope(element("request", address, **repeated), element("error", str(refused), code=refused.code))


def header(identifier: str, datestamp: str, sets: Iterable[str], deleted: bool) -> etree._Element:
    specs = [element("setSpec", spec) for spec in sets]
    status = {"status": "deleted"} if deleted else {}
    return element("header", element("identifier", identifier), element("datestamp", datestamp), *specs, **status)


def resumption(token: str, cursor: int, total: int) -> etree._Element:
    """The end of an incomplete list; an empty token ends the last page of several. A negative total is unknown."""
    size = {"completeListSize": str(total)} if total >= 0 else {}
    return element("resumptionToken", token, cursor=str(cursor), **size)


def _envelope(*content: etree._Element) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}OAI-PMH", nsmap={**_NAMESPACES, "xsi": _INSTANCE})
    root.set(f"{{{_INSTANCE}}}schemaLocation", _SCHEMA)
    root.append(element("responseDate", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"))
    root.extend(content)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
