"""Files of XML records: MARCXML, PubMed's citations, JATS articles, MODS and EndNote's libraries.

A document's first tags say which; its records are elements of one name each, cut out byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from bookwheel.records.raw import RawRecord
from bookwheel.sources import cutting
from bookwheel.sources.forms import Form, OpenFile

_FIRST_TAGS = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_QUOTED = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<\?.*?\?>", re.DOTALL)
_FIRST_TAGS_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class XmlForm:
    """`units` are the records' elements, `roots` what may be the document's own, `signs` what a record begins with.

    `identifiers` are tried in their order on a record's bytes, their groups being the source's identifier; for a record
    without any its format finds one. `datestamp` has groups of year, month and day.
    """

    format: str
    name: str
    units: tuple[str, ...]
    roots: tuple[str, ...]
    signs: re.Pattern[bytes]
    identifiers: tuple[re.Pattern[bytes], ...]
    datestamp: re.Pattern[bytes] | None = None
    deletions: str = ""
    """Element that lists the identifiers of records withdrawn."""

    def recognise(self, sample: bytes) -> str | None:
        sample = sample.replace(b"\x00", b"")
        if b"<" not in sample[:1000]:
            return None
        sample = _QUOTED.sub(b"", sample)
        first = [
            tag[1].decode() for tag, _ in zip(_FIRST_TAGS.finditer(sample), range(_FIRST_TAGS_LOOKED_AT), strict=False)
        ]
        is_it = bool(first) and first[0] in (*self.roots, *self.units) and bool(self.signs.search(sample))
        return self.format if is_it else None

    def cut(self, file: OpenFile) -> Iterator[RawRecord]:
        names = (*self.units, self.deletions) if self.deletions else self.units
        for piece in cutting.elements(file.stream, names):
            if self.deletions and piece.payload.startswith(b"<" + self.deletions.encode()):
                yield from self._deleted(file, piece.payload)
            else:
                yield self._record(file, piece.payload)

    def _record(self, file: OpenFile, payload: bytes) -> RawRecord:
        matches = (pattern.search(payload) for pattern in self.identifiers)
        found = (text for match in matches if match and (text := "-".join(map(_text, match.groups()))))
        date = self.datestamp.search(payload) if self.datestamp else None
        datestamp = "-".join(f"{int(part):02}" for part in date.groups()) if date else ""
        return file.record(payload, self.format, next(found, ""), datestamp)

    def _deleted(self, file: OpenFile, payload: bytes) -> Iterator[RawRecord]:
        for match in self.identifiers[0].finditer(payload):
            yield replace(file.record(b"", self.format, _text(match[1])), deleted=True)


def _text(data: bytes) -> str:
    return " ".join(unescape(data.decode(errors="replace")).split())


MARCXML = XmlForm(
    "marcxml",
    "MARCXML",
    ("record",),
    ("collection",),
    re.compile(rb"<(?:[\w.-]+:)?(?:leader\s*>|(?:control|data)field\s[^>]{0,50}tag\s*=)"),
    (re.compile(rb"""<(?:[\w.-]+:)?controlfield\s[^>]{0,50}?tag\s*=\s*["']001["'][^>]*>([^<]{1,200})<"""),),
    re.compile(rb"""<(?:[\w.-]+:)?controlfield\s[^>]{0,50}?tag\s*=\s*["']005["'][^>]*>\s*(\d{4})(\d\d)(\d\d)"""),
)
PUBMED = XmlForm(
    "pubmed",
    "PubMed XML",
    ("PubmedArticle", "PubmedBookArticle"),
    ("PubmedArticleSet", "PubmedBookArticleSet"),
    re.compile(rb"<(?:PMID|DeleteCitation)[\s>]"),
    (re.compile(rb"<PMID(?:\s[^>]*)?>\s*(\d{1,10})\s*<"),),
    re.compile(rb"<DateRevised(?:\s[^>]*)?>\s*<Year>(\d{4})</Year>\s*<Month>(\d{1,2})</Month>\s*<Day>(\d{1,2})</Day>"),
    "DeleteCitation",
)
_ARTICLE_ID = rb"""<article-id\s[^>]{0,200}?pub-id-type\s*=\s*["'](?:%s)["'][^>]*>\s*([^<]{1,300}?)\s*<"""
JATS = XmlForm(
    "jats",
    "JATS articles",
    ("article",),
    ("articles", "pmc-articleset"),
    re.compile(rb"<(?:front|article-meta|journal-meta)[\s>]"),
    tuple(re.compile(_ARTICLE_ID % kind) for kind in (rb"pmcid|pmc", rb"doi", rb"publisher-id")),
)
MODS = XmlForm(
    "mods",
    "MODS",
    ("mods",),
    ("modsCollection",),
    re.compile(rb"<(?:[\w.-]+:)?(?:titleInfo|originInfo|recordInfo|typeOfResource|identifier)[\s>]"),
    (
        re.compile(rb"<(?:[\w.-]+:)?recordIdentifier(?:\s[^>]*)?>\s*([^<]{1,300}?)\s*<"),
        re.compile(rb"<(?:[\w.-]+:)?identifier(?:\s[^>]*)?>\s*([^<]{1,300}?)\s*<"),
    ),
)
ENDNOTE = XmlForm(
    "endnote_xml",
    "EndNote XML",
    ("record",),
    ("xml", "records"),
    re.compile(rb"<(?:ref-type|contributors|titles|source-app|database|rec-number)[\s/>]"),
    # A library's own number says nothing outside of it; with the library's id it does.
    (re.compile(rb"""<key\s[^>]{0,100}?db-id\s*=\s*["']([^"']{1,80})["'][^>]*>\s*(\d{1,12})\s*<"""),),
)

FORMS = tuple(
    Form(form.name, (form.format,), form.recognise, form.cut) for form in (MARCXML, PUBMED, JATS, MODS, ENDNOTE)
)
