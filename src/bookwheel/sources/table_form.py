"""CSV and its kin cut into rows as they stream by; each payload is the header and one row, as they came."""

import csv
from collections.abc import Iterator

from bookwheel.formats.columns import guessed
from bookwheel.formats.table import DELIMITERS, delimiter
from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.forms import Form, OpenFile
from bookwheel.sources.tagged_forms import UTF_16, text_lines

MAX_ROW_LINES = 5_000
"""A quote that is never closed would swallow the rest of the table."""


def cut(file: OpenFile) -> Iterator[RawRecord | Rejected]:
    """The rows in order. A row whose quotes have no end costs its first line alone."""
    lines = text_lines(file)
    header = b""
    for header in lines:
        if header.strip():
            break
    offset = len(header)
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if _is_whole(held):
            yield from _row(file, header, b"".join(held), offset)
        elif len(held) < MAX_ROW_LINES:
            continue
        else:
            yield from _out_of_step(file, header, held, offset)
        offset += sum(map(len, held))
        held = []
    yield from _out_of_step(file, header, held, offset)


def _is_whole(lines: list[bytes]) -> bool:
    return sum(line.count(b'"') for line in lines) % 2 == 0


def _row(file: OpenFile, header: bytes, row: bytes, offset: int) -> Iterator[RawRecord]:
    if row.strip(b'\r\n \t,;|"'):
        yield file.record(header.rstrip(b"\r\n") + b"\n" + row.rstrip(b"\r\n"), "csv")


def _out_of_step(file: OpenFile, header: bytes, held: list[bytes], offset: int) -> Iterator[RawRecord | Rejected]:
    """The first line refused, those behind it as rows of their own where they are whole."""
    for line in held:
        if line is held[0] or not _is_whole([line]):
            yield file.rejected(line.rstrip(b"\r\n"), offset, "a row whose quotes have no end")
        else:
            yield from _row(file, header, line, offset)
        offset += len(line)


def recognise(sample: bytes) -> str | None:
    """A table whose first line names a title and at least one other known field."""
    text = sample.decode("utf-16", errors="ignore") if sample.startswith(UTF_16) else sample.decode(errors="replace")
    header = text.lstrip().partition("\n")[0].strip()
    if not header or header[0] in "<{[@%" or not any(sign in header for sign in DELIMITERS) or len(header) > 20_000:
        return None
    try:
        names = next(csv.reader([header], delimiter=delimiter(header)))
    except (csv.Error, StopIteration):
        return None
    found = guessed(names)
    return "csv" if "title" in found and len(found) > 1 else None


FORM = Form("a table (CSV) with a column for the title", ("csv",), recognise, cut)
