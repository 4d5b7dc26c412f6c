"""EndNote's XML, which EndNote imports with every field in its place, and Zotero and bibutils read too."""

from collections.abc import Iterable, Iterator, Mapping

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.exports.xml import DECLARATION, Xml, element, leaf
from bookwheel.records import kinds
from bookwheel.records.languages import language_name
from bookwheel.records.model import Contributor
from bookwheel.records.names import name_of

_TYPES: Mapping[str, tuple[str, str]] = {
    kinds.ARTICLE: ("Journal Article", "17"),
    kinds.BOOK: ("Book", "6"),
    kinds.CHAPTER: ("Book Section", "5"),
    kinds.CONFERENCE_PAPER: ("Conference Paper", "47"),
    kinds.PROCEEDINGS: ("Conference Proceedings", "10"),
    kinds.DATASET: ("Dataset", "59"),
    kinds.JOURNAL: ("Serial", "57"),
    kinds.PREPRINT: ("Unpublished Work", "34"),
    kinds.REPORT: ("Report", "27"),
    kinds.SOFTWARE: ("Computer Program", "9"),
    kinds.THESIS: ("Thesis", "32"),
    kinds.AUDIO: ("Audiovisual Material", "3"),
    kinds.IMAGE: ("Artwork", "2"),
    kinds.MANUSCRIPT: ("Manuscript", "36"),
    kinds.MAP: ("Map", "20"),
    kinds.SCORE: ("Music", "61"),
    kinds.VIDEO: ("Film or Broadcast", "21"),
    kinds.WEBSITE: ("Web Page", "12"),
}


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield f"{DECLARATION}<xml><records>\n".encode()
    for item in items:
        yield f"{_record(item)}\n".encode()
    yield b"</records></xml>\n"


def _record(item: Item) -> Xml:
    record, container = item.record, item.record.container
    title, *more_titles = [text.value for text in parts.titles(record)] or [""]
    kind, number = _TYPES.get(record.format, ("Generic", "13"))
    notes = [parts.retraction(record), *map(parts.line, record.notes)]
    return element(
        "record",
        leaf("source-app", "Bookwheel", {"name": "Bookwheel"}),
        leaf("ref-type", number, {"name": kind}),
        element(
            "contributors",
            _people("authors", parts.authors(record)),
            _people("secondary-authors", parts.others(record, "editor")),
            _people("subsidiary-authors", parts.others(record, "translator")),
        ),
        leaf("auth-address", "; ".join(dict.fromkeys(map(parts.line, _affiliations(record.contributors))))),
        element(
            "titles",
            leaf("title", title),
            leaf("secondary-title", parts.line(container.title)),
            leaf("tertiary-title", parts.line(record.series[0].title) if record.series else ""),
            leaf("alt-title", parts.line(container.abbreviation)),
            leaf("translated-title", "; ".join(more_titles)),
        ),
        _periodical(parts.line(container.title), parts.line(container.abbreviation)),
        leaf("pages", parts.place_in(record)),
        leaf("volume", parts.line(container.volume)),
        leaf("number", parts.line(container.issue)),
        leaf("edition", parts.line(record.edition)),
        _list("keywords", "keyword", parts.subjects(record)),
        element("dates", leaf("year", parts.year(record)), _list("pub-dates", "date", _date(parts.date(record)))),
        leaf("pub-location", parts.line(record.place)),
        leaf("publisher", parts.line(record.publisher)),
        leaf("isbn", "; ".join(parts.issns(record) + parts.identifiers(record, "isbn"))),
        leaf("accession-num", next(iter(parts.identifiers(record, "pmid")), "")),
        leaf("electronic-resource-num", parts.doi(record)),
        leaf("abstract", " ".join(text.value for text in parts.abstracts(record))),
        leaf("notes", "; ".join(note for note in notes if note)),
        leaf("label", parts.line(item.id)),
        leaf("work-type", parts.line(next(iter(record.genres), ""))),
        element("urls", _list("related-urls", "url", parts.links(record) or [parts.line(item.url)])),
        leaf("custom7", parts.line(container.article_number)),
        leaf("language", ", ".join(language_name(code) for code in record.languages)),
    )


def _people(name: str, people: list[Contributor]) -> Xml:
    """Names inverted; a body's ends in a comma, which tells EndNote not to turn it round."""
    return _list(
        name,
        "author",
        [parts.line(name_of(person).inverted) + ("," if person.is_organisation else "") for person in people],
    )


def _affiliations(people: Iterable[Contributor]) -> Iterator[str]:
    return (affiliation for person in people for affiliation in person.affiliations)


def _periodical(title: str, abbreviation: str) -> Xml:
    return element("periodical", leaf("full-title", title), leaf("abbr-1", abbreviation)) if title else Xml()


def _list(name: str, part: str, values: Iterable[str]) -> Xml:
    pieces = [leaf(part, value) for value in values if value]
    return element(name, *pieces) if pieces else Xml()


def _date(date: str) -> list[str]:
    return [date] if len(date) > 4 else []
