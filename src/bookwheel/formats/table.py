"""Rows of tables: CSV with its header, and flat JSON objects, whose keys are the columns."""

import csv as csv_module
import re
from collections.abc import Iterator
from dataclasses import replace

from bookwheel.formats.columns import Columns, guessed, kind_of
from bookwheel.formats.json_values import decoded as decoded_json
from bookwheel.formats.json_values import everything, strings
from bookwheel.formats.reading import Findings, plain, rejected
from bookwheel.formats.reference import Reference, keywords, links, people, to_record
from bookwheel.formats.tagged import decoded
from bookwheel.records import identifiers, kinds
from bookwheel.records.model import Contributor, Series
from bookwheel.records.raw import Provenance, RawRecord, Reading

DELIMITERS = ",;\t|"
_MAX_CELL = 5_000_000

_Row = dict[str, list[str]]
"""Column → its values; a cell of CSV is one value."""


def read_csv(raw: RawRecord, id_prefix: str = "", columns: Columns | None = None) -> Reading:
    """The record of one row, which stands behind the header of its table. Never raises for bad data."""
    findings = Findings()
    text = decoded(raw.payload, findings).replace("\x00", "")
    header, _, _ = text.partition("\n")
    csv_module.field_size_limit(_MAX_CELL)
    try:
        names, *rows = csv_module.reader(text.splitlines(keepends=True), delimiter=delimiter(header))
    except (csv_module.Error, ValueError) as error:
        return rejected(raw, f"no row of a table: {error}")
    if len(rows) != 1:
        return rejected(raw, f"{len(rows)} rows where one was expected")
    if len(rows[0]) > len(names):
        findings.problem("payload", f"{len(rows[0])} cells under {len(names)} columns: the last are left out")
    cells: _Row = {name: [cell] for name, cell in zip(names, rows[0], strict=False) if not _is_blank(cell)}
    return _read(cells, raw, id_prefix, columns, findings)


def read_json(raw: RawRecord, id_prefix: str = "", columns: Columns | None = None) -> Reading:
    """The record of one object. Never raises for bad data."""
    item, wrong = decoded_json(raw)
    if wrong:
        return rejected(raw, wrong)
    cells = {name: strings(value) or list(everything(value)) for name, value in item.items()}
    told = {name: [value for value in values if not _is_blank(value)] for name, values in cells.items()}
    return _read({name: values for name, values in told.items() if values}, raw, id_prefix, columns, Findings())


def _is_blank(cell: str) -> bool:
    """Whether a cell says nothing: R and pandas write words where they know no value."""
    return cell.strip() in ("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None")


def delimiter(header: str) -> str:
    """What stands between the columns of a header."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=bare.count)


def _read(cells: _Row, raw: RawRecord, prefix: str, columns: Columns | None, findings: Findings) -> Reading:
    where = columns.of(cells) if columns else guessed(cells)
    row = {field: [value for name in names for value in cells[name]] for field, names in where.items()}
    record = to_record(_reference(row, columns), raw, prefix or f"{raw.source}-", findings)
    used = {name: field for field, names in where.items() for name in names}
    for name in cells:
        if name in used:
            findings.rules.append(_rule(used[name], name, mapped=columns is not None))
        else:
            findings.unused.append(name)
    return findings.reading(record)


_FIELDS = {
    "type": "format",
    "authors": "contributors",
    "editors": "contributors",
    "translators": "contributors",
    "affiliations": "contributors.affiliations",
    "orcid": "contributors.orcid",
    "container": "container.title",
    "pages": "container",
    "issn": "container",
    "eissn": "container.eissn",
    "isbn": "identifiers",
    "doi": "identifiers.doi",
    "pmid": "identifiers",
    "pmcid": "identifiers",
    "date": "published",
    "year": "published",
    "language": "languages",
    "keywords": "subjects",
    "url": "links",
    "genre": "genres",
    "retracted": "relations",
    **{name: f"container.{name}" for name in ("abbreviation", "volume", "issue", "start_page", "end_page")},
    "article_number": "container.article_number",
}
"""Field of a table → field of a record, where they differ."""


def _rule(field: str, column: str, *, mapped: bool) -> Provenance:
    return Provenance(_FIELDS.get(field, field), column, "by the mapping" if mapped else "by the column's name")


def _reference(row: _Row, columns: Columns | None) -> Reference:
    def first(*names: str) -> str:
        return next((value for name in names for value in row.get(name, ()) if value.strip()), "")

    def several(name: str, separator: str = columns.separator if columns else ";") -> list[str]:
        return [part.strip() for value in row.get(name, ()) for part in value.split(separator) if part.strip()]

    kind = _kind(first("type"), first("container"), columns)
    return Reference(
        kind=kind,
        identifier=first("id"),
        titles=[first("title"), *several("other_titles")],
        contributors=[
            *_authors(row, several("affiliations"), several("orcid"), columns),
            *people(_names(row.get("editors", []), columns), "editor"),
            *people(_names(row.get("translators", []), columns), "translator"),
        ],
        container=first("container"),
        abbreviation=first("abbreviation"),
        volume=first("volume"),
        issue=first("issue"),
        pages=first("pages", "start_page").replace("–", "-"),
        end_page=first("end_page"),
        article_number=first("article_number"),
        numbers=[
            *row.get("issn", ()),
            *(f"{text} (electronic)" for text in row.get("eissn", ())),
            *row.get("isbn", ()),
        ],
        doi=first("doi"),
        pmid=first("pmid"),
        pmcid=first("pmcid"),
        dates=[*row.get("year", ()), *row.get("date", ())],
        publisher=first("publisher"),
        place=first("place"),
        edition=first("edition"),
        extent=first("extent"),
        series=[_series(text) for text in several("series")],
        languages=[part for text in several("language") for part in re.split(r",\s*", text)],
        abstracts=[first("abstract"), *row.get("other_abstracts", ())],
        subjects=keywords(several("keywords")),
        links=links(several("url")),
        licence=first("licence"),
        genres=several("genre") or ([first("type")] if first("type") and not _is_kind(first("type"), columns) else []),
        notes=row.get("notes", []),
        is_retracted=first("retracted").lower() not in ("", "no", "false", "0", "none"),
    )


def _is_kind(word: str, columns: Columns | None) -> bool:
    return bool(columns.kind(word) if columns else kind_of(word))


def _kind(word: str, container: str, columns: Columns | None) -> str:
    found = columns.kind(word) if columns else kind_of(word)
    return found or (kinds.ARTICLE if container else kinds.OTHER)


def _authors(row: _Row, affiliations: list[str], orcids: list[str], columns: Columns | None) -> Iterator[Contributor]:
    authors = people(_names(row.get("authors", []), columns))
    told = [text for text in map(plain, affiliations) if text]
    for place, author in enumerate(authors):
        own = (told[place],) if len(told) == len(authors) else tuple(told) if place == 0 else ()
        found = (text for text in orcids if author.family and author.family in text)
        text = next(found, orcids[place] if len(orcids) == len(authors) else "")
        yield replace(author, affiliations=own, orcid=identifiers.orcid(text.rpartition(" ")[2].strip("()")))


_SHORT_NAMES = re.compile(r"[\w'’-]+(?: [\w'’-]+){0,2} [A-Z]{1,3}(?:, |\.?$)")


def _names(values: list[str], columns: Columns | None) -> list[str]:
    """Names of several cells or of one: at the separator, at "and", at the commas of "Smith J, Doe K"."""
    if len(values) > 1:
        return [name for value in values for name in _names([value], columns)]
    text = values[0] if values else ""
    separator = columns.separator if columns else ";"
    if separator in text:
        return text.split(separator)
    if re.search(r"\band\b", text):
        return re.split(r"\s*,?\s+and\s+", text)
    if text.count(",") and all(_SHORT_NAMES.fullmatch(f"{part}, ") for part in text.rstrip(".").split(", ")):
        return text.rstrip(".").split(", ")
    return [text] if text else []


def _series(text: str) -> Series:
    """ "Lecture Notes 12" → its title and number."""
    match = re.fullmatch(r"(.+?)[,;]?\s+(\d[\w.-]*)", plain(text))
    return Series(match[1], match[2]) if match else Series(plain(text))
