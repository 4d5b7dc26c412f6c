"""A BibTeX file cut into references, each with what it names elsewhere in it: strings, the entry it refers to.

The file is held in memory: an entry may refer to one that stands behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bookwheel.errors import TooLargeError
from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.forms import Form, OpenFile

MAX_FILE_BYTES = 300_000_000
"""The whole ACL Anthology with abstracts is near 100 MB."""

_ENTRY = re.compile(rb"@[ \t]*([A-Za-z]+)\s*[{(]")
_AT_LINE = re.compile(rb"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_KEY = re.compile(rb"[^{(]*[{(]\s*([^\s,={}\"#%]+)")
_CROSSREF = re.compile(rb"\bcrossref\s*=\s*[{\"]\s*([^\s}\",]+)", re.I)
_NAME = re.compile(rb"[=#]\s*([A-Za-z][\w:.+/-]*)")
_BRACES = re.compile(rb"\\.|[{}]", re.DOTALL)
_NO_REFERENCE = (b"comment", b"preamble", b"string")


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: bytes
    key: bytes
    offset: int
    payload: bytes
    reason: str = ""


def cut(file: OpenFile) -> Iterator[RawRecord | Rejected]:
    """The references in order."""
    data = file.stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise TooLargeError(f"more than {MAX_FILE_BYTES:,} bytes of BibTeX. Cut the file in parts.")
    found = list(_entries(data))
    strings = {entry.key.lower(): entry.payload for entry in found if entry.kind == b"string"}
    by_key = {entry.key.lower(): entry.payload for entry in found if entry.kind not in _NO_REFERENCE}
    for entry in found:
        if entry.reason:
            yield file.rejected(entry.payload, entry.offset, entry.reason)
        elif entry.kind not in _NO_REFERENCE:
            yield file.record(_standing_alone(entry.payload, strings, by_key), "bibtex")


def _entries(data: bytes) -> Iterator[_Entry]:
    position = 0
    while match := _ENTRY.search(data, position):
        begin = match.start()
        end = _end(data, match.end())
        following = _AT_LINE.search(data, match.end())
        limit = following.start() if following else len(data)
        # A brace too few would swallow all entries behind it.
        if end == 0 or (end > limit and _is_swallowed(data, begin, end, limit)):
            yield _Entry(match[1].lower(), b"", begin, data[begin:limit].strip(), "an entry whose braces have no end")
            position = limit
            continue
        payload = data[begin:end]
        key = _KEY.match(payload)
        yield _Entry(match[1].lower(), key[1] if key else b"", begin, payload)
        position = end


def _end(data: bytes, position: int) -> int:
    """Behind the brace that closes the one before `position`; 0 when there is none."""
    depth = 1
    opening = data[position - 1 : position]
    if opening == b"(":
        end = data.find(b"\n)", position)
        return end + 2 if end >= 0 else data.find(b")", position) + 1
    for match in _BRACES.finditer(data, position):
        depth += {b"{": 1, b"}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return 0


def _is_swallowed(data: bytes, begin: int, end: int, limit: int) -> bool:
    """Whether what looks like an entry at a line's beginning within another is one: it has a key and a field."""
    return bool(re.match(rb"\s*@[ \t]*[A-Za-z]+\s*[{(]\s*[^\s,={}]+\s*,\s*[A-Za-z]+\s*=", data[limit:end]))


def _standing_alone(payload: bytes, strings: dict[bytes, bytes], by_key: dict[bytes, bytes]) -> bytes:
    """The entry behind the strings it names, before the entry it refers to."""
    referred = _CROSSREF.search(payload)
    parent = by_key.get(referred[1].lower(), b"") if referred else b""
    if not strings and not parent:
        return payload
    names = dict.fromkeys(name.lower() for name in _NAME.findall(payload + parent))
    named = [strings[name] for name in names if name in strings]
    # A string may be made of others.
    earlier = [strings[name] for text in named for name in map(bytes.lower, _NAME.findall(text)) if name in strings]
    pieces = [*dict.fromkeys((*earlier, *named)), payload, *([parent] if parent and parent != payload else [])]
    return b"\n".join(pieces)


def recognise(sample: bytes) -> str | None:
    match = _AT_LINE.search(sample)
    return "bibtex" if match and _FIRST_FIELD.search(sample, match.start()) else None


_FIRST_FIELD = re.compile(rb"@[ \t]*[A-Za-z]+\s*[{(]\s*(?:[^\s,={}]*\s*,\s*[A-Za-z][\w-]*\s*=|\w+\s*=)")

FORM = Form("BibTeX", ("bibtex",), recognise, cut)
