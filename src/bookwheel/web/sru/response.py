"""Answers as XML: the same content in the namespaces of version 1 or 2."""

from dataclasses import dataclass
from typing import Any

from lxml import etree

from bookwheel.web.sru.diagnostics import DiagnosticError

_DIAGNOSTIC = "info:srw/diagnostic/1/"
_ZEEREX = "http://explain.z3950.org/dtd/2.0/"
ZEEREX_SCHEMA = "http://explain.z3950.org/dtd/2.0/"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Namespaces of a version: of an answer to a search and to a scan, and of diagnostics."""

    version: str

    @property
    def is_two(self) -> bool:
        return self.version.startswith("2")

    def namespace(self, operation: str) -> str:
        if not self.is_two:
            return "http://www.loc.gov/zing/srw/"
        return f"http://docs.oasis-open.org/ns/search-ws/{'scan' if operation == 'scan' else 'sruResponse'}"

    @property
    def diagnostics(self) -> str:
        if self.is_two:
            return "http://docs.oasis-open.org/ns/search-ws/diagnostic"
        return "http://www.loc.gov/zing/srw/diagnostic/"


class Answer:
    """Builds the answer to one operation."""

    def __init__(self, version: str, operation: str) -> None:
        self._dialect = Dialect(version)
        self._namespace = self._dialect.namespace(operation)
        self.root = self.element(f"{operation}Response", None)
        self.element("version", self.root, version)

    def element(self, name: str, parent: etree._Element | None, text: str = "") -> etree._Element:
        """An element of the protocol within another."""
        tag = f"{{{self._namespace}}}{name}"
        # The stubs know no default namespace, which lxml calls None.
        namespaces: Any = {None: self._namespace}
        made = etree.Element(tag, nsmap=namespaces) if parent is None else etree.SubElement(parent, tag)
        if text:
            made.text = text
        return made

    def record(self, parent: etree._Element, schema: str, content: etree._Element, place: int, as_text: bool) -> None:
        """A record in its envelope; `place` is its number in the result, from 1, and 0 for none."""
        record = self.element("record", parent)
        self.element("recordSchema", record, schema)
        packing = "recordXMLEscaping" if self._dialect.is_two else "recordPacking"
        self.element(packing, record, "string" if as_text else "xml")
        data = self.element("recordData", record)
        if as_text:
            data.text = etree.tostring(content, encoding="unicode")
        else:
            data.append(content)
        if place:
            self.element("recordPosition", record, str(place))

    def refuse(self, refused: DiagnosticError) -> None:
        parent = self.element("diagnostics", self.root)
        diagnostic = etree.SubElement(parent, f"{{{self._dialect.diagnostics}}}diagnostic")
        for name, text in (
            ("uri", f"{_DIAGNOSTIC}{refused.number}"),
            ("details", refused.details),
            ("message", str(refused)),
        ):
            if text:
                etree.SubElement(diagnostic, f"{{{self._dialect.diagnostics}}}{name}").text = text

    def xml(self) -> bytes:
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")


def zeerex(tag: str, /, *content: "etree._Element | str", **attributes: str) -> etree._Element:
    """An element of the record by which a server explains itself."""
    made = etree.Element(f"{{{_ZEEREX}}}{tag}", attributes)
    for part in content:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made
