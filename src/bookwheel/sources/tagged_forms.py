"""Texts of tagged lines cut into references as they stream by: RIS, PubMed's NBIB, Web of Science."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.forms import Form, OpenFile

MAX_LINE_BYTES = 1_000_000
MAX_RECORD_BYTES = 10_000_000
"""A longer piece is no reference: somebody's file lost all its line ends."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where a reference begins and, in forms that say so, ends; both match at the beginning of a line."""

    format: str
    begin: re.Pattern[bytes]
    end: re.Pattern[bytes] | None


def _recognises(marks: _Marks) -> Callable[[bytes], str | None]:
    def recognise(sample: bytes) -> str | None:
        text = sample.decode("utf-16", errors="ignore").encode() if sample.startswith(UTF_16) else sample
        lines = _LINE_ENDS.split(text.removeprefix(b"\xef\xbb\xbf"))
        return marks.format if any(marks.begin.match(line) for line in lines[:_LINES_BEFORE]) else None

    return recognise


_LINE_ENDS = re.compile(rb"\r\n|\n|\r")
_LINES_BEFORE = 40
"""Lines of greeting some databases put before the first reference."""


def _cuts(marks: _Marks) -> Callable[[OpenFile], Iterator[RawRecord | Rejected]]:
    def cut(file: OpenFile) -> Iterator[RawRecord | Rejected]:
        held: list[bytes] = []
        offset = begin = size = 0
        for line in text_lines(file):
            bare = line.removeprefix(b"\xef\xbb\xbf") if offset == 0 else line
            if marks.begin.match(bare):
                yield from _piece(file, marks, held, begin)
                held, begin, size = [bare], offset + len(line) - len(bare), len(bare)
            elif size > MAX_RECORD_BYTES:
                yield from _piece(file, marks, held, begin)
                held, size = [], 0
            elif held:
                held.append(line)
                size += len(line)
                if marks.end and marks.end.match(line):
                    yield from _piece(file, marks, held, begin)
                    held, size = [], 0
            offset += len(line)
        yield from _piece(file, marks, held, begin)

    return cut


def _piece(file: OpenFile, marks: _Marks, lines: list[bytes], offset: int) -> Iterator[RawRecord | Rejected]:
    """The lines as one payload; they become a record or, too many for one, are refused."""
    payload = b"".join(lines).strip(b"\r\n \t\x1a")
    if not payload:
        return
    if len(payload) > MAX_RECORD_BYTES:
        yield file.rejected(payload, offset, f"more than {MAX_RECORD_BYTES:,} bytes without a new reference")
    else:
        yield file.record(payload, marks.format)


def text_lines(file: OpenFile) -> Iterator[bytes]:
    """Lines with their ends. UTF-16 is brought into UTF-8, which is noted; a carriage return alone ends a line too."""
    if file.stream.peek(2)[:2] in UTF_16:
        file.notes.append("the file came in UTF-16 and is kept in UTF-8")
        text = file.stream.read(file.max_bytes).decode("utf-16", errors="replace")
        yield from text.encode().splitlines(keepends=True)
        return
    while line := file.stream.readline(MAX_LINE_BYTES):
        yield from line.splitlines(keepends=True) if b"\r" in line.rstrip(b"\r\n") else (line,)


def _form(name: str, marks: _Marks) -> Form:
    return Form(name, (marks.format,), _recognises(marks), _cuts(marks))


FORMS = (
    _form("RIS", _Marks("ris", re.compile(rb"\s{0,3}TY[ \t]{1,3}-"), re.compile(rb"\s{0,3}ER[ \t]{1,3}-"))),
    _form("PubMed's NBIB (MEDLINE)", _Marks("nbib", re.compile(rb"PMID ?- ?\S"), None)),
    _form("Web of Science's plain text", _Marks("wos", re.compile(rb"PT [A-Z]\s*$"), re.compile(rb"ER\s*$"))),
)
