"""CSL-JSON 1.0.2, what Zotero, citeproc and pandoc cite from: one array, an item on each line."""

from collections.abc import Iterable, Iterator

import msgspec

from bookwheel.exports.base import Item
from bookwheel.exports.csl import to_csl


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b"["
    separator = b"\n"
    for item in items:
        yield separator + msgspec.json.encode(to_csl(item))
        separator = b",\n"
    yield b"\n]\n"
