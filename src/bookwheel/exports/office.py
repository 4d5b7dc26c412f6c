"""Office documents as they are made: a zip whose parts are written and sent piece by piece.

The libraries for Word and Excel hold the document, or a file of it, until the last record is in; these do not.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator

from bookwheel.exports.xml import Xml, element

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIECE = 1 << 16
"""Bytes gathered before a piece is passed on."""


def zipped(parts: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """A zip of named parts, each from its texts. Times are left at the format's zero: equal parts give equal bytes."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, texts in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as part:
                for text in texts:
                    part.write(text.encode())
                    if sink.size >= _PIECE:
                        yield sink.taken()
    yield sink.taken()


def relationships(*targets: tuple[str, str]) -> str:
    """A part that says how others belong together: kind and name of each."""
    links = (
        element("Relationship", attributes={"Id": f"r{number}", "Type": f"{_OFFICE}/{kind}", "Target": target})
        for number, (kind, target) in enumerate(targets, 1)
    )
    return DECLARATION + element("Relationships", *links, attributes={"xmlns": _RELATIONSHIPS})


def content_types(**parts: str) -> str:
    """The part that names the media type of every other; keyword arguments are `name=type`, "__" a slash."""
    overrides: list[Xml] = []
    for name, media_type in parts.items():
        where = f"/{name.replace('__', '/')}.xml"
        overrides.append(element("Override", attributes={"PartName": where, "ContentType": media_type}))
    default = {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"}
    plain = {"Extension": "xml", "ContentType": "application/xml"}
    return DECLARATION + element(
        "Types",
        element("Default", attributes=default),
        element("Default", attributes=plain),
        *overrides,
        attributes={"xmlns": "http://schemas.openxmlformats.org/package/2006/content-types"},
    )


class _Sink(io.RawIOBase):
    """What a zip is written to: it cannot seek, and gives away what it holds."""

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def size(self) -> int:
        return len(self._held)

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held
