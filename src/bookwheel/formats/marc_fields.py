"""A MARC record as its fields say, from ISO 2709 or MARCXML, and nothing understood yet.

The directory of ISO 2709 is read here and not by pymarc, which gives a record up for a wrong length or a third
indicator; MARC-8 is pymarc's, whose tables are complete.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from pymarc.marc8 import marc8_to_unicode

from bookwheel.formats.xml import local_name

_LEADER_LENGTH = 24
_ENTRY_LENGTH = 12
_FIELD_END = b"\x1e"
_SUBFIELD = b"\x1f"


class MarcError(ValueError):
    """Bytes that are no MARC record, and why."""


@dataclass(slots=True)
class Field:
    """A data field, or with `data` a control field. `subfields` are codes and values in their order."""

    tag: str
    indicators: str = "  "
    subfields: tuple[tuple[str, str], ...] = ()
    data: str = ""

    def get(self, codes: str) -> list[str]:
        """The values of any of the codes, in the field's order."""
        return [value for code, value in self.subfields if code in codes and value]

    def first(self, code: str) -> str:
        return next(iter(self.get(code)), "")

    def joined(self, codes: str, separator: str = " ") -> str:
        return separator.join(self.get(codes))


@dataclass(slots=True)
class Marc:
    """`linked` holds the 880 fields by the tag they repeat in another script ("245"), each under that tag.

    `remarks` are what had to be forgiven to read the record.
    """

    leader: str
    fields: list[Field] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Field]:
        """The fields of these tags, in the record's order."""
        return [found for found in self.fields if found.tag in tags]

    def control(self, tag: str) -> str:
        return next((found.data for found in self.fields if found.tag == tag), "")

    def linked(self, *tags: str) -> Iterator[Field]:
        """Fields 880 that repeat one of the tags in another script: $6 "245-01/(2/r"."""
        for found in self.all("880"):
            if found.first("6")[:3] in tags:
                yield Field(found.first("6")[:3], found.indicators, found.subfields)


def from_iso2709(payload: bytes) -> Marc:
    """The record in these bytes, with or without a right length in its leader. Raises MarcError."""
    leader = payload[:_LEADER_LENGTH].decode("ascii", "replace")
    base = payload[12:17]
    if len(payload) <= _LEADER_LENGTH or not base.strip().isdigit():
        raise MarcError(f"no leader: the record begins with {payload[:30]!r}")
    begin = int(base)
    directory = payload[_LEADER_LENGTH : begin - 1]
    if not _LEADER_LENGTH < begin < len(payload) or len(directory) % _ENTRY_LENGTH or _FIELD_END in directory:
        raise MarcError(f"the directory is damaged: the leader says that it ends at byte {begin}")
    record = Marc(leader)
    if leader[:5].isdigit() and int(leader[:5]) != len(payload):
        record.remarks.append(f"the leader tells {int(leader[:5])} bytes, there are {len(payload)}")
    decode = _decoder(record, payload)
    for position in range(0, len(directory), _ENTRY_LENGTH):
        entry = directory[position : position + _ENTRY_LENGTH]
        tag = entry[:3].decode("ascii", "replace")
        if not entry[3:].isdigit():
            raise MarcError(f"the directory is damaged at field {tag!r}")
        start = begin + int(entry[7:])
        data = payload[start : start + int(entry[3:7])]
        if not data.endswith(_FIELD_END):
            raise MarcError(f"field {tag!r} does not end where the directory says")
        record.fields.append(_field(tag, data[:-1], decode))
    return record


def _field(tag: str, data: bytes, decode: "_Decode") -> Field:
    if tag < "010" and tag.isdigit():
        return Field(tag, data=decode(data))
    # Indicators may be missing or too many; what follows the first delimiter is sure.
    indicators, *parts = data.split(_SUBFIELD)
    subfields = ((part[:1].decode("ascii", "replace"), decode(part[1:])) for part in parts if part)
    return Field(tag, f"{indicators.decode('ascii', 'replace'):2.2}", tuple(subfields))


class _Decode:
    """Bytes of one record to text: as the leader says, unless the bytes cannot be that."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    def __call__(self, data: bytes) -> str:
        if data.isascii() and b"\x1b" not in data:
            return data.decode()
        if self.encoding != "marc-8":
            return data.decode(self.encoding, "replace")
        try:
            return str(marc8_to_unicode(data, hide_utf8_warnings=True))
        except (UnicodeDecodeError, ValueError, KeyError):
            return data.decode("latin-1")


def _decoder(record: Marc, payload: bytes) -> _Decode:
    """UTF-8 where the leader says so, else MARC-8; told otherwise where the bytes prove it.

    Bytes beyond ASCII that form UTF-8 all through are no MARC-8, whose accents stand before letters.
    """
    says_utf8 = record.leader[9:10] == "a"
    if payload.isascii():
        return _Decode("utf-8" if says_utf8 else "marc-8")
    try:
        payload.decode()
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
    if says_utf8 and not is_utf8:
        record.remarks.append("the leader says UTF-8, which it is not: read as MARC-8")
    if is_utf8 and not says_utf8:
        record.remarks.append("the leader says MARC-8, but it is UTF-8: read as that")
    return _Decode("utf-8" if is_utf8 else "marc-8")


def from_xml(root: etree._Element) -> Marc:
    """The record of a MARCXML `record` element, whatever its namespace."""
    record = Marc("")
    for element in root:
        match local_name(element):
            case "leader":
                record.leader = element.text or ""
            case "controlfield":
                record.fields.append(Field(element.get("tag", ""), data=element.text or ""))
            case "datafield":
                indicators = f"{element.get('ind1', ' ') or ' ':1.1}{element.get('ind2', ' ') or ' ':1.1}"
                subfields = ((part.get("code", ""), " ".join((part.text or "").split())) for part in element)
                record.fields.append(Field(element.get("tag", ""), indicators, tuple(subfields)))
    return record


_TRAILING = re.compile(r"[\s/:;,=]+$")


def trimmed(text: str) -> str:
    """Without the punctuation ISBD sets between parts: "Jazz styles :" → "Jazz styles", "New York," → "New York"."""
    text = _TRAILING.sub("", text.strip())
    if text.startswith("[") and text.endswith("]") and text.count("[") == 1:
        text = text[1:-1].strip()
    return text


def without_stop(text: str) -> str:
    """Trimmed, and without a full stop behind a word of more than two letters: initials keep theirs."""
    text = trimmed(text)
    return trimmed(text[:-1]) if re.search(r"(?:[\w)\]]{3}|\])\.$", text) and not text.endswith("etc.") else text
