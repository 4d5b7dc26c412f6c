"""A citation's HTML taken apart into stretches of text, for documents that have their own markup."""

from dataclasses import dataclass
from html.parser import HTMLParser

_BEARING = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sup": "superscript", "sub": "subscript"}


@dataclass(frozen=True, slots=True)
class Run:
    """`marks` are "italic", "bold", "small caps", "superscript", "subscript"; `address` is where the text leads."""

    text: str
    marks: frozenset[str] = frozenset()
    address: str = ""


def runs(html: str) -> list[Run]:
    """The text of a citation in order, with how each part of it is set.

    >>> runs("<i>A &amp; B</i>, 12.")
    [Run(text='A & B', marks=frozenset({'italic'}), address=''), Run(text=', 12.', marks=frozenset(), address='')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


@dataclass(slots=True)
class _Opened:
    tag: str
    mark: str = ""
    address: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Run] = []
        self._opened: list[_Opened] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        mark = _BEARING.get(tag, "")
        if tag == "span" and "small-caps" in (given.get("style") or ""):
            mark = "small caps"
        self._opened.append(_Opened(tag, mark, (given.get("href") or "") if tag == "a" else ""))

    def handle_endtag(self, tag: str) -> None:
        if self._opened:
            self._opened.pop()

    def handle_data(self, data: str) -> None:
        marks = frozenset(opened.mark for opened in self._opened if opened.mark)
        address = next((opened.address for opened in self._opened if opened.address), "")
        self.found.append(Run(data, marks, address))
