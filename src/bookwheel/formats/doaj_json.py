"""A DOAJ article as JSON: a line of the dump, an answer of the API, or the index's own envelope around either."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from bookwheel.formats import doaj
from bookwheel.formats.reading import Findings, glued, record_id, rejected, shown
from bookwheel.records.dates import year_and_month
from bookwheel.records.model import Link, PublicationDate, Subject
from bookwheel.records.raw import Provenance, RawRecord, Reading
from bookwheel.records.text import clean

_RULES = {
    rule.element: rule
    for rule in (
        Provenance("id", "id", "prefix added"),
        Provenance("datestamp", "last_updated", "where the source gave none"),
        Provenance("identifiers.publisher", "admin.publisher_record_id", "without pages also the article number"),
        Provenance("title", "bibjson.title", "cleaned"),
        Provenance("abstract", "bibjson.abstract", "cleaned"),
        Provenance("published", "bibjson.year", "four digits between 1400 and 2100"),
        Provenance("published", "bibjson.month", "1 to 12"),
        Provenance("identifiers.doi", "bibjson.identifier.doi", "bare, lower case"),
        Provenance("container.issn", "bibjson.identifier.pissn", "hyphen added, check digit verified"),
        Provenance("container.issn", "bibjson.identifier.issn", "hyphen added, check digit verified"),
        Provenance("container.eissn", "bibjson.identifier.eissn", "hyphen added, check digit verified"),
        Provenance("container", "bibjson.journal.issns", "first is the issn, where the article names none"),
        Provenance("container.title", "bibjson.journal.title", "cleaned"),
        Provenance("container.volume", "bibjson.journal.volume", "cleaned"),
        Provenance("container.issue", "bibjson.journal.number", "cleaned"),
        Provenance("container.country", "bibjson.journal.country", "cleaned"),
        Provenance("container.languages", "bibjson.journal.language", "code or name → ISO 639-3; the journal's"),
        Provenance("publisher", "bibjson.journal.publisher", "cleaned"),
        Provenance("licence", "bibjson.journal.license", "type or title of the first"),
        Provenance("container.start_page", "bibjson.start_page", "cleaned"),
        Provenance("container.end_page", "bibjson.end_page", "cleaned"),
        Provenance("contributors", "bibjson.author.name", "as printed"),
        Provenance("contributors.orcid", "bibjson.author.orcid_id", "bare, check digit verified"),
        Provenance("contributors.affiliations", "bibjson.author.affiliation", "cleaned"),
        Provenance("links", "bibjson.link", "http:// added where no scheme is given"),
        Provenance("subjects", "bibjson.keywords", "cleaned; repeats dropped"),
        Provenance("subjects", "bibjson.subject", "term, with its scheme and code"),
    )
}

_Json = dict[str, Any]


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one article. Values of an unexpected type are passed over. Never raises for bad data."""
    try:
        item = _object(msgspec.json.decode(raw.payload))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return rejected(raw, f"no well-formed JSON: {error}")
    item = _object(item.get("_source")) or item
    if not _object(item.get("bibjson")):
        return rejected(raw, f"expected a DOAJ article with bibjson, found the keys {shown(', '.join(item))}")
    identified = replace(raw, identifier=raw.identifier or _string(item.get("id")))
    return _read(item, identified, id_prefix or doaj.ID_PREFIX)


def _read(item: _Json, raw: RawRecord, prefix: str) -> Reading:
    findings = Findings()
    bibjson, admin = _object(item["bibjson"]), _object(item.get("admin"))
    journal = _object(bibjson.get("journal"))
    numbers = _numbers(bibjson)
    article = doaj.Article(
        id=record_id(_string(item.get("id")) or raw.identifier, prefix),
        datestamp=raw.datestamp or _string(item.get("last_updated")),
        titles=[_string(bibjson.get("title"))],
        abstracts=[_string(bibjson.get("abstract"))],
        journal=_string(journal.get("title")),
        publisher=_string(journal.get("publisher")),
        country=_string(journal.get("country")),
        languages=_strings(journal.get("language")),
        issns=_issns(numbers, journal),
        eissns=numbers.get("eissn", []),
        published=_published(bibjson, findings),
        volume=_string(journal.get("volume")),
        issue=_string(journal.get("number")),
        start_page=_string(bibjson.get("start_page")),
        end_page=_string(bibjson.get("end_page")),
        doi=next(iter(numbers.get("doi", [])), ""),
        publisher_record_id=_string(admin.get("publisher_record_id")),
        authors=[_author(author) for author in _objects(bibjson.get("author"))],
        keywords=_strings(bibjson.get("keywords")),
        subjects=[subject for entry in _objects(bibjson.get("subject")) if (subject := _subject(entry))],
        links=[link for entry in _objects(bibjson.get("link")) if (link := _link(entry))],
        licence=_licence(bibjson, journal),
    )
    article.all_text = glued(_texts(article))
    record = doaj.to_record(article, raw, findings)
    _trace(item, findings)
    return findings.reading(record)


def _object(value: object) -> _Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[_Json]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _string(value: object) -> str:
    """Text as it is, a number as text, anything else empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_string, values) if text and not text.isspace()]


def _numbers(bibjson: _Json) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in _objects(bibjson.get("identifier")):
        if value := _string(entry.get("id")):
            found.setdefault(_string(entry.get("type")).lower(), []).append(value)
    return found


def _issns(numbers: dict[str, list[str]], journal: _Json) -> list[str]:
    issns = numbers.get("pissn", []) + numbers.get("issn", [])
    return issns or ([] if "eissn" in numbers else _strings(journal.get("issns")))


def _published(bibjson: _Json, findings: Findings) -> PublicationDate | None:
    year, month = clean(_string(bibjson.get("year"))), clean(_string(bibjson.get("month")))
    if not year:
        return None
    published = year_and_month(year, month)
    if published is None:
        findings.problem("published", f"year {shown(year)} is no year between 1400 and 2100: left out")
    elif month and len(published.value) == 4:
        findings.problem("published", f"month {shown(month)} is none: left out", "note")
    return published


def _author(entry: _Json) -> doaj.Author:
    affiliation = _string(entry.get("affiliation"))
    return doaj.Author(
        _string(entry.get("name")), _string(entry.get("orcid_id")).strip(), (affiliation,) if affiliation else ()
    )


def _subject(entry: _Json) -> Subject | None:
    term = clean(_string(entry.get("term")))
    return (
        Subject(term, clean(_string(entry.get("scheme"))) or "LCC", clean(_string(entry.get("code")))) if term else None
    )


def _link(entry: _Json) -> Link | None:
    kind = "fulltext" if _string(entry.get("type")).lower() in ("", "fulltext") else "other"
    return doaj.link(_string(entry.get("url")), _string(entry.get("content_type")), kind)


def _licence(bibjson: _Json, journal: _Json) -> str:
    entries = _objects(bibjson.get("license")) + _objects(journal.get("license"))
    return next((text for entry in entries for key in ("type", "title") if (text := _string(entry.get(key)))), "")


def _texts(article: doaj.Article) -> Iterator[str]:
    """Every text in the order of the feed, so that both forms are found by the same words."""
    yield from (article.id, article.datestamp, *article.languages, article.publisher, article.journal)
    yield from (*article.issns[:1], *article.eissns[:1], article.published.source if article.published else "")
    yield from (article.volume, article.issue, article.start_page, article.end_page)
    yield from (article.doi, article.publisher_record_id, *article.titles)
    for author in article.authors:
        yield from (author.name, author.orcid)
    for author in article.authors:
        yield from author.affiliations
    yield from (*article.abstracts, *(link.url for link in article.links), *article.keywords)


def _trace(item: _Json, findings: Findings) -> None:
    """The rules of what has a value; paths of what no rule knows."""
    for path in dict.fromkeys(_paths(item, "")):
        if rule := _RULES.get(path):
            findings.rules.append(rule)
        else:
            findings.unused.append(path)


def _paths(value: _Json, before: str) -> Iterator[str]:
    for key, part in value.items():
        path = f"{before}{key}"
        if path == "bibjson.identifier":
            yield from (f"{path}.{_string(entry.get('type')).lower()}" for entry in _objects(part))
        elif path in _RULES or path in _WHOLE:
            if part not in ("", None, [], {}):
                yield path
        elif isinstance(part, dict):
            yield from _paths(part, f"{path}.")
        elif isinstance(part, list) and _objects(part):
            for entry in _objects(part):
                yield from _paths(entry, f"{path}.")
        elif part not in ("", None, []):
            yield path


_WHOLE = frozenset(("index",))
"""Not looked into: what DOAJ computes for its own search."""
