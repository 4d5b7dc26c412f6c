"""Crossref's metadata of a work as JSON: a line of a dump, an item of an answer, or one work's answer whole.

Fields: Crossref REST API, "works" (api.crossref.org/swagger-ui). Their lists are read wherever one value is meant.
"""

from collections.abc import Iterator

from bookwheel.formats import abstracts, parts
from bookwheel.formats.elements import Rules
from bookwheel.formats.identity import address
from bookwheel.formats.json_kinds import unwrapped
from bookwheel.formats.json_values import Json, decoded, dictionaries, dictionary, everything, string, strings, trace
from bookwheel.formats.reading import Findings, plain, rejected, shown
from bookwheel.records import identifiers, kinds
from bookwheel.records.dates import date_of_parts
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
from bookwheel.records.raw import Provenance, RawRecord, Reading

_ROLES = ("author", "editor", "translator", "chair")
_DATES = ("published-print", "issued", "published", "published-online", "posted", "content-created")
"""The first that has a year counts; an article is cited by the date of its issue."""

RULES = Rules(
    Provenance("id", "DOI", "prefix and the DOI, signs as hyphens"),
    Provenance("identifiers.doi", "DOI", "bare, lower case"),
    Provenance("datestamp", "indexed/date-time", "when Crossref last changed it"),
    Provenance("datestamp", "deposited/date-time", "where it has no indexed"),
    Provenance("format", "type", "Crossref's types → kinds of work"),
    Provenance("genres", "subtype", "where it is not the kind already"),
    Provenance("title", "title", "first, with its subtitle behind a colon; more are other_titles"),
    Provenance("title", "subtitle", "behind the title"),
    Provenance("other_titles", "original-title", "cleaned"),
    Provenance("abstract", "abstract", "JATS markup → plain paragraphs"),
    Provenance("languages", "language", "code → ISO 639-3"),
    *(Provenance("contributors", f"{role}/{part}", f"{role}") for role in _ROLES for part in ("family", "given")),
    *(Provenance("contributors", f"{role}/{part}", f"{role}") for role in _ROLES for part in ("name", "suffix")),
    *(Provenance("contributors.orcid", f"{role}/ORCID", "bare, check digit verified") for role in _ROLES),
    *(Provenance("contributors.affiliations", f"{role}/affiliation/name", "cleaned") for role in _ROLES),
    Provenance("container.title", "container-title", "first"),
    Provenance("series", "container-title", "of a book, or behind the first"),
    Provenance("container.abbreviation", "short-container-title", "first"),
    Provenance("container.volume", "volume", "cleaned"),
    Provenance("series", "volume", "of a book: its number in the series"),
    Provenance("container.issue", "issue", "cleaned"),
    Provenance("container.issue", "journal-issue/issue", "where there is no issue"),
    Provenance("container", "page", "first and last page, or the article's number"),
    Provenance("extent", "page", "of a book"),
    Provenance("container.article_number", "article-number", "cleaned"),
    Provenance("container.issn", "ISSN", "first where types are not told; second is the eissn"),
    Provenance("container", "issn-type", "print → issn, electronic → eissn"),
    Provenance("identifiers", "ISBN", "thirteen digits"),
    Provenance("publisher", "publisher", "cleaned"),
    Provenance("place", "publisher-location", "cleaned"),
    Provenance("edition", "edition-number", "cleaned"),
    *(Provenance("published", f"{name}/date-parts", "first of the dates that has a year") for name in _DATES),
    Provenance("subjects", "subject", "keyword"),
    Provenance("licence", "license/URL", "Creative Commons by its address, else the first"),
    Provenance("links", "link/URL", "full text, unless it is for checking similarity"),
    Provenance("links", "link/content-type", "where it is told"),
    Provenance("links", "resource/primary/URL", "the publisher's page"),
    Provenance("links", "URL", "where there is no page of the publisher's"),
    Provenance("identifiers.publisher", "alternative-id", "first"),
    Provenance("relations", "update-to", "the works this notice is about"),
    Provenance("relations", "updated-by", "notices about this work, by type"),
    Provenance("relations", "relation", "by type"),
    Provenance("notes", "degree", "cleaned"),
    Provenance("notes", "event/name", "cleaned"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one work. Values of an unexpected type are passed over. Never raises for bad data."""
    item, wrong = decoded(raw)
    item = unwrapped(item, "message")
    if wrong or "DOI" not in item:
        return rejected(raw, wrong or f"expected a work with a DOI, found the keys {shown(', '.join(item))}")
    findings = Findings()
    record = parts.checked(_record(item, raw, id_prefix or "crossref-", findings), findings)
    trace(item, RULES, findings)
    return findings.reading(record)


def _record(item: Json, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    doi = parts.doi(string(item["DOI"]), findings)
    identifier = raw.identifier or doi or string(item["DOI"])
    languages = parts.languages(strings(item.get("language")), findings, frozenset(("und", "zxx", "mul")))
    language = languages[0] if languages else ""
    kind = _kind(item, findings)
    titles = _titles(item, language)
    first, *rest = titles or [Text("")]
    return Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp or _stamp(item),
        format=kind,
        record_format="crossref",
        title=first,
        other_titles=tuple(rest),
        contributors=tuple(person for role in _ROLES for person in _people(item.get(role), role, findings)),
        container=_container(item, kind, findings),
        published=_published(item, findings),
        publisher=plain(string(item.get("publisher"))),
        abstract=parts.text(abstracts.from_jats(string(item.get("abstract"))), language),
        languages=languages,
        subjects=tuple(dict.fromkeys(Subject(text) for text in map(plain, strings(item.get("subject"))) if text)),
        identifiers=_identifiers(item, doi, findings),
        links=_links(item),
        licence=parts.licence(_licences(item)),
        all_text=parts.all_text(_texts(item), findings),
        genres=_genres(item),
        edition=plain(string(item.get("edition-number"))),
        place=plain(string(item.get("publisher-location"))),
        extent=plain(string(item.get("page"))) if kind in _WHOLE else "",
        series=_series(item, kind),
        notes=_notes(item),
        relations=tuple(dict.fromkeys(_relations(item))),
    )


_KINDS = {
    "journal-article": kinds.ARTICLE,
    "proceedings-article": kinds.CONFERENCE_PAPER,
    "posted-content": kinds.PREPRINT,
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book", "book-set"), kinds.BOOK),
    **dict.fromkeys(("book-chapter", "book-part", "book-section", "book-track", "reference-entry"), kinds.CHAPTER),
    **dict.fromkeys(("proceedings", "proceedings-series"), kinds.PROCEEDINGS),
    **dict.fromkeys(("journal", "journal-issue", "journal-volume", "book-series", "report-series"), kinds.JOURNAL),
    **dict.fromkeys(("report", "report-component", "standard"), kinds.REPORT),
    **dict.fromkeys(("dataset", "database", "component"), kinds.DATASET),
    "dissertation": kinds.THESIS,
}
_WHOLE = (kinds.BOOK, kinds.PROCEEDINGS, kinds.REPORT, kinds.THESIS)


def _kind(item: Json, findings: Findings) -> str:
    name = string(item.get("type"))
    if name and name not in _KINDS and name not in ("other", "peer-review", "grant"):
        findings.problem("format", f"unknown type {shown(name)}", "note")
    return _KINDS.get(name, kinds.OTHER)


def _genres(item: Json) -> tuple[str, ...]:
    subtype = plain(string(item.get("subtype"))).replace("_", " ")
    notices = [string(update.get("label")) or string(update.get("type")) for update in _updates(item, "update-to")]
    others = ["peer review"] if item.get("type") == "peer-review" else []
    found = [subtype if subtype != "preprint" else "", *others, *map(plain, notices)]
    return tuple(dict.fromkeys(genre for genre in found if genre))


def _stamp(item: Json) -> str:
    return next(
        (text for key in ("indexed", "deposited") if (text := string(dictionary(item.get(key)).get("date-time")))), ""
    )


def _titles(item: Json, language: str) -> tuple[Text, ...]:
    titles, subtitles = _inline(item, "title"), _inline(item, "subtitle")
    if titles and subtitles and subtitles[0].lower() not in titles[0].lower():
        titles[0] = f"{titles[0]}{' ' if titles[0].endswith((':', '?', '!')) else ': '}{subtitles[0]}"
    elif not titles:
        titles = subtitles
    found = [Text(title, language) for title in titles]
    return parts.texts([*found, *map(Text, _inline(item, "original-title"))])


def _inline(item: Json, key: str) -> list[str]:
    return [text for text in map(abstracts.inline, strings(item.get(key))) if text]


def _people(value: object, role: str, findings: Findings) -> Iterator[Contributor]:
    for entry in dictionaries(value):
        family, given = string(entry.get("family")), string(entry.get("given"))
        body = plain(string(entry.get("name")) or string(entry.get("literal")))
        affiliations = [plain(string(found.get("name"))) for found in dictionaries(entry.get("affiliation"))]
        common = {
            "role": role,
            "orcid": parts.orcid(string(entry.get("ORCID")), findings),
            "affiliations": tuple(dict.fromkeys(text for text in affiliations if text)),
        }
        if plain(family + given):
            # Some publishers have no other place for a name of one word.
            yield parts.person(family or given, given if family else "", string(entry.get("suffix")), **common)
        elif body:
            yield Contributor(body, is_organisation=True, **common)  # type: ignore[arg-type]


def _container(item: Json, kind: str, findings: Findings) -> Container:
    titles = [text for text in map(abstracts.words, strings(item.get("container-title"))) if text]
    issns = _issns(item, findings)
    if kind in _WHOLE or kind == kinds.JOURNAL:
        return Container(issn=issns[0], eissn=issns[1])
    start, end = parts.pages(string(item.get("page")))
    number = plain(string(item.get("article-number")))
    if start and not end and (start == number or (not number and parts.is_article_number(start))):
        start, number = "", start
    issue = string(item.get("issue")) or string(dictionary(item.get("journal-issue")).get("issue"))
    abbreviation = plain(string(item.get("short-container-title")))
    return Container(
        title=titles[0] if titles else "",
        volume=plain(string(item.get("volume"))),
        issue=plain(issue),
        start_page=start,
        end_page=end if end != start else "",
        article_number=number,
        issn=issns[0],
        eissn=issns[1],
        abbreviation=abbreviation,
    )


def _issns(item: Json, findings: Findings) -> tuple[str, str]:
    """Print and electronic. What has no type is print first, electronic second."""
    typed = {string(entry.get("type")): string(entry.get("value")) for entry in dictionaries(item.get("issn-type"))}
    listed = [text for text in strings(item.get("ISSN")) if text not in typed.values()]
    issn = typed.get("print", "") or (listed.pop(0) if listed and "electronic" not in typed else "")
    eissn = typed.get("electronic", "") or (listed.pop(0) if listed and not typed else "")
    return parts.issn(issn, findings), parts.issn(eissn, findings, "container.eissn")


def _series(item: Json, kind: str) -> tuple[Series, ...]:
    titles = [text for text in map(abstracts.words, strings(item.get("container-title"))) if text]
    if kind in _WHOLE:
        number = plain(string(item.get("volume")))
        return tuple(Series(title, number if not place else "") for place, title in enumerate(titles))
    return tuple(Series(title) for title in titles[1:])


def _published(item: Json, findings: Findings) -> PublicationDate | None:
    found = (date_of_parts(strings_of_date(item.get(name))) for name in _DATES)
    date = next((date for date in found if date), None)
    if date is None:
        findings.problem("published", "no date with a year between 1400 and 2100", "note")
    return date


def strings_of_date(value: object) -> list[str]:
    """Year, month, day of `{"date-parts": [[2012, 3, 15]]}`, as far as they are there."""
    dates = dictionary(value).get("date-parts")
    first = dates[0] if isinstance(dates, list) and dates else None
    return [string(part) for part in first] if isinstance(first, list) else []


def _identifiers(item: Json, doi: str, findings: Findings) -> tuple[Identifier, ...]:
    found = [Identifier("doi", doi)] if doi else []
    for text in strings(item.get("ISBN")):
        if isbn := identifiers.isbn(text.rpartition("/")[2]):
            found.append(Identifier("isbn", isbn))
        else:
            findings.problem("identifiers", f"{shown(text)} is no ISBN: left out", "note")
    own = plain(string(item.get("alternative-id")))
    return tuple(dict.fromkeys([*found, *([Identifier("publisher", own)] if own and own.lower() != doi else [])]))


def _links(item: Json) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for entry in dictionaries(item.get("link")):
        url = parts.web_address(string(entry.get("URL")))
        media = plain(string(entry.get("content-type"))).lower()
        if url and string(entry.get("intended-application")) != "similarity-checking":
            found.setdefault(url, Link(url, "fulltext", media if "/" in media else ""))
    page = string(dictionary(dictionary(item.get("resource")).get("primary")).get("URL")) or string(item.get("URL"))
    if url := parts.web_address(page):
        found.setdefault(url, Link(url, "other"))
    return tuple(found.values())


def _licences(item: Json) -> list[str]:
    """Addresses, those of the version of record first: the manuscript's may be another."""
    entries = sorted(dictionaries(item.get("license")), key=lambda entry: entry.get("content-version") != "vor")
    return [plain(string(entry.get("URL"))) for entry in entries]


def _notes(item: Json) -> tuple[str, ...]:
    """A thesis's degree, and the conference where the proceedings are not named after it."""
    event = string(dictionary(item.get("event")).get("name"))
    named = strings(item.get("container-title"))
    found = map(plain, [*strings(item.get("degree")), *([event] if event not in named else [])])
    return tuple(dict.fromkeys(text for text in found if text))


_NOTICES = {
    **dict.fromkeys(("retraction", "withdrawal", "removal", "partial_retraction"), "retraction"),
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), "correction"),
    "expression_of_concern": "concern",
    "new_version": "version",
    "new_edition": "version",
}
_NOTICES["partial_retraction"] = "correction"
_RELATIONS = {
    "has-preprint": "preprint",
    **dict.fromkeys(("is-preprint-of", "is-version-of", "has-version", "is-identical-to", "is-same-as"), "version"),
    **dict.fromkeys(("is-manuscript-of", "has-manuscript", "is-translation-of", "has-translation"), "version"),
    **dict.fromkeys(("is-replaced-by", "replaces", "is-variant-form-of", "has-format", "is-format-of"), "version"),
    "is-part-of": "whole",
    "has-part": "part",
    **dict.fromkeys(("is-supplemented-by", "has-derivation", "documents", "references"), "data"),
}
"""What the other work is to this one; everything else ("has-review", "is-comment-on") is "other"."""


def _updates(item: Json, key: str) -> list[Json]:
    return dictionaries(item.get(key))


def _relations(item: Json) -> Iterator[Relation]:
    for update in _updates(item, "updated-by"):
        name = string(update.get("type")).lower().replace("-", "_").replace(" ", "_")
        yield _relation(_NOTICES.get(name, "other"), "doi", string(update.get("DOI")), string(update.get("label")))
    for update in _updates(item, "update-to"):
        yield _relation("subject", "doi", string(update.get("DOI")), string(update.get("label")))
    for name, entries in dictionary(item.get("relation")).items():
        for entry in dictionaries(entries):
            scheme = string(entry.get("id-type")).lower()
            yield _relation(_RELATIONS.get(name, "other"), scheme, string(entry.get("id")))


def _relation(kind: str, scheme: str, value: str, title: str = "") -> Relation:
    value = plain(value)
    if doi := identifiers.doi(value):
        return Relation(kind, "doi", doi, plain(title))
    return Relation(kind, {"uri": "url"}.get(scheme, scheme), value, plain(title))


_TECHNICAL_ROW = """
_id indexed created deposited reference content-domain license prefix member source score link sequence type
published published-print published-online isbn-type issn-type reference-count references-count is-referenced-
by-count asserted-by doi-asserted-by timestamp
"""
_TECHNICAL = frozenset(_TECHNICAL_ROW.split())
"""No words a reader would search for: Crossref's own numbers, and the works it cites."""


def _texts(item: Json) -> Iterator[str]:
    return map(abstracts.words, everything(item, _TECHNICAL))
