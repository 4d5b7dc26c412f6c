"""The DOIs alone, one on a line, in the order of the records: for tools that fetch everything else themselves."""

from collections.abc import Iterable, Iterator

from bookwheel.exports import parts
from bookwheel.exports.base import Item


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b""
    for item in items:
        doi = parts.doi(item.record)
        yield f"{doi}\n".encode() if doi else b""
    yield b""
