"""Our own form, a line of JSON for each record with all that is known of it: what another Bookwheel takes in."""

from collections.abc import Iterable, Iterator

from bookwheel.exports.base import Item
from bookwheel.records import codec


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b""
    for item in items:
        yield codec.encode(item.record) + b"\n"
    yield b""
