"""RIS: what EndNote, Zotero, Mendeley, Rayyan, Covidence and ASReview import, abstracts included.

Source of the tags: the RIS specification as EndNote prints it today, and what Zotero's RIS translator makes of each.
An article number stands in C7, where EndNote has it, and, without pages, in SP too, where all others look for it.
"""

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.model import Record
from bookwheel.records.names import name_of

TYPES: Mapping[str, str] = {
    kinds.ARTICLE: "JOUR",
    kinds.BOOK: "BOOK",
    kinds.CHAPTER: "CHAP",
    kinds.CONFERENCE_PAPER: "CONF",
    kinds.PROCEEDINGS: "CONF",
    kinds.DATASET: "DATA",
    kinds.JOURNAL: "JFULL",
    kinds.PREPRINT: "UNPB",
    kinds.REPORT: "RPRT",
    kinds.SOFTWARE: "COMP",
    kinds.THESIS: "THES",
    kinds.AUDIO: "SOUND",
    kinds.IMAGE: "ART",
    kinds.MANUSCRIPT: "MANSCPT",
    kinds.MAP: "MAP",
    kinds.SCORE: "MUSIC",
    kinds.VIDEO: "VIDEO",
    kinds.WEBSITE: "ELEC",
}

_IN_A_WHOLE = ("JOUR", "CHAP", "CONF")
"""Their editors are A2; a book's own are ED, since A2 is a book's series editor."""


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b""
    for item in items:
        lines = [f"{tag}  - {value}" for tag, value in _tags(item) if value]
        # CR LF is the line end of the specification; readers take both.
        yield "".join(f"{text}\r\n" for text in (*lines, "ER  - ", "")).encode()
    yield b""


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    record = item.record
    kind = TYPES.get(record.format, "GEN")
    title, *more_titles = [text.value for text in parts.titles(record)] or [""]
    yield "TY", kind
    yield "TI", title
    yield from (("TT", text) for text in more_titles)
    yield from (("AU", parts.line(name_of(person).inverted)) for person in parts.authors(record))
    editor = "A2" if kind in _IN_A_WHOLE else "ED"
    yield from ((editor, parts.line(name_of(person).inverted)) for person in parts.others(record, "editor"))
    yield from (("A4", parts.line(name_of(person).inverted)) for person in parts.others(record, "translator"))
    yield from _container(record, kind)
    yield "PY", parts.year(record)
    yield "DA", _date(parts.date(record))
    yield "AD", "; ".join(dict.fromkeys(parts.line(a) for person in record.contributors for a in person.affiliations))
    yield "PB", parts.line(record.publisher)
    yield "CY", parts.line(record.place)
    yield "ET", parts.line(record.edition)
    yield "M3", parts.line(next(iter(record.genres), ""))
    yield from (("SN", number) for number in (parts.issns(record) + parts.identifiers(record, "isbn")))
    yield "DO", parts.doi(record)
    yield "LA", ", ".join(language_tag(code) for code in record.languages if language_tag(code))
    yield from (("AB", text.value) for text in parts.abstracts(record))
    yield from (("KW", subject) for subject in parts.subjects(record))
    yield "N1", parts.retraction(record)
    yield from (("N1", parts.line(note)) for note in record.notes)
    numbers = [value for s in ("pmid", "pmcid", "other") for value in parts.identifiers(record, s)]
    yield "AN", next(iter(numbers), "")
    yield "C2", next((value for value in parts.identifiers(record, "pmcid") if value != numbers[0]), "")
    # By the database readers know whose number it is.
    yield "DB", "PubMed" if parts.identifiers(record, "pmid") else ""
    yield from (("UR", url) for url in parts.links(record) or [parts.line(item.url)])
    yield "ID", parts.line(item.id)


def _container(record: Record, kind: str) -> Iterator[tuple[str, str]]:
    container = record.container
    series = [parts.line(s.title) for s in record.series]
    if kind == "BOOK":
        yield "T2", next(iter(series), "")
        yield "VL", parts.line(record.series[0].number) if record.series else ""
        yield "SP", parts.line(record.extent)
        return
    yield "T2", parts.line(container.title)
    yield from (("T3", title) for title in series)
    yield "J2", parts.line(container.abbreviation)
    yield "VL", parts.line(container.volume)
    yield "IS", parts.line(container.issue)
    yield "SP", parts.line(container.start_page) or parts.line(container.article_number)
    yield "EP", parts.line(container.end_page)
    yield "C7", parts.line(container.article_number)


def _date(date: str) -> str:
    """ "2012-03" → "2012/03//": year, month, day, other information; a year alone stands in PY."""
    year, month, day = [*date.split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/" if month else ""
