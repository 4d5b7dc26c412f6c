"""NBIB, PubMed's own format for reference managers (MEDLINE tags).

Source of the tags: PubMed Help, "MEDLINE / PubMed format". Full names stand in FAU, short ones in AU, an affiliation
behind the author it belongs to. Lines are broken before 88 characters and go on after six blanks, as PubMed's do.
"""

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.records import kinds
from bookwheel.records.languages import marc_language
from bookwheel.records.model import Contributor, Record
from bookwheel.records.names import Name, name_of

_TYPES: Mapping[str, str] = {
    kinds.ARTICLE: "Journal Article",
    kinds.BOOK: "Book",
    kinds.CHAPTER: "Book Chapter",
    kinds.DATASET: "Dataset",
    kinds.PREPRINT: "Preprint",
    kinds.REPORT: "Technical Report",
    kinds.THESIS: "Academic Dissertation",
    kinds.VIDEO: "Video-Audio Media",
}
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WIDTH = 88


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b""
    for item in items:
        # Readers know by this line where a record begins, with a number or without.
        first = f"PMID- {next(iter(parts.identifiers(item.record, 'pmid')), '')}"
        lines = [first, *(_broken(f"{tag:<4}- {value}") for tag, value in _tags(item) if value)]
        yield "".join(f"{text}\r\n" for text in (*lines, "")).encode()
    yield b""


def _broken(line: str) -> str:
    """The line in lines, broken at blanks; a word too long for a line stays whole."""
    lines = []
    while len(line) > _WIDTH:
        blank = line.rfind(" ", 7, _WIDTH + 1)
        blank = line.find(" ", _WIDTH) if blank < 0 else blank
        if blank < 0:
            break
        lines.append(line[:blank])
        line = f"      {line[blank + 1 :]}"
    return "\r\n".join([*lines, line])


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    record, container = item.record, item.record.container
    title, *more_titles = [text.value for text in parts.titles(record)] or [""]
    yield "OWN", parts.line(record.source)
    yield "IS", f"{parts.line(container.issn)} (Print)" if container.issn else ""
    yield "IS", f"{parts.line(container.eissn)} (Electronic)" if container.eissn else ""
    yield from (("ISBN", number) for number in parts.identifiers(record, "isbn"))
    yield "VI", parts.line(container.volume)
    yield "IP", parts.line(container.issue)
    yield "DP", _date(parts.date(record))
    yield "TI", title
    yield from (("TT", text) for text in more_titles)
    yield "PG", parts.place_in(record)
    yield "LID", f"{parts.doi(record)} [doi]" if parts.doi(record) else ""
    yield from (("AB", text.value) for text in parts.abstracts(record))
    yield "CI", parts.line(record.licence)
    yield from _people(parts.authors(record), "FAU", "AU")
    yield from _people(parts.others(record, "editor"), "FED", "ED")
    yield from (("LA", marc_language(code)) for code in record.languages)
    yield from (("PT", value) for value in _kinds(record))
    yield "PL", parts.line(container.country or record.place)
    yield "TA", parts.line(container.abbreviation or container.title)
    yield "JT", parts.line(container.title)
    yield "PB", parts.line(record.publisher)
    yield from (("CTI", parts.line(series.title)) for series in record.series)
    for subject in record.subjects:
        yield "MH" if subject.scheme == "MeSH" else "OT", parts.line(subject.value)
    yield from _notices(record)
    yield "PMC", next(iter(parts.identifiers(record, "pmcid")), "")
    yield "AID", f"{parts.doi(record)} [doi]" if parts.doi(record) else ""
    yield "SO", _source(record)


def _people(people: list[Contributor], full: str, short: str) -> Iterator[tuple[str, str]]:
    for person in people:
        if person.is_organisation:
            # MEDLINE has a tag for bodies as authors alone.
            yield "CN" if full == "FAU" else full, parts.line(name_of(person).inverted)
            continue
        name = name_of(person)
        yield full, parts.line(name.inverted)
        yield short, parts.line(_short(name))
        yield "AUID", f"ORCID: {parts.line(person.orcid)}" if person.orcid else ""
        yield from (("AD", parts.line(affiliation)) for affiliation in person.affiliations)


def _short(name: Name) -> str:
    """ "Cortelezzi A": initials without dots, the suffix behind them without its dot."""
    initials = "".join(word[0].upper() for word in name.given.replace("-", " ").split() if word[0].isalpha())
    return " ".join(part for part in (name.family, initials, name.suffix.rstrip(".")) if part)


def _kinds(record: Record) -> list[str]:
    """Kinds of publication, "Retracted Publication" among them: screening tools look for it here."""
    own = [parts.line(genre) for genre in record.genres] or [_TYPES.get(record.format, "")]
    return list(dict.fromkeys([*own, *(["Retracted Publication"] if record.is_retracted else [])]))


def _notices(record: Record) -> Iterator[tuple[str, str]]:
    tags = {"retraction": "RIN", "correction": "EIN", "concern": "ECI", "preprint": "UOF"}
    for relation in record.relations:
        known = ". ".join(part for part in (parts.line(relation.title), parts.line(relation.value)) if part)
        yield tags.get(relation.kind, ""), known if relation.kind in tags else ""


def _date(date: str) -> str:
    """ "2012-03-05" → "2012 Mar 5"."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    written = _MONTHS[int(month)] if month.isdecimal() and 1 <= int(month) <= 12 else ""
    return " ".join(part for part in (year, written, day.lstrip("0") if written else "") if part)


def _source(record: Record) -> str:
    """The line PubMed prints last: "Adv Hematol. 2012;2012:393864. doi: 10.1155/2012/393864."."""
    container = record.container
    issue = f"({parts.line(container.issue)})" if container.issue else ""
    where = f"{parts.line(container.volume)}{issue}"
    place = parts.place_in(record)
    numbers = _date(parts.date(record)) + (f";{where}" if where else "") + (f":{place}" if place else "")
    title = parts.line(container.abbreviation or container.title)
    doi = f"doi: {parts.doi(record)}" if parts.doi(record) else ""
    return " ".join(f"{part}." for part in (title, numbers, doi) if part)
