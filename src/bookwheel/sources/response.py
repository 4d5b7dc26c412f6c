"""An OAI-PMH response cut into records, byte for byte, bad ones apart from good ones.

The list is split by bytes and each record is parsed alone, so a record that is not XML costs itself and no
other, and the tree in memory is never larger than one record. A payload is the element within <metadata> as
received; only the namespace declarations it needs from elements around it are written into its first tag, so
that it stands alone.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from xml.sax.saxutils import quoteattr

from lxml import etree

from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError, TooLargeError, TransportError
from bookwheel.formats import FORMATS, format_of_root, xml
from bookwheel.formats.xml import XmlError, local_name
from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.base import Header
from bookwheel.sources.forms import Form, OpenFile
from bookwheel.sources.splitting import Piece, Splitter

ROOT = re.compile(rb"<((?:[\w.-]+:)?)OAI-PMH[\s>]")
_LIST = re.compile(rb"<((?:[\w.-]+:)?)(ListRecords|ListIdentifiers|GetRecord)(?:\s[^<>]*)?(?<!/)>")
_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*>""")
_IDENTIFIER = re.compile(rb"<(?:[\w.-]+:)?identifier\s*>([^<]{1,2000})<")
# Possessive throughout, so that no tag, however long, takes more than one look.
_START_TAG = re.compile(rb"""<([^\s/>]++)(?:\s++[^\s=/>]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+\s*+/?>""")
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Response:
    """What one response says.

    `token` is None where the list has no resumptionToken element and "" where it is empty: both end the list.
    `error` is the code of the protocol's error ("noRecordsMatch"), `message` its text.
    """

    records: tuple[RawRecord, ...] = ()
    headers: tuple[Header, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    token: str | None = None
    list_size: int | None = None
    response_date: str = ""
    error: str = ""
    message: str = ""
    notes: tuple[str, ...] = ()


def read_response(document: bytes, source: str, as_format: str, fetched: str) -> Response:
    """The response in `document`. `as_format` is given to every record; "" leaves it to `metadata_format`.

    Raises TransportError for a document that was cut off, ProtocolError for one that is no OAI-PMH response.
    """
    document, notes = _in_utf8(document)
    begin, end = _bounds(document, notes)
    found = _LIST.search(document, begin, end)
    if found is None:
        return _without_list(_envelope(document[begin:end]), notes)
    region_end = _region_end(document, found, end)
    envelope = _envelope(document[begin : found.end()] + document[region_end:end])
    list_element = next((child for child in envelope if local_name(child) == found[2].decode()), None)
    if list_element is None:
        raise ProtocolError(f"the response has no {found[2].decode()} where OAI-PMH has it")
    unit = "header" if found[2] == b"ListIdentifiers" else "record"
    splitter = Splitter(document, found[1], unit, list_element.nsmap)
    records: list[RawRecord] = []
    headers: list[Header] = []
    rejected: list[Rejected] = []
    for piece in splitter.pieces(found.end(), region_end):
        try:
            if piece.element is None:
                raise XmlError(piece.reason)
            if unit == "header":
                headers.append(_header(piece.element))
            else:
                records.append(_record(piece.payload, piece.element, found[1], source, as_format, fetched))
        except XmlError as error:
            rejected.append(_rejected(piece, source, str(error), fetched))
    token = next((child for child in list_element if local_name(child) == "resumptionToken"), None)
    return Response(
        tuple(records),
        tuple(headers),
        tuple(rejected),
        None if token is None else (token.text or "").strip(),
        None if token is None else _whole_number(token.get("completeListSize")),
        _child_text(envelope, "responseDate"),
        notes=tuple(notes),
    )


def metadata_format(element: etree._Element) -> str:
    """The name of the reader for an element within <metadata>, "" when there is none."""
    tag = str(element.tag)
    # Some feeds of DOAJ's kind come in namespaces of their own.
    return "oai_doaj" if local_name(element) == "doajArticle" else format_of_root(tag)


def cut(file: OpenFile) -> Iterator[RawRecord | Rejected]:
    """The records of a saved response."""
    content = file.stream.read(file.max_bytes + 1)
    if len(content) > file.max_bytes:
        raise TooLargeError(f"more than {file.max_bytes:,} bytes. Raise max_page_bytes if this is right.")
    response = read_response(content, file.source, file.as_format, file.fetched)
    file.notes.extend(response.notes)
    if response.error:
        file.notes.append(f"the repository answered {response.error}")
    for record in response.records:
        # A deleted record shows no format of its own.
        yield record if record.format else replace(record, format=file.format_of_deleted)
    yield from response.rejected


def recognise(sample: bytes) -> str | None:
    """The format of the first record with metadata; that of the settings where none is seen, as in deletions alone."""
    # In UTF-16 every other byte is zero.
    plain = sample.replace(b"\x00", b"")
    if not ROOT.search(plain) or not plain.lstrip().startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return None
    metadata = _METADATA.search(plain)
    if metadata is None:
        return SourceConfig().format
    local = metadata[1].decode(errors="replace")
    tags = ((name, tag.rpartition("}")[2]) for name, format_ in FORMATS.items() for tag in format_.roots)
    return next((name for name, root in tags if root == local), "")


_METADATA = re.compile(rb"<(?:[\w.-]+:)?metadata\s*>\s*(?:<!--.{0,2000}?-->\s*)?<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)

FORM = Form("OAI-PMH responses", tuple(FORMATS), recognise, cut)


def _in_utf8(document: bytes) -> tuple[bytes, list[str]]:
    declared = _DECLARED_ENCODING.search(document, 0, 2000)
    encoding = declared[1].decode() if declared else "utf-8"
    if document.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        if codecs.lookup(encoding).name in ("utf-8", "ascii"):
            return document, []
        return document.decode(encoding).encode(), [f"the page came in {encoding} and is kept in UTF-8"]
    except (LookupError, UnicodeError) as error:
        raise ProtocolError(f"the page says it is in {encoding}, which it is not: {error}") from error


def _bounds(document: bytes, notes: list[str]) -> tuple[int, int]:
    """Where the root element begins and ends; what stands before and behind it is noted, not read."""
    root = ROOT.search(document)
    if root is None:
        raise ProtocolError(f"no OAI-PMH response but {_seen(document)}")
    if b"<!DOCTYPE" in document[: root.start()]:
        raise ProtocolError("the response declares a DOCTYPE, which OAI-PMH has not: refused")
    close = document.rfind(b"</" + root[1] + b"OAI-PMH")
    end = document.find(b">", close) + 1
    if close < root.start() or end == 0:
        raise TransportError(f"the response is cut off: {len(document)} bytes without the end tag of OAI-PMH")
    before = document[: root.start()]
    for mark in _BYTE_ORDER_MARKS:
        before = before.removeprefix(mark)
    if before.strip() and not before.lstrip().startswith(b"<?xml"):
        notes.append(f"{len(before)} bytes before the document left out: {_shown(before)}")
    if document[end:].strip():
        notes.append(f"{len(document) - end} bytes behind the document left out: {_shown(document[end:])}")
    return root.start(), end


def _region_end(document: bytes, found: re.Match[bytes], end: int) -> int:
    """Where the records end: at the resumption token or the end tag of the list."""
    prefix = b"" + found[1]
    close = document.rfind(b"</" + prefix + found[2], found.end(), end)
    if close < 0:
        raise TransportError(f"the response is cut off: no end tag of {found[2].decode()}")
    token = document.rfind(b"<" + prefix + b"resumptionToken", found.end(), close)
    unit = b"header" if found[2] == b"ListIdentifiers" else b"record"
    return token if token > document.rfind(b"</" + prefix + unit, found.end(), close) else close


def _envelope(document: bytes) -> etree._Element:
    try:
        return xml.parse(document)
    except XmlError as error:
        raise ProtocolError(f"the response is not well-formed outside its records: {error}") from error


def _without_list(envelope: etree._Element, notes: list[str]) -> Response:
    errors = [child for child in envelope if local_name(child) == "error"]
    return Response(
        response_date=_child_text(envelope, "responseDate"),
        error=(errors[0].get("code") or "unknown") if errors else "",
        message=(errors[0].text or "").strip() if errors else "",
        notes=tuple(notes),
    )


def _record(
    payload: bytes, element: etree._Element, prefix: bytes, source: str, as_format: str, fetched: str
) -> RawRecord:
    parts = {local_name(child): child for child in reversed(element)}
    if "header" not in parts:
        raise XmlError("a record without a header")
    header = _header(parts["header"])
    if header.deleted:
        return RawRecord(source, header.identifier, header.datestamp, as_format, b"", True, header.sets, fetched)
    metadata = parts.get("metadata")
    if metadata is None or len(metadata) == 0:
        raise XmlError("a record that is not deleted, but has no metadata")
    name = as_format or metadata_format(metadata[0])
    if not name:
        known = ", ".join(name for name, format_ in FORMATS.items() if format_.roots)
        raise XmlError(f"no reader for metadata in {metadata[0].tag}; known: {known}")
    content = _standing_alone(payload, metadata[0], prefix)
    return RawRecord(source, header.identifier, header.datestamp, name, content, False, header.sets, fetched)


def _header(element: etree._Element) -> Header:
    identifier = datestamp = ""
    sets: list[str] = []
    for child in element:
        name, text = local_name(child), (child.text or "").strip()
        if name == "setSpec":
            sets.append(text)
        elif name == "identifier":
            identifier = text
        elif name == "datestamp":
            datestamp = text
    if not identifier:
        raise XmlError("a header without an identifier")
    return Header(identifier, datestamp, element.get("status") == "deleted", tuple(sets))


def _standing_alone(record: bytes, content: etree._Element, prefix: bytes) -> bytes:
    """The bytes of the element within <metadata>, with the namespace declarations it needs from outside.

    Where the bytes leave room for doubt (a comment before it, text beside it, a second </metadata>) the
    parsed element is written out instead: the same to every XML reader.
    """
    begin, end = _inside_metadata(record, content, prefix)
    payload = record[begin:end].strip()
    start_tag = _START_TAG.match(payload)
    name = f"{content.prefix}:{local_name(content)}" if content.prefix else local_name(content)
    if start_tag is None or start_tag[1] != name.encode():
        return bytes(etree.tostring(content, encoding="utf-8", with_tail=False))
    missing = b"".join(
        _declaration(around, uri)
        for around, uri in sorted(content.nsmap.items(), key=lambda item: item[0] or "")
        if _is_missing(around, content, start_tag[0], payload)
    )
    return b"<" + start_tag[1] + missing + payload[len(start_tag[1]) + 1 :]


def _inside_metadata(record: bytes, content: etree._Element, prefix: bytes) -> tuple[int, int]:
    """Where the text between <metadata> and </metadata> begins and ends; an empty range where that is not certain."""
    open_tag, end_tag = b"<" + prefix + b"metadata", b"</" + prefix + b"metadata"
    begin, end = record.find(open_tag), record.rfind(end_tag)
    alone = content.getnext() is None and content.getprevious() is None
    metadata = content.getparent()
    # Behind the last child's end tag there is none of the same name, whatever the child holds.
    last = metadata is not None and (metadata.getnext() is None or record.count(end_tag) == 1)
    if not alone or not last or record.find(b"<!", 0, begin) >= 0 or record.find(b"<!", end) >= 0:
        return 0, 0
    return record.find(b">", begin) + 1, end


def _is_missing(prefix: str | None, content: etree._Element, start_tag: bytes, payload: bytes) -> bool:
    """Whether the element needs a declaration from outside; a prefix may also stand in an attribute's value."""
    if prefix is not None:
        return f"xmlns:{prefix}=".encode() not in start_tag and f"{prefix}:".encode() in payload
    return b"xmlns=" not in start_tag and next(content.iter(f"{{{content.nsmap[None]}}}*"), None) is not None


def _declaration(prefix: str | None, uri: str) -> bytes:
    return f" {f'xmlns:{prefix}' if prefix else 'xmlns'}={quoteattr(uri)}".encode()


def _rejected(piece: Piece, source: str, reason: str, fetched: str) -> Rejected:
    found = _IDENTIFIER.search(piece.payload)
    identifier = unescape(found[1].decode(errors="replace")).strip() if found else ""
    return Rejected(source, identifier, reason, piece.payload, piece.offset, fetched)


def _child_text(element: etree._Element, name: str) -> str:
    child = next((child for child in element if local_name(child) == name), None)
    return "" if child is None else (child.text or "").strip()


def _whole_number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _seen(document: bytes) -> str:
    if not document.strip():
        return "an empty answer"
    kind = "a web page" if b"<html" in document[:2000].lower() else "something else"
    return f"{kind}: {_shown(document)}"


def _shown(data: bytes) -> str:
    return repr(" ".join(data[:200].decode(errors="replace").split())[:80])
