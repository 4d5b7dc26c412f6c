"""A reference as citation managers keep it, values still as they came, and the Record made from it.

RIS, BibTeX, Web of Science and tables differ in how they write a reference, hardly in what one is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bookwheel.formats import abstracts, parts, pubmed_parts
from bookwheel.formats.identity import address, fingerprint
from bookwheel.formats.parts import date_in_words, without_full_stop
from bookwheel.formats.reading import Findings, plain, shown
from bookwheel.records import identifiers, kinds
from bookwheel.records.dates import date_of_parts, publication_date
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Series,
    Subject,
    Text,
)
from bookwheel.records.names import split_name
from bookwheel.records.raw import RawRecord

WHOLE = (kinds.BOOK, kinds.PROCEEDINGS, kinds.REPORT, kinds.THESIS, kinds.JOURNAL)
"""What stands by itself: its volume is one of a series, its pages how long it is."""


@dataclass(slots=True)
class Reference:
    """One reference. `identifier` is its own where its format has one that is unique; dates are tried in order.

    `numbers` are ISSN and ISBN in any wording; `pages` are both pages or the article's number. `accession` is what its
    database knows it by: the same work from two databases stays two records.
    """

    kind: str = kinds.OTHER
    identifier: str = ""
    accession: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    container: str = ""
    abbreviation: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    end_page: str = ""
    article_number: str = ""
    numbers: list[str] = field(default_factory=list)
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    identifiers: list[Identifier] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    publisher: str = ""
    place: str = ""
    edition: str = ""
    extent: str = ""
    series: list[Series] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    licence: str = ""
    genres: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_retracted: bool = False


def to_record(found: Reference, raw: RawRecord, prefix: str, findings: Findings) -> Record | None:
    """The Record of a reference; None when there is nothing a reader could know it by."""
    titles = [text for title in found.titles if (text := _title(title))]
    contributors = tuple(person for person in found.contributors if person.name)
    languages = parts.languages(found.languages, findings, frozenset(("und", "mul", "n/a", "none")))
    published = _published(found.dates, findings)
    container = _container(found, findings)
    known = _identifiers(found, findings)
    identifier = raw.identifier or plain(found.identifier)[:200] or fingerprint(
        *titles[:1], contributors[0].name if contributors else "", published.value[:4] if published else "",
        found.kind, found.doi, found.container, found.volume, found.issue, found.pages or found.article_number,
        *found.accession,
    )  # fmt: skip
    bodies = [text for text in map(abstracts.from_jats, found.abstracts) if text]
    record = Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp,
        format=found.kind,
        record_format=raw.format,
        # Databases translate titles and abstracts, so that the language of the work says nothing of theirs.
        title=Text(titles[0] if titles else ""),
        other_titles=tuple(map(Text, dict.fromkeys(titles[1:]))),
        contributors=contributors,
        container=container,
        published=published,
        publisher=plain(found.publisher),
        abstract=Text(bodies[0] if bodies else ""),
        other_abstracts=tuple(map(Text, dict.fromkeys(bodies[1:]))),
        languages=languages,
        subjects=tuple(dict.fromkeys(subject for subject in found.subjects if subject.value)),
        identifiers=known,
        links=tuple(dict.fromkeys(found.links)),
        licence=_licence(found.licence),
        genres=_lines(found.genres),
        edition=plain(found.edition),
        place=plain(found.place),
        extent=plain(found.extent),
        series=tuple(dict.fromkeys(series for series in found.series if series.title)),
        notes=_lines(found.notes),
        relations=(Relation("retraction"),) if found.is_retracted else (),
    )
    return parts.checked(parts.with_all_text(record, findings), findings)


def _title(text: str) -> str:
    """Without what databases add: a full stop, and the brackets around a title they translated themselves."""
    return "".join(without_full_stop(title.value) for title in pubmed_parts.titles(abstracts.inline(text), "", ())[:1])


def people(names: Iterable[str], role: str = "author", affiliations: tuple[str, ...] = ()) -> list[Contributor]:
    """Persons written "Family, Given, Suffix" in parts, all others as printed."""
    return [person(name, role, affiliations) for name in names if plain(name)]


def person(name: str, role: str = "author", affiliations: tuple[str, ...] = ()) -> Contributor:
    name = plain(name).strip(";, ")
    family, comma, given = name.partition(", ")
    if comma and given.isupper() and "," not in given:
        # "Platt, SR" has initials; a suffix is written "Sr.".
        return parts.person(family, given, role=role, affiliations=affiliations)
    if name.count(",") in (1, 2):
        found = split_name(name)
        if found.given or found.suffix:
            return parts.person(found.family, found.given, found.suffix, role=role, affiliations=affiliations)
    return Contributor(name, role, affiliations=affiliations)


def links(texts: Iterable[str], kind: str = "fulltext", content_type: str = "") -> list[Link]:
    """Addresses, several in one value too."""
    found = (parts.web_address(part) for text in texts for part in re.split(r"[\s;]+(?=https?://)", text.strip()))
    return [Link(url, kind, content_type) for url in found if url]


def keywords(texts: Iterable[str], separator: str = "", scheme: str = "keyword") -> list[Subject]:
    split = (part for text in texts for part in (re.split(separator, text) if separator else [text]))
    return [Subject(text, scheme) for text in map(plain, split) if text]


_SLASHED = re.compile(r"(\d{4})(?:/(\d{0,2}))?(?:/(\d{0,2}))?(?:/(.*))?")


def _published(texts: list[str], findings: Findings) -> PublicationDate | None:
    """The first date of any precision, more exactly where a later one is of the same year."""
    found = [date for date in map(_date, texts) if date]
    if not found:
        if texts:
            findings.problem("published", f"{shown(texts[0])} is no date between 1400 and 2100: left out")
        return None
    return max((date for date in found if date.year == found[0].year), key=lambda date: len(date.value))


def _date(text: str) -> PublicationDate | None:
    """RIS's "2012/03/15/other", ISO 8601, or words."""
    text = plain(text)[:100]
    if match := _SLASHED.fullmatch(text):
        year, month, day, other = (part or "" for part in match.groups())
        exact = date_of_parts([year, month, day])
        if exact and not month and other and (words := date_in_words(f"{year} {other}")):
            return PublicationDate(words.value, text)
        return exact and PublicationDate(exact.value, text)
    return publication_date(text) if re.match(r"\d{4}(?:-|$)", text) else date_in_words(text) or publication_date(text)


def _container(found: Reference, findings: Findings) -> Container:
    issn, eissn = _issns(found.numbers, findings)
    if found.kind in WHOLE:
        return Container(title=plain(found.container) if found.kind == kinds.JOURNAL else "", issn=issn, eissn=eissn)
    written = f"{found.pages}-{found.end_page}" if found.pages.isalnum() and found.end_page.isalnum() else found.pages
    start, end = parts.pages(written) if not _NO_PAGES.match(found.pages) else ("", "")
    number, last = plain(found.article_number), end or plain(found.end_page if start else "")
    if start and last in ("", start) and (start == number or (not number and parts.is_article_number(start))):
        start, last, number = "", "", start
    return Container(
        title=abstracts.words(found.container),
        volume=plain(found.volume),
        issue=plain(found.issue),
        start_page=start,
        end_page=last if last != start else "",
        article_number=number,
        issn=issn,
        eissn=eissn,
        abbreviation=plain(found.abbreviation),
    )


_NO_PAGES = re.compile(r"no(?: pagination| page|$)|n/?a$|np$|unpaged|-$|\?", re.I)

_NUMBER = re.compile(r"[\dXx][\dXx‐-― -]{6,16}[\dXx](?![\dXx])\s*(?:\((\w+)\))?")


def _numbers(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Each number with what stands in brackets behind it: "1234-567X (Electronic)"."""
    spread = (part for text in texts for part in re.split(r"[,;/]|(?<=\))|\s+(?=\d{4}-\d{3}[\dXx])", text))
    return [
        (match[0].partition("(")[0].strip(), (match[1] or "").lower()) for t in spread if (match := _NUMBER.search(t))
    ]


def _issns(texts: list[str], findings: Findings) -> tuple[str, str]:
    found: dict[str, str] = {}
    for number, kind in _numbers(texts):
        if identifiers.issn(number) and not identifiers.isbn(number):
            found.setdefault(parts.issn(number, findings), kind)
    electronic = [number for number, kind in found.items() if kind.startswith(("elec", "online", "e"))]
    printed = [number for number in found if number not in electronic]
    if len(printed) > 1 and not electronic:
        electronic = printed[1:]
    return next(iter(printed), ""), next(iter(electronic), "")


def _identifiers(found: Reference, findings: Findings) -> tuple[Identifier, ...]:
    pmid = identifiers.pmid(found.pmid) or identifiers.pmid(f"pmid:{found.pmid.strip()}")
    listed = [
        Identifier("doi", parts.doi(found.doi, findings)),
        Identifier("pmid", pmid),
        Identifier("pmcid", identifiers.pmcid(found.pmcid)),
        *(Identifier("isbn", identifiers.isbn(number)) for number, _ in _numbers(found.numbers)),
        *found.identifiers,
    ]
    return tuple(dict.fromkeys(identifier for identifier in listed if identifier.value))


def _licence(text: str) -> str:
    return parts.licence([text]) or plain(text)[:200]


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(abstracts.words, texts) if text))
