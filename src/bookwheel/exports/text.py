"""A bibliography in plain text, a paragraph for each record."""

from collections.abc import Iterable, Iterator

from bookwheel.exports.base import STYLE, Item
from bookwheel.exports.citation import bibliography
from bookwheel.exports.shelf import Listed


def write(items: Iterable[Item], style: str | Listed = STYLE) -> Iterator[bytes]:
    yield b""
    for citation in bibliography(items, style):
        yield f"{citation.text}\n\n".encode()
    yield b""
