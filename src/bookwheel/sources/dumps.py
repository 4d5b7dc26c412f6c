"""JSON dumps cut into records in constant memory: DOAJ's article dump, JSON lines, answers of its API.

DOAJ's dump holds files `article_batch_N.json`, each a JSON list of up to 100,000 articles, one a line,
separated by ",\\n" and in no order. Where each line holds one object the lines are the records, and a bad
line costs itself alone. Otherwise objects are found by their braces.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from bookwheel.errors import TransportError
from bookwheel.records.raw import RawRecord, Rejected

MAX_RECORD_BYTES = 10_000_000
"""A longer piece is no record: the largest articles, with thousands of authors, are near 2 MB."""

_DOAJ_IDENTIFIER = "oai:doaj.org/article:"
"""Before the id in DOAJ's repository: a dump and a harvest hold the same record under the same identifier."""

_SAMPLE_BYTES = 65_536
_SAMPLE_LINES = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A brace, or a string; one without group 1 has no end yet.
_MARK = re.compile(rb'[{}]|"(?:[^"\\]++|\\.)*+(")?', re.DOTALL)
_API_ANSWER = re.compile(rb'\s*\{[^{}]*"results"\s*:\s*\[')
_SEPARATORS = b"[], \t\r\n"


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes that should be one JSON object, and where they begin."""

    offset: int
    payload: bytes


def slices(stream: io.BufferedReader) -> Iterator[Slice]:
    """The objects of a JSON document or of JSON lines, as received, without the separators around them.

    A list may be the document itself or, in an answer of DOAJ's API, the value of "results". Raises
    TransportError behind the last object when a list lacks its end: the file was cut off.
    """
    sample = stream.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES].removeprefix(_BYTE_ORDER_MARK)
    if _API_ANSWER.match(sample):
        yield from _objects(stream, 2)
        return
    lines = sample.split(b"\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    by_line = any(_is_object(line.strip(_SEPARATORS)) for line in lines)
    yield from _lines(stream) if by_line else _objects(stream, 1)


def read_article(slice_: Slice, source: str, fetched: str, as_format: str = "doaj_json") -> RawRecord | Rejected:
    """The article in a slice, with the header a repository would have given it; Rejected when there is none."""
    try:
        article = msgspec.json.decode(slice_.payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Rejected(source, "", f"no JSON: {error}", slice_.payload, slice_.offset, fetched)
    identifier = article.get("id") if isinstance(article, dict) else None
    if not isinstance(article, dict) or not isinstance(identifier, str) or not identifier:
        return Rejected(source, "", "no object with an id", slice_.payload, slice_.offset, fetched)
    if as_format == "doaj_json":
        identifier = _DOAJ_IDENTIFIER + identifier
    datestamp = article.get("last_updated") or article.get("created_date") or ""
    return RawRecord(source, identifier, str(datestamp), as_format, slice_.payload, fetched=fetched)


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(data), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _lines(stream: io.BufferedReader) -> Iterator[Slice]:
    offset = 0
    ends = _Ends()
    while line := stream.readline(MAX_RECORD_BYTES):
        ends.add(line)
        payload = line.removeprefix(_BYTE_ORDER_MARK).strip(_SEPARATORS)
        if payload:
            yield Slice(offset + line.find(payload), payload)
        offset += len(line)
    ends.check()


def _objects(stream: io.BufferedReader, level: int) -> Iterator[Slice]:
    """Objects at that depth of braces; strings, whatever braces they hold, are stepped over."""
    buffer = b""
    offset = position = depth = 0
    begin: int | None = None
    ends = _Ends()
    while True:
        mark = _MARK.search(buffer, position)
        if mark is None or (mark[0][:1] == b'"' and mark[1] is None):
            if begin is not None and len(buffer) - begin > MAX_RECORD_BYTES:
                yield Slice(offset + begin, buffer[begin:])
                begin, position, depth = None, len(buffer), level - 1
            chunk = stream.read(_SAMPLE_BYTES)
            if not chunk:
                break
            ends.add(chunk)
            position = len(buffer) if mark is None else mark.start()
            keep = position if begin is None else begin
            offset += keep
            position -= keep
            begin = None if begin is None else 0
            buffer = buffer[keep:] + chunk
            continue
        position = mark.end()
        if mark[0] == b"{":
            depth += 1
            begin = mark.start() if depth == level else begin
        elif mark[0] == b"}":
            if depth == level and begin is not None:
                yield Slice(offset + begin, buffer[begin:position])
                begin = None
            depth = max(depth - 1, 0)
    if begin is not None:
        yield Slice(offset + begin, buffer[begin:])
    ends.check()


class _Ends:
    """Whether a document that opens as a list is closed."""

    def __init__(self) -> None:
        self.first = self.last = b""

    def add(self, data: bytes) -> None:
        if text := data.removeprefix(_BYTE_ORDER_MARK).strip():
            self.first = self.first or text[:1]
            self.last = text[-1:]

    def check(self) -> None:
        if self.first == b"[" and self.last != b"]":
            raise TransportError("the JSON list has no end: the file was cut off. Fetch it again; the import goes on.")
