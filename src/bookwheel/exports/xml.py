"""XML written piece by piece: a text is escaped when it goes in, a piece goes in as it is.

Names of elements and attributes are ours and never a record's. Texts are lines (`parts.line`), which hold nothing that
XML refuses.
"""

from collections.abc import Mapping

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Xml(str):
    """A well-formed piece of XML."""

    __slots__ = ()


def element(name: str, *content: str, attributes: Mapping[str, str] | None = None) -> Xml:
    """An element around texts and pieces; attributes without a value are left out.

    >>> element("a", "1 < 2", element("b"), attributes={"c": '"', "d": ""})
    '<a c="&quot;">1 &lt; 2<b/></a>'
    """
    head = name + _written(attributes or {})
    inside = "".join(part if isinstance(part, Xml) else escaped(part) for part in content)
    return Xml(f"<{head}>{inside}</{name}>" if inside else f"<{head}/>")


def leaf(name: str, text: str, attributes: Mapping[str, str] | None = None) -> Xml:
    """An element around a text; nothing at all where there is no text."""
    return element(name, text, attributes=attributes) if text else Xml()


def opening(name: str, attributes: Mapping[str, str]) -> str:
    """The beginning of an element that is closed later, on a line of its own."""
    return f"<{name}{_written(attributes)}>\n"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {key}="{_quoted(value)}"' for key, value in attributes.items() if value)


def _quoted(text: str) -> str:
    return escaped(text).replace('"', "&quot;")
