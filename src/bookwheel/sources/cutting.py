"""A file of many records cut into pieces of bytes as it streams by: XML elements by name, and MARC in ISO 2709.

Pieces are cut by bytes and parsed by their format, so a record that is broken costs itself and no other, and memory
holds one record at a time.
"""

import codecs
import io
import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from bookwheel.errors import ProtocolError
from bookwheel.sources.dumps import MAX_RECORD_BYTES, Slice
from bookwheel.sources.unpack import from_chunks

_CHUNK = 65_536
_LONGEST_MARK = 256
_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_QUOTES = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_DECLARATION = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Possessive throughout, so that no tag, however long, takes more than one look.
_START_TAG = re.compile(rb"""<([^\s/>]++)(?:\s++[^\s=/>]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+\s*+/?>""")


def elements(stream: io.BufferedReader, names: tuple[str, ...]) -> Iterator[Slice]:
    """The outermost elements of these local names, byte for byte, in UTF-8.

    Namespaces declared around the first are written into the first tag of each that needs them, so that it stands
    alone. An element that does not end before the next begins is given up to there: its format will refuse it.
    Names in comments and CDATA sections are passed over. Raises ProtocolError where the bytes are not in the
    encoding the file declares.
    """
    known = "|".join(map(re.escape, names)).encode()
    mark = re.compile(rb"<!--|<!\[CDATA\[|<(/?)((?:[\w.-]+:)?(?:" + known + rb"))(?=[\s/>])")
    window = _Window(_in_utf8(stream))
    declared: dict[bytes, bytes] | None = None
    position = 0
    while found := window.search(mark, position):
        if found[0] in _QUOTES:
            position = _behind_quote(window, found)
        elif found[1]:
            position = found.end()
        else:
            if declared is None:
                declared = _declared(window.data[: found.start()])
            begin, end = found.start(), _end(window, mark, found)
            payload = window.data[begin:end].rstrip()
            yield Slice(window.offset + begin, _standing_alone(payload, found[2], declared))
            position = window.forget(end)


def marc(stream: io.BufferedReader) -> Iterator[Slice]:
    """The records of a file in ISO 2709, byte for byte, cut at the record terminator (hexadecimal 1D).

    The length a record tells decides only between two terminators: it is too often wrong, and believing it would
    lose the records behind.
    """
    window = _Window(stream)
    position = 0
    while (position := window.skip(b" \t\r\n\x00\x1a", position)) >= 0:
        end = _end_of_marc(window, position)
        yield Slice(window.offset + position, window.data[position:end])
        position = window.forget(end)


class _Window:
    """A stream read as far as somebody looked; `offset` counts the bytes forgotten before `data`."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream = stream
        self.data = b""
        self.offset = 0

    def grow(self) -> bool:
        """Whether there was more to read. Reads as much again as is held, so that long records cost no more."""
        more = self.stream.read(max(_CHUNK, len(self.data)))
        self.data += more
        return bool(more)

    def search(self, pattern: re.Pattern[bytes], position: int) -> re.Match[bytes] | None:
        while not (found := pattern.search(self.data, position)):
            position = max(position, len(self.data) - _LONGEST_MARK)
            if not self.grow():
                return None
        return found

    def find(self, text: bytes, position: int, limit: int = MAX_RECORD_BYTES) -> int:
        """Where the text begins; -1 when it does not within `limit` bytes."""
        last = position + limit
        while (found := self.data.find(text, position, last)) < 0:
            position = max(position, len(self.data) - len(text) + 1)
            if position >= last or not self.grow():
                return -1
        return found

    def skip(self, signs: bytes, position: int) -> int:
        """The first byte that is none of the signs; -1 at the end of the stream."""
        while position < len(self.data) or self.grow():
            if self.data[position] not in signs:
                return position
            position += 1
        return -1

    def forget(self, position: int) -> int:
        """Let go of what lies before the position where that is worth while; the position in what is left."""
        if position < _CHUNK:
            return position
        self.data = self.data[position:]
        self.offset += position
        return 0


def _behind_quote(window: _Window, opening: re.Match[bytes]) -> int:
    """Behind the comment or CDATA section; one without an end is none."""
    close = window.find(_QUOTES[opening[0]], opening.end())
    return close + 3 if close >= 0 else opening.end()


def _end(window: _Window, mark: re.Pattern[bytes], start: re.Match[bytes]) -> int:
    """Where the element that starts here ends: behind its end tag, or where the next begins, or the file ends."""
    begin, name = start.start(), start[2]
    close = window.find(b">", start.end())
    if close < 0:
        return len(window.data)
    # A ">" may stand in an attribute's value.
    tag = _START_TAG.match(window.data, begin)
    position = tag.end() if tag else close + 1
    if window.data[position - 2 : position] == b"/>":
        return position
    while position - begin <= MAX_RECORD_BYTES and (found := window.search(mark, position)):
        if found[0] in _QUOTES:
            position = _behind_quote(window, found)
        elif not found[1]:
            return found.start()
        elif found[2] == name:
            close = window.find(b">", found.end())
            return close + 1 if close >= 0 else len(window.data)
        else:
            position = found.end()
    return min(position, len(window.data)) if position - begin > MAX_RECORD_BYTES else len(window.data)


def _declared(before: bytes) -> dict[bytes, bytes]:
    """Namespaces by prefix, as declared by the elements around the first record."""
    return {found[1] or b"": found[2] or found[3] or b"" for found in _DECLARATION.finditer(before[-_CHUNK:])}


def _standing_alone(payload: bytes, name: bytes, declared: dict[bytes, bytes]) -> bytes:
    if not declared or (tag := _START_TAG.match(payload)) is None:
        return payload
    missing = b""
    for prefix, uri in declared.items():
        attribute = b"xmlns:" + prefix if prefix else b"xmlns"
        # Without a prefix of its own, an element takes the default namespace.
        needed = prefix + b":" in payload if prefix else b":" not in name
        if needed and attribute + b"=" not in tag[0]:
            missing += f" {attribute.decode()}={quoteattr(uri.decode(errors='replace'))}".encode()
    return b"<" + name + missing + payload[len(name) + 1 :]


def _in_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    sample = stream.peek(1000)
    declared = _DECLARED_ENCODING.search(sample)
    encoding = declared[1].decode() if declared else "utf-8"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        if codecs.lookup(encoding).name in ("utf-8", "ascii"):
            return stream
        return from_chunks(_encoded(stream, encoding))
    except LookupError as error:
        raise ProtocolError(f"the file says it is in {encoding!r}, an encoding nobody here knows: {error}") from error


def _encoded(stream: io.BufferedReader, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise ProtocolError(f"the file says it is in {encoding}, which it is not: {error}") from error


_LEADER = re.compile(rb"\d{5}[a-z ]")


def _end_of_marc(window: _Window, position: int) -> int:
    first = window.find(b"\x1d", position)
    if first < 0:
        return min(len(window.data), position + MAX_RECORD_BYTES)
    told = window.data[position : position + 5]
    if not told.isdigit() or position + int(told) - 1 <= first:
        return first + 1
    # A terminator within the length told is data where the told end is one too and no record begins behind the first.
    last = position + int(told) - 1
    while len(window.data) <= last and window.grow():
        pass
    follows = window.data[first + 1 : first + 20].lstrip(b" \t\r\n\x00\x1a")
    if window.data[last : last + 1] == b"\x1d" and not _LEADER.match(follows):
        return last + 1
    return first + 1
