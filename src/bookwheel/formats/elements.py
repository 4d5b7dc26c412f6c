"""The elements of an XML payload by their path, and the account of which of them became a field.

A format states its rules once, path → field; what no rule knows is told as unused, at its topmost element.
"""

from collections.abc import Iterator

from lxml import etree

from bookwheel.formats.reading import Findings
from bookwheel.formats.xml import local_name
from bookwheel.records.raw import Provenance

XLINK = "{http://www.w3.org/1999/xlink}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Rules:
    """Rules by the path of their element; one element may make several fields.

    Paths are local names from the payload's root, joined by "/". Every beginning of a path is a group, which only
    holds others, unless it has a rule of its own: then all text below it belongs to that rule.
    """

    def __init__(self, *rules: Provenance) -> None:
        self.by_path: dict[str, tuple[Provenance, ...]] = {}
        for rule in rules:
            self.by_path[rule.element] = (*self.by_path.get(rule.element, ()), rule)
        parts = [path.split("/") for path in self.by_path]
        self.groups = frozenset("/".join(path[:length]) for path in parts for length in range(1, len(path)))

    def __iter__(self) -> Iterator[Provenance]:
        return (rule for rules in self.by_path.values() for rule in rules)


class Elements:
    """The elements of one payload, collected in a single walk."""

    __slots__ = ("_found", "_rules")

    def __init__(self, root: etree._Element, rules: Rules) -> None:
        self._rules = rules
        self._found: dict[str, list[etree._Element]] = {}
        self._collect(root, "")

    def _collect(self, parent: etree._Element, path: str) -> None:
        groups = self._rules.groups
        for child in parent:
            name = path + local_name(child)
            self._found.setdefault(name, []).append(child)
            if name in groups:
                self._collect(child, f"{name}/")

    def all(self, *paths: str) -> list[etree._Element]:
        """The elements at the paths, path by path, in document order."""
        return [element for path in paths for element in self._found.get(path, ())]

    def texts(self, *paths: str) -> list[str]:
        return [text for element in self.all(*paths) if (text := value(element))]

    def text(self, *paths: str) -> str:
        """The first text at any of the paths, which are tried in their order."""
        return next((text for path in paths for text in self.texts(path)), "")

    def everything(self) -> Iterator[str]:
        """The texts of all elements that a rule knows: what the record says, without references or history."""
        for path in self._rules.by_path:
            yield from self.texts(path)

    def trace(self, findings: Findings) -> None:
        """Put rules of elements with content, and the paths nobody knows, into the findings."""
        for path, elements in self._found.items():
            if rules := self._rules.by_path.get(path):
                if any(element.text or len(element) or element.attrib for element in elements):
                    findings.rules.extend(rules)
            elif path not in self._rules.groups:
                findings.unused.append(path)


def value(element: etree._Element, skipped: frozenset[str] = frozenset()) -> str:
    """All text below an element in one line, whatever inline tags stand in it; none of elements in `skipped`.

    Raised and lowered numbers keep their place as Unicode has them, "10⁶" and "H₂O": without it, 10⁶ reads 106.
    The TeX beside a formula is left out, since the formula itself is there too.
    """
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(_pieces(element, skipped)).split())


_TEX = frozenset(("tex-math", "annotation", "annotation-xml"))
_DIGITS = "0123456789+-−()"
_SHIFTED = {
    "sup": dict(zip(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾", strict=True)),
    "sub": dict(zip(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎", strict=True)),
}


def _pieces(element: etree._Element, skipped: frozenset[str]) -> Iterator[str]:
    if element.text:
        yield element.text
    for found in element:
        name = local_name(found)
        if name in _SHIFTED and not len(found):
            text, table = found.text or "", _SHIFTED[name]
            yield "".join(map(table.__getitem__, text)) if all(sign in table for sign in text) else text
        elif name not in skipped and name not in _TEX:
            yield from _pieces(found, skipped)
        if found.tail:
            yield found.tail


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first child of any of the names."""
    return next((found for found in element if local_name(found) in names), None)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    return [found for found in element if local_name(found) in names]


def child_text(element: etree._Element, *names: str) -> str:
    """The text of the first child that has any; names are tried in their order."""
    texts = (value(found) for name in names for found in element if local_name(found) == name)
    return next((text for text in texts if text), "")


def attribute(element: etree._Element, name: str) -> str:
    return " ".join(str(element.get(name, "")).split())
