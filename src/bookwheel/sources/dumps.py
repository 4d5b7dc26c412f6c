"""JSON cut into records in constant memory: lists, lines, answers of APIs.

DOAJ's dump holds files `article_batch_N.json`, each a JSON list of up to 100,000 articles, one a line,
separated by ",\\n" and in no order. Where each line holds one object the lines are the records, and a bad
line costs itself alone. Otherwise objects are found by their braces.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from bookwheel.errors import TransportError
from bookwheel.formats.json_kinds import FORMATS, Json, format_of
from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.forms import Form, OpenFile

MAX_RECORD_BYTES = 10_000_000
"""A longer piece is no record: the largest articles, with thousands of authors, are near 2 MB."""

_DOAJ_IDENTIFIER = "oai:doaj.org/article:"
"""Before the id in DOAJ's repository: a dump and a harvest hold the same record under the same identifier."""

_SAMPLE_BYTES = 65_536
_SAMPLE_LINES = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A brace or bracket, or a string; one without group 1 has no end yet.
_MARK = re.compile(rb'[{}\[\]]|"(?:[^"\\]++|\\.)*+(")?', re.DOTALL)
_MARK_OR_COMMA = re.compile(_MARK.pattern.replace(rb"\[\]]", rb"\[\],]"), re.DOTALL)
_LISTS = frozenset((b'"items"', b'"results"', b'"data"', b'"hits"', b'"records"'))
"""Where an API's answer keeps its records: Crossref and Zotero, OpenAlex and DOAJ, DataCite, Elasticsearch, others."""

_SEPARATORS = b"[], \t\r\n"


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes that should be one JSON object, and where they begin."""

    offset: int
    payload: bytes


def cut(file: OpenFile) -> Iterator[RawRecord | Rejected]:
    """The records of a JSON document or of JSON lines, each with the format its own keys show."""
    for piece in slices(file.stream):
        yield read_object(piece, file)


def slices(stream: io.BufferedReader) -> Iterator[Slice]:
    """The objects of a JSON document or of JSON lines, as received, without the separators around them.

    A list may be the document itself or stand in the answer of an API. Raises TransportError behind the last object
    when a list lacks its end: the file was cut off.
    """
    sample = stream.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES].removeprefix(_BYTE_ORDER_MARK)
    if level := _envelope(sample):
        yield from _objects(stream, level, within_list=True)
        return
    lines = sample.split(b"\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    by_line = any(_object(line.strip(_SEPARATORS)) for line in lines)
    yield from _lines(stream) if by_line else _objects(stream, 1)


def read_object(piece: Slice, file: OpenFile) -> RawRecord | Rejected:
    """The record in a slice; Rejected when it is no object or one that no format knows."""
    try:
        found = msgspec.json.decode(piece.payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return file.rejected(piece.payload, piece.offset, f"no JSON: {error}")
    if not isinstance(found, dict) or not found:
        return file.rejected(piece.payload, piece.offset, "no object with fields")
    format_ = file.as_format or format_of(found)
    if not format_:
        keys = ", ".join(list(found)[:8])
        return file.rejected(piece.payload, piece.offset, f"no record of a known kind, but one with the keys {keys}")
    if format_ == "doaj_json":
        return _doaj_article(found, piece, file)
    return file.record(piece.payload, format_)


def _doaj_article(found: Json, piece: Slice, file: OpenFile) -> RawRecord | Rejected:
    """The article with the header the repository would have given it."""
    identifier = found.get("id") or found.get("_id")
    if not isinstance(identifier, str):
        return file.rejected(piece.payload, piece.offset, "no object with an id")
    datestamp = found.get("last_updated") or found.get("created_date") or ""
    return file.record(piece.payload, "doaj_json", _DOAJ_IDENTIFIER + identifier, str(datestamp))


def recognise(sample: bytes) -> str | None:
    """The format of the first object in the sample that shows one, even when it is longer than the sample."""
    text = sample.lstrip()
    if not _BEGINNING.match(text):
        return None
    if text.rstrip() == b"[]":
        return FORMATS[0]
    found = map(_object, (piece.payload for piece in _whole(text)))
    return next((name for item in found if item and (name := format_of(item))), "") or format_of(_cut_short(text))


FORM = Form("JSON: a list, one object a line, or the answer of an API", FORMATS, recognise, cut)
_BEGINNING = re.compile(rb'\[\s*[{\]]|\{\s*["}]|[\[{]\s*\Z')


def _whole(text: bytes) -> Iterator[Slice]:
    """The objects that end within the sample."""
    with suppress(TransportError):
        yield from slices(io.BufferedReader(io.BytesIO(text), _SAMPLE_BYTES))


def _cut_short(text: bytes) -> Json:
    """The first object of a sample that ends in the middle of it: what stands before the last comma."""
    level = _envelope(text) or 1
    open_, depth, begin = bytearray(), 0, -1
    until, closing = 0, b""
    for mark in _MARK_OR_COMMA.finditer(text):
        sign = mark[0]
        if sign == b"{":
            depth += 1
            if begin < 0 and depth == level:
                begin = mark.start()
                open_.clear()
        if sign in (b"{", b"["):
            open_ += b"}" if sign == b"{" else b"]"
        elif sign in (b"}", b"]"):
            depth -= sign == b"}"
            del open_[-1:]
        elif sign == b"," and begin >= 0:
            until, closing = mark.start(), bytes(reversed(open_))
    return _object(text[begin:until] + closing) if begin >= 0 else {}


def _object(data: bytes) -> Json:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _envelope(sample: bytes) -> int:
    """At which depth of braces the records of an API's answer stand, as far as the sample shows; else 0."""
    depth = 0
    last = b""
    for mark in _MARK.finditer(sample):
        sign = mark[0]
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
        elif sign == b"[" and last in _LISTS and 1 <= depth <= 2 and _OBJECT_FOLLOWS.match(sample, mark.end()):
            return depth + 1
        elif sign not in b"[]":
            last = sign
        if depth <= 0:
            return 0
    return 0


_OBJECT_FOLLOWS = re.compile(rb"\s*(?:[{\]]|\Z)")


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


def _objects(stream: io.BufferedReader, level: int, within_list: bool = False) -> Iterator[Slice]:
    """Objects at that depth of braces; strings, whatever braces they hold, are stepped over.

    `within_list`: only those in the list of an API's answer, not what stands beside it.
    """
    buffer = b""
    offset = position = depth = 0
    brackets = 0 if within_list else 1
    last = b""
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
        sign = mark[0]
        if sign == b"{":
            depth += 1
            begin = mark.start() if depth == level and brackets else begin
        elif sign == b"}":
            if depth == level and begin is not None:
                yield Slice(offset + begin, buffer[begin:position])
                begin = None
            depth = max(depth - 1, 0)
        elif within_list and depth == level - 1:
            if sign == b"[":
                brackets += bool(brackets or last in _LISTS)
            elif sign == b"]":
                brackets = max(brackets - 1, 0)
            else:
                last = sign
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
