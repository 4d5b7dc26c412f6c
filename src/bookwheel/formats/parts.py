"""Parts of a Record that many formats make alike: checked identifiers, pages, licences, dates in words, texts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html.entities import html5

from bookwheel.formats.reading import Findings, glued, plain, shown
from bookwheel.records import identifiers
from bookwheel.records.dates import FIRST_YEAR, LAST_YEAR, publication_date
from bookwheel.records.languages import language_code
from bookwheel.records.limits import MAX_ALL_TEXT, MAX_CONTRIBUTORS, MAX_INDEXED_ABSTRACT
from bookwheel.records.model import Contributor, PublicationDate, Record, Text


def checked(record: Record, findings: Findings) -> Record | None:
    """The record with its caps kept and told; None when it has no id or nothing a reader could know it by."""
    if not record.id:
        findings.problem("id", "no identifier: the record has no address", "error")
        return None
    if not (record.title.value or record.contributors or record.identifiers or record.links):
        findings.problem("title", "neither title, contributor, identifier nor link: nothing to show", "error")
        return None
    if not record.title.value:
        findings.problem("title", "no title", "error")
    count = len(record.contributors)
    if count > MAX_CONTRIBUTORS:
        findings.problem("contributors", f"{count} contributors; the first {MAX_CONTRIBUTORS} are kept")
        record = replace(record, contributors=record.contributors[:MAX_CONTRIBUTORS])
    if len(record.abstract.value.encode()) > MAX_INDEXED_ABSTRACT:
        findings.problem("abstract", f"longer than {MAX_INDEXED_ABSTRACT} bytes; only its beginning is indexed", "note")
    return record


def all_text(pieces: Iterable[str], findings: Findings) -> str:
    """Every text of a payload, blanks between, for the index's catch-all."""
    text = glued(f"{piece} " for piece in pieces)
    if len(text) > MAX_ALL_TEXT:
        findings.problem("all_text", f"{len(text)} characters; the first {MAX_ALL_TEXT} are kept", "note")
    return text[:MAX_ALL_TEXT]


def with_all_text(record: Record, findings: Findings) -> Record:
    """The record with the texts of all its fields as catch-all: for payloads that hold no other words."""
    container = record.container
    people = (text for person in record.contributors for text in (person.name, person.orcid, *person.affiliations))
    pieces = (
        record.id, record.datestamp, record.title.value, *(text.value for text in record.other_titles), *people,
        container.title, container.abbreviation, container.volume, container.issue, container.start_page,
        container.end_page, container.article_number, container.issn, container.eissn, record.publisher, record.place,
        record.published.source if record.published else "", record.abstract.value,
        *(text.value for text in record.other_abstracts), *(subject.value for subject in record.subjects),
        *(identifier.value for identifier in record.identifiers), *(link.url for link in record.links),
        *record.genres, record.edition, *(series.title for series in record.series), *record.notes,
    )  # fmt: skip
    return replace(record, all_text=all_text((piece for piece in pieces if piece), findings))


def person(family: str, given: str = "", suffix: str = "", **others: object) -> Contributor:
    """A person whose payload separates the parts of the name: "Werf, Tjip S. van der, Jr.". Nameless when both fail."""
    family, given, suffix = plain(family), plain(given), plain(suffix)
    name = ", ".join(part for part in (family, given, suffix) if part)
    return Contributor(name, family=family, given=given, suffix=suffix, **others)  # type: ignore[arg-type]


def text(value: str, language: str = "") -> Text:
    """A text with its language; an empty one has none."""
    return Text(value, language if value else "")


def texts(found: Iterable[Text]) -> tuple[Text, ...]:
    """Those that say something, each once whatever language it is marked with."""
    kept: dict[str, Text] = {}
    for text in found:
        if text.value:
            kept.setdefault(text.value, text)
    return tuple(kept.values())


def doi(text: str, findings: Findings) -> str:
    found = identifiers.doi(text)
    if text.strip() and not found:
        findings.problem("identifiers.doi", f"{shown(text)} is no DOI: left out")
    return found


def orcid(text: str, findings: Findings) -> str:
    found = identifiers.orcid(text)
    if text.strip() and not found:
        findings.problem("contributors.orcid", f"{shown(text)} is no ORCID: left out")
    return found


def issn(text: str, findings: Findings, field: str = "container.issn") -> str:
    """With its hyphen. A wrong check digit is told and kept, as printed on the journal; no ISSN at all is left out."""
    if not text.strip():
        return ""
    found = identifiers.issn(text)
    if not found:
        findings.problem(field, f"{shown(text)} is no ISSN: left out")
    elif not identifiers.is_issn(found):
        findings.problem(field, f"{found} has a wrong check digit; kept as it is")
    return found


def languages(values: Iterable[str], findings: Findings, ignored: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Codes, each once; values in `ignored` mean "unknown" or "none" in their format and are passed over."""
    codes: dict[str, None] = {}
    for text in values:
        if not text.strip() or text.lower() in ignored:
            continue
        if code := language_code(text):
            codes[code] = None
        else:
            findings.problem("languages", f"unknown language {shown(text)}: left out")
    return tuple(codes)


_PAGES = re.compile(r"([\w.]+)\s*[-–—]\s*([\w.]+)(?:[,; ].*)?")
_DIGITS_AT_END = re.compile(r"\d+$")


def pages(text: str) -> tuple[str, str]:
    """First and last page: "1032-8" → 1032, 1038; "S12-5" → S12, S15; "e1001710" → that and "".

    Bibliographies leave out the digits that did not change, except where the second number is not the greater.
    """
    text = plain(text).removeprefix("pp. ").removeprefix("p. ")
    match = _PAGES.match(text)
    if match is None:
        return text, ""
    start, end = match[1], match[2]
    if end.isdecimal() and len(end) < len(start) and (digits := _DIGITS_AT_END.search(start)):
        whole = digits[0][: len(digits[0]) - len(end)] + end if len(end) <= len(digits[0]) else end
        if int(whole) >= int(digits[0]):
            end = start[: digits.start()] + whole
    return start, end


def is_article_number(text: str) -> bool:
    """Whether what stands for pages is a number of the article: "e1001710", "393864", "ID 12"; "S12" is a page."""
    return bool(re.fullmatch(r"(?:e\d{1,12}|\d{5,12}|(?:article|id|art)\W.{1,20})", text, re.I))


_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licen[sc]es/(?P<terms>by[a-z-]{0,10}|nc-sa)|(?P<zero>publicdomain/zero))"
    r"|\bcc[ -]?(?P<short>by[a-z-]{0,10}|0)\b",
    re.I,
)
_WORDS = re.compile(r"creative commons (?:public domain|cc0)|creative commons attribution((?:[ -][a-z]+){0,4})", re.I)
_TERMS = (("non-?commercial", "NC"), ("no-?deriv", "ND"), ("share-?alike", "SA"))


def licence(candidates: Sequence[str]) -> str:
    """ "CC BY-NC", as DOAJ writes it, from an address or wording; else the first candidate that is an address."""
    for text in candidates:
        if match := _CREATIVE_COMMONS.search(text):
            terms = match["terms"] or match["short"] or "0"
            return "CC0" if terms == "0" else f"CC {terms.rstrip('-').upper()}"
    for text in candidates:
        if match := _WORDS.search(text):
            if match[1] is None:
                return "CC0"
            return "-".join(["CC BY", *(short for word, short in _TERMS if re.search(word, match[1], re.I))])
    return next((text for text in candidates if text.startswith(("http://", "https://"))), "")


def web_address(text: str) -> str:
    """An address over http(s) or ftp, blanks escaped, "http://" added to a host without it; "" for anything else.

    >>> web_address("www.example.org/a b"), web_address("see below"), web_address("javascript:x")
    ('http://www.example.org/a%20b', '', '')
    """
    url = plain(text).replace(" ", "%20")
    if re.match(r"(?:https?|ftp)://[^/]", url, re.I):
        return url
    return f"http://{url}" if re.match(r"www\.[\w-]+\.\w", url) else ""


_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XMLS_OWN = (b"amp", b"lt", b"gt", b"quot", b"apos")


def without_named_entities(payload: bytes) -> bytes:
    """The payload with "&eacute;" and its like as numbers: a document type declares them, which is never fetched."""
    return _NAMED_ENTITY.sub(_numbered, payload)


def _numbered(match: re.Match[bytes]) -> bytes:
    signs = html5.get(f"{match[1].decode()};", "")
    if match[1] in _XMLS_OWN or not signs:
        return match[0]
    return "".join(f"&#{ord(sign)};" for sign in signs).encode()


def without_full_stop(title: str) -> str:
    """Without the one full stop that NLM and EndNote end titles with; "et cetera..." and "in the U.S." keep theirs."""
    title = plain(title)
    last_word = title.rpartition(" ")[2]
    return title[:-1].rstrip() if title.endswith(".") and "." not in last_word[:-1] else title


_MONTH_ROW = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(_MONTH_ROW.split(), 1)}
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_ONE_MONTH = re.compile(r"\d{4} ([A-Za-z]{3})[a-z]*\.?(?: (\d{1,2})?[\d– -]*)?")


def date_in_words(words: str) -> PublicationDate | None:
    """The year, the month where only one is named, the day too.

    "1979 Oct 27" is 1979-10-27, "2017 Dec 12-18" is 2017-12, "1998 Dec-1999 Jan" is 1998.
    """
    years = [int(year) for year in _YEAR.findall(words)]
    year = next((year for year in years if FIRST_YEAR <= year <= LAST_YEAR), 0)
    if not year:
        return None
    match = _ONE_MONTH.fullmatch(words)
    month = MONTHS.get(match[1].lower(), 0) if match else 0
    day = match[2] if match and month and match[2] and words.endswith(f" {match[2]}") else ""
    found = publication_date("-".join(part for part in (str(year), f"{month:02}" if month else "", day) if part))
    return PublicationDate(found.value, words) if found else None
