"""A record as a row of a table, for CSV and spreadsheets: one column for each field, several values joined by "; "."""

from collections.abc import Iterable

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.records.languages import language_name
from bookwheel.records.model import Contributor
from bookwheel.records.names import name_of

COLUMNS = (
    "ID",
    "Type",
    "Title",
    "Other titles",
    "Authors",
    "Editors",
    "Year",
    "Date",
    "Journal or book",
    "Abbreviation",
    "Volume",
    "Issue",
    "Pages",
    "Article number",
    "ISSN",
    "ISBN",
    "DOI",
    "PMID",
    "PMCID",
    "Publisher",
    "Place",
    "Edition",
    "Series",
    "Languages",
    "Subjects",
    "Abstract",
    "Other abstracts",
    "Affiliations",
    "ORCID",
    "Links",
    "Licence",
    "Retracted",
    "Notes",
    "Source",
    "Record page",
)
"""Names of the columns, in order; a new one is put at the end, so that what reads them by place goes on working."""


def row(item: Item) -> tuple[str, ...]:
    """The texts of an item's cells, one for each of COLUMNS; single lines of plain text."""
    record, container = item.record, item.record.container
    titles = [text.value for text in parts.titles(record)] or [""]
    abstracts = [text.value for text in parts.abstracts(record)] or [""]
    affiliations = (parts.line(a) for person in record.contributors for a in person.affiliations)
    orcids = (f"{name_of(p).direct} {p.orcid}" for p in record.contributors if p.orcid)
    series = (f"{s.title} {s.number}" for s in record.series)
    return (
        parts.line(item.id),
        parts.line(record.format),
        titles[0],
        _joined(titles[1:]),
        _names(parts.authors(record)),
        _names(parts.others(record, "editor")),
        parts.year(record),
        parts.date(record),
        parts.line(container.title),
        parts.line(container.abbreviation),
        parts.line(container.volume),
        parts.line(container.issue),
        parts.pages(record),
        parts.line(container.article_number),
        _joined(parts.issns(record)),
        _joined(parts.identifiers(record, "isbn")),
        parts.doi(record),
        _joined(parts.identifiers(record, "pmid")),
        _joined(parts.identifiers(record, "pmcid")),
        parts.line(record.publisher),
        parts.line(record.place),
        parts.line(record.edition),
        _joined(parts.line(text) for text in series),
        _joined(language_name(code) for code in record.languages),
        _joined(parts.subjects(record)),
        abstracts[0],
        _joined(abstracts[1:]),
        _joined(dict.fromkeys(affiliations)),
        _joined(parts.line(text) for text in orcids),
        _joined(parts.links(record)),
        parts.line(record.licence),
        parts.retraction(record),
        _joined(map(parts.line, record.notes)),
        parts.line(record.source),
        parts.line(item.url),
    )


def _names(people: list[Contributor]) -> str:
    return _joined(parts.line(name_of(person).inverted) for person in people)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(value for value in values if value)
