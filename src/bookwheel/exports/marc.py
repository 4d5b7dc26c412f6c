"""MARC 21 as ISO 2709: what library systems load. Texts are UTF-8; a record too long for the format loses its least.

Source of the fields: MARC 21 Format for Bibliographic Data. An article is a component part of a serial: leader/07 is
"b", its journal stands in 773 with volume, pages or article number in $g.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pymarc import Field, Indicators, Subfield
from pymarc import Record as MarcRecord

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.exports.marc_codes import relator
from bookwheel.records import kinds
from bookwheel.records.languages import marc_language
from bookwheel.records.model import Contributor, Record, Relation
from bookwheel.records.names import name_of
from bookwheel.records.text import strip_articles

_MAX_FIELD = 9_999
_MAX_RECORD = 99_999
"""Bytes that four and five digits can count (ISO 2709)."""

_TYPES: Mapping[str, str] = {
    kinds.AUDIO: "i",
    kinds.DATASET: "m",
    kinds.IMAGE: "k",
    kinds.MANUSCRIPT: "t",
    kinds.MAP: "e",
    kinds.SCORE: "c",
    kinds.SOFTWARE: "m",
    kinds.VIDEO: "g",
}
"""Leader/06; all else is language material."""

_LEVELS: Mapping[str, str] = {
    kinds.ARTICLE: "b",
    kinds.CHAPTER: "a",
    kinds.CONFERENCE_PAPER: "a",
    kinds.JOURNAL: "s",
}
"""Leader/07; all else is a monograph."""

_CONTENT: Mapping[str, tuple[str, str]] = {
    "a": ("text", "txt"),
    "c": ("notated music", "ntm"),
    "e": ("cartographic image", "cri"),
    "g": ("two-dimensional moving image", "tdi"),
    "i": ("spoken word", "spw"),
    "k": ("still image", "sti"),
    "m": ("computer dataset", "cod"),
    "t": ("text", "txt"),
}
_SCHEMES: Mapping[str, str] = {"doi": "doi", "handle": "hdl", "pmid": "pmid", "pmcid": "pmcid"}


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b""
    for item in items:
        yield _fitted(marc_record(item)).as_marc()
    yield b""


def marc_record(item: Item) -> MarcRecord:
    """The record with all its fields in the order of their tags, however long."""
    record = item.record
    kind, level = _TYPES.get(record.format, "a"), _LEVELS.get(record.format, "m")
    # New, minimal level, no punctuation of ISBD.
    found = MarcRecord(leader=f"00000n{kind}{level} a22000007c 4500")
    found.fields.append(Field("001", data=parts.line(item.id)))
    if moment := _moment(record.datestamp):
        found.fields.append(Field("005", data=moment.strftime("%Y%m%d%H%M%S.0")))
    if parts.links(record) or parts.doi(record):
        found.fields.append(Field("007", data="cr |||||||||||"))
    found.fields.append(Field("008", data=_fixed(record, kind, level)))
    fields = [field for field in _fields(item, record, level) if field.subfields]
    found.fields.extend(sorted(fields, key=_place))
    return found


def _place(field: Field) -> str:
    """By tag, but people and bodies in the order of the work."""
    return "700" if field.tag in ("700", "710") else field.tag


def _fitted(record: MarcRecord) -> MarcRecord:
    """The record within what ISO 2709 can count: longest texts cut, then the last of the repeated fields left out."""
    for field in record.fields:
        while not field.control_field and len(field.as_marc("utf-8")) > _MAX_FIELD:
            _cut(field)
    size = sum(len(field.as_marc("utf-8")) + 12 for field in record.fields) + 26
    # What can be missed first: the many authors behind the first, keywords, notes; never title, journal or links.
    for tag in ("710", "700", "653", "500", "520", "246", "024", "856"):
        for field in reversed(record.get_fields(tag)):
            if size <= _MAX_RECORD:
                return record
            size -= len(field.as_marc("utf-8")) + 12
            record.remove_field(field)
    return record


def _cut(field: Field) -> None:
    """Make the field's longest subfield shorter, by as much as is too much."""
    longest = max(range(len(field.subfields)), key=lambda n: len(field.subfields[n].value))
    code, value = field.subfields[longest]
    data = value.encode()
    over = len(field.as_marc("utf-8")) - _MAX_FIELD
    field.subfields[longest] = Subfield(code, data[: max(0, len(data) - over)].decode(errors="ignore"))


def _fixed(record: Record, kind: str, level: str) -> str:
    """008, forty characters: date entered, date published, place, what the kind asks for, language."""
    moment = _moment(record.datestamp)
    entered = moment.strftime("%y%m%d") if moment else "000000"
    online = "o" if parts.links(record) or parts.doi(record) else " "
    if level in ("b", "s"):
        special = f"uu p {online}     0    0"
    elif kind in ("a", "t"):
        nature = {kinds.THESIS: "m", kinds.REPORT: "t"}.get(record.format, " ")
        special = f"     {online}{nature}    {_conference(record)}00 0 "
    else:
        special = "|" * 17
    code = next((marc_language(code) for code in record.languages if marc_language(code)), "und")
    return f"{entered}{_dates(parts.date(record))}xx {special}{code} d"


def _dates(date: str) -> str:
    """008/06-14: a detailed date, a year alone, or none."""
    digits = date.replace("-", "")
    if len(digits) > 4:
        return f"e{digits:<8}"
    return f"s{digits}    " if digits else "nuuuuuuuu"


def _conference(record: Record) -> str:
    return "1" if record.format in (kinds.CONFERENCE_PAPER, kinds.PROCEEDINGS) else "0"


def _fields(item: Item, record: Record, level: str) -> Iterator[Field]:
    yield from _numbers(record)
    yield from _people(record)
    yield from _titles(record)
    yield _field("250", "  ", ("a", record.edition))
    date = parts.date(record)
    yield _field("264", " 1", ("a", record.place), ("b", record.publisher), ("c", date))
    is_online = bool(parts.links(record) or parts.doi(record))
    yield _field("300", "  ", ("a", record.extent or ("1 online resource" if is_online else "")))
    word, code = _CONTENT[_TYPES.get(record.format, "a")]
    yield _field("336", "  ", ("a", word), ("b", code), ("2", "rdacontent"))
    if is_online:
        yield _field("337", "  ", ("a", "computer"), ("b", "c"), ("2", "rdamedia"))
        yield _field("338", "  ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier"))
    for series in record.series:
        yield _field("490", "0 ", ("a", series.title), ("x", series.issn), ("v", series.number))
    yield from (_field("500", "  ", ("a", note)) for note in (parts.retraction(record), *record.notes))
    yield from (_field("520", "3 ", ("a", text.value)) for text in parts.abstracts(record))
    yield _licence(parts.line(record.licence))
    for subject in record.subjects:
        if subject.scheme == "MeSH":
            yield _field("650", " 2", ("a", subject.value))
        else:
            yield _field("653", "  ", ("a", subject.value))
    yield from (_field("655", " 4", ("a", genre)) for genre in record.genres)
    yield _host(record, level)
    yield from (_linked(relation) for relation in record.relations if relation.title or relation.value)
    yield from _addresses(record, item.url)


_LINKS: Mapping[str, str] = {
    "data": "786",
    "earlier": "780",
    "later": "785",
    "part": "774",
    "version": "775",
    "whole": "772",
}
_TOLD: Mapping[str, str] = {"retraction": "Retracted by", "correction": "Corrected by", "preprint": "Preprint"}


def _linked(relation: Relation) -> Field:
    """A linking entry: by its tag where MARC has one for the kind, else 787 with the kind in words."""
    known = {"isbn": "z", "issn": "x"}.get(relation.scheme, "o")
    number = relation.value if known != "o" or not relation.value else f"{relation.scheme}:{relation.value}"
    if tag := _LINKS.get(relation.kind):
        return _field(tag, "00" if tag in ("780", "785") else "0 ", ("t", relation.title), (known, number))
    told = _TOLD.get(relation.kind, "Related work")
    return _field("787", "08", ("i", f"{told}:"), ("t", relation.title), (known, number))


def _numbers(record: Record) -> Iterator[Field]:
    yield from (_field("010", "  ", ("a", number)) for number in parts.identifiers(record, "lccn"))
    yield from (_field("020", "  ", ("a", number)) for number in parts.identifiers(record, "isbn"))
    yield from (_field("022", "  ", ("a", number)) for number in parts.issns(record))
    for scheme, source in _SCHEMES.items():
        for value in parts.identifiers(record, scheme):
            yield _field("024", "7 ", ("a", value), ("2", source))
    source, identifier = parts.line(record.source), parts.line(record.source_identifier)
    yield _field("035", "  ", ("a", f"({source}){identifier}" if identifier else ""))
    yield from (_field("035", "  ", ("a", number)) for number in parts.identifiers(record, "other"))
    yield _field("040", "  ", ("b", "eng"), ("e", "rda"))
    codes = list(dict.fromkeys(marc_language(code) for code in record.languages if marc_language(code)))
    if len(codes) > 1:
        yield _field("041", "  ", *(("a", code) for code in codes))
    for subject in record.subjects:
        if subject.scheme == "LCC" and subject.code:
            yield _field("050", " 4", ("a", subject.code))
    yield from (_field("050", " 4", ("a", number)) for number in record.call_numbers)


def _people(record: Record) -> Iterator[Field]:
    """The first author as main entry, everybody else as added entries."""
    authors = parts.authors(record)
    for number, person in enumerate((*authors, *parts.others(record))):
        is_main = number == 0 and bool(authors)
        yield _person(person, "1" if is_main else "7")


def _person(person: Contributor, block: str) -> Field:
    code, word = relator(person.role)
    name = name_of(person)
    told = (
        *(("u", affiliation) for affiliation in person.affiliations[:1]),
        ("4", code),
        ("1", f"https://orcid.org/{person.orcid}" if person.orcid else ""),
    )
    if person.is_organisation:
        return _field(f"{block}10", "2 ", ("a", name.family), ("e", word), *told)
    inverted = ", ".join(part for part in (name.family, name.given) if part)
    return _field(f"{block}00", "1 " if name.given else "0 ", ("a", inverted), ("c", name.suffix), ("e", word), *told)


def _titles(record: Record) -> Iterator[Field]:
    titles = list(parts.titles(record))
    title = titles[0].value if titles else "[Untitled]"
    known = [titles[0].language] if titles and titles[0].language else record.languages or record.container.languages
    is_english = set(known) == {"eng"}
    skipped = len(title) - len(strip_articles(title)) if is_english else 0
    yield _field("245", f"{1 if parts.authors(record) else 0}{skipped}", ("a", title))
    yield from (_field("246", "31", ("a", text.value)) for text in titles[1:])


def _licence(licence: str) -> Field:
    return _field("540", "  ", ("u", licence)) if parts.is_web_address(licence) else _field("540", "  ", ("a", licence))


def _host(record: Record, level: str) -> Field:
    """773: the journal or book, in $g how one cites the place in it, in $q what programs read of it."""
    container = record.container
    title = parts.line(container.title)
    if not title or level == "s":
        return _field("773", "0 ")
    volume, issue, pages = parts.line(container.volume), parts.line(container.issue), parts.pages(record)
    article = parts.line(container.article_number)
    where = (
        f"volume {volume}" if volume else "",
        f"number {issue}" if issue else "",
        f"({parts.year(record)})" if parts.year(record) else "",
        f"pages {pages}" if pages else "",
        f"article {article}" if article else "",
    )
    first = parts.line(container.start_page) or article
    enumeration = ":".join(part for part in (volume, issue) if part)
    return _field(
        "773",
        "0 ",
        ("t", title),
        ("p", container.abbreviation),
        ("g", ", ".join(part for part in where if part).replace(", (", " (")),
        ("x", next(iter(parts.issns(record)), "")),
        ("q", f"{enumeration}<{first}" if enumeration and first else ""),
    )


def _addresses(record: Record, page: str) -> Iterator[Field]:
    doi = parts.doi(record)
    for url in parts.links(record) or ([parts.doi_url(doi)] if doi else []):
        yield _field("856", "40", ("u", url), ("y", "Full text"))
    yield _field("856", "42", *((("u", page), ("y", "Record")) if page else ()))


def _field(tag: str, indicators: str, *subfields: tuple[str, str]) -> Field:
    """A field of the subfields that have a text. Braces and the like need no escape; delimiters are no text."""
    found = [Subfield(code, text) for code, value in subfields if (text := parts.line(value))]
    return Field(tag, Indicators(indicators[0], indicators[1]), subfields=found)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")


def _moment(datestamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(datestamp) if _MOMENT.fullmatch(datestamp) else None
    except ValueError:
        return None
