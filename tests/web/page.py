"""Reads a page as a reader or a script of a test does: elements by XPath, text with white space settled."""

from typing import Any

from lxml import html


class Page:
    """The parsed body of a response."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.root: Any = html.fromstring(response.content.decode())

    def texts(self, xpath: str) -> list[str]:
        return [" ".join((e if isinstance(e, str) else e.text_content()).split()) for e in self.root.xpath(xpath)]

    def text(self, xpath: str = "//main") -> str:
        found = self.texts(xpath)
        assert found, f"nothing at {xpath}"
        return found[0]

    def count(self, xpath: str) -> int:
        return len(self.root.xpath(xpath))
