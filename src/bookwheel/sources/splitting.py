"""A list of records or headers cut into pieces by bytes, each parsed alone.

On a well-formed page the cuts are exact, whatever is quoted or nested in a record. On a damaged one every record
that is whole by itself is found, and the bytes between are given as they are, with the reason.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import quoteattr

from lxml import etree

from bookwheel.formats import xml
from bookwheel.formats.xml import XmlError, local_name

# A damaged record is tried with so many of its end tags before it is given up; one nested record needs two.
_END_TAGS_TRIED = 8
_QUOTES = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes from `offset` on: one record or header with its element, or what could not be read, with the reason."""

    offset: int
    payload: bytes
    element: etree._Element | None
    reason: str = ""


class Splitter:
    """Cuts a list of records or headers into pieces."""

    def __init__(self, document: bytes, prefix: bytes, unit: str, nsmap: Mapping[str | None, str]) -> None:
        self.document = document
        self.unit = unit
        name = re.escape(prefix + unit.encode())
        follows = rb"(?=[\s>])" if unit == "header" else rb"(?:\s[^<>]*)?>\s*<" + re.escape(prefix) + rb"header[\s/>]"
        self.start = re.compile(rb"<" + name + follows)
        self.start_or_quote = re.compile(rb"<!--|<!\[CDATA\[|<" + name + follows)
        self.start_tag = b"<" + prefix + unit.encode()
        self.end_tag = b"</" + prefix + unit.encode()
        self.end = re.compile(rb"</" + name + rb"\s*>")
        declared = "".join(
            f" {'xmlns:' + prefix if prefix else 'xmlns'}={quoteattr(uri)}" for prefix, uri in nsmap.items()
        )
        self.opening = f"<list{declared}>".encode()

    def pieces(self, begin: int, end: int) -> Iterator[Piece]:
        quoting = self.document.find(b"<!", begin, end) >= 0
        starts = self._starts_outside_quotes(begin, end) if quoting else self._starts(begin, end)
        for piece in self._between(begin, starts, end):
            yield from self._mended(piece) if piece.element is None else (piece,)

    def _starts(self, begin: int, end: int) -> list[int]:
        starts = []
        # Finding bytes and then matching is five times quicker than searching with the pattern.
        position = self.document.find(self.start_tag, begin, end)
        while position >= 0:
            if self.start.match(self.document, position, end):
                starts.append(position)
            position = self.document.find(self.start_tag, position + 1, end)
        return starts

    def _starts_outside_quotes(self, begin: int, end: int) -> list[int]:
        """The starts, without those quoted in comments and CDATA sections that have an end."""
        starts = []
        endless = set()
        quoted_until = begin
        for found in self.start_or_quote.finditer(self.document, begin, end):
            opening = found[0]
            if found.start() < quoted_until or opening in endless:
                continue
            if opening not in _QUOTES:
                starts.append(found.start())
                continue
            close = self.document.find(_QUOTES[opening], found.end(), end)
            quoted_until = max(close, quoted_until)
            if close < 0:
                endless.add(opening)
        return starts

    def _between(self, begin: int, starts: list[int], end: int) -> Iterator[Piece]:
        for first, last in zip([begin, *starts], [*starts, end], strict=True):
            yield from self._cut(first, last)

    def _cut(self, begin: int, end: int) -> Iterator[Piece]:
        """What stands between two starts: as a rule one record and white space."""
        first = True
        while True:
            while begin < end and self.document[begin] in b" \t\r\n":
                begin += 1
            if begin >= end:
                return
            reason = "no end tag"
            for stop in self._stops(begin, end, first):
                payload = self.document[begin:stop]
                try:
                    element = self._parsed(payload)
                except XmlError as error:
                    reason = str(error)
                    continue
                yield Piece(begin, payload, element)
                begin, first = stop, False
                break
            else:
                yield Piece(begin, self.document[begin:end].rstrip(), None, reason)
                return

    def _stops(self, begin: int, end: int, whole: bool) -> Iterator[int]:
        """Where a record that begins here may end, the likeliest first: behind the last end tag, or an earlier one.

        Behind a record that was found (not `whole`) the first end tag is the likeliest: a row of records none of
        whose starts is known would otherwise be parsed to its end for each.
        """
        last = self.document.rfind(self.end_tag, begin, end)
        if last >= 0:
            behind_last = self.document.find(b">", last) + 1
            earlier = (found.end() for found in self.end.finditer(self.document, begin, last))
            yield from (behind_last,) if whole else ()
            yield from islice(earlier, _END_TAGS_TRIED)
            yield from () if whole else (behind_last,)

    def _mended(self, piece: Piece) -> Iterator[Piece]:
        """A damaged piece, cut once more: an open comment or CDATA section may have hidden the records behind it."""
        begin, end = piece.offset, piece.offset + len(piece.payload)
        starts = self._starts(begin + 1, end)
        if not starts:
            yield piece
        else:
            yield from self._between(begin, starts, end)

    def _parsed(self, payload: bytes) -> etree._Element:
        children = list(xml.parse(self.opening + payload + b"</list>"))
        if len(children) != 1 or local_name(children[0]) != self.unit:
            raise XmlError(f"{len(children)} elements where one {self.unit} was expected")
        return children[0]
