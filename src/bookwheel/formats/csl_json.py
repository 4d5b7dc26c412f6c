"""CSL-JSON: what citation managers and citation processors exchange, Zotero's export and doi.org's answer among them.

Fields: CSL 1.0.2, Appendix IV; names, dates and cheater lines in "note" as citeproc-js reads them.
"""

import re
from collections.abc import Iterator

from bookwheel.formats import abstracts, parts
from bookwheel.formats.elements import Rules
from bookwheel.formats.identity import address, fingerprint
from bookwheel.formats.json_values import Json, decoded, dictionaries, dictionary, string, strings, trace
from bookwheel.formats.reading import Findings, plain, rejected, shown
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
)
from bookwheel.records.raw import Provenance, RawRecord, Reading

_ROLES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "container author",
    "collection-editor": "series editor",
    "director": "director",
    "illustrator": "illustrator",
    "compiler": "compiler",
    "contributor": "contributor",
}

RULES = Rules(
    Provenance("id", "id", "of a fingerprint: type, title, year, first author, place, DOI"),
    Provenance("format", "type", "CSL's types → kinds of work"),
    Provenance("title", "title", "markup cleaned"),
    Provenance("other_titles", "original-title", "markup cleaned"),
    *(Provenance("contributors", key, role) for key, role in _ROLES.items()),
    Provenance("container.title", "container-title", "cleaned"),
    Provenance("container.abbreviation", "container-title-short", "cleaned"),
    Provenance("container.abbreviation", "journalAbbreviation", "cleaned"),
    Provenance("series", "collection-title", "with its number"),
    Provenance("series", "collection-number", "of the series"),
    Provenance("container.volume", "volume", "cleaned"),
    Provenance("series", "volume", "of a book: its number in the series"),
    Provenance("container.issue", "issue", "cleaned"),
    Provenance("container", "page", "first and last page, or the article's number"),
    Provenance("container.article_number", "number", "of an article"),
    Provenance("extent", "number-of-pages", "cleaned"),
    Provenance("identifiers.doi", "DOI", "bare, lower case"),
    Provenance("container.issn", "ISSN", "first; a second is the eissn"),
    Provenance("identifiers", "ISBN", "thirteen digits"),
    Provenance("identifiers", "PMID", "pmid"),
    Provenance("identifiers", "PMCID", "pmcid"),
    Provenance("links", "URL", "full text"),
    Provenance("abstract", "abstract", "markup cleaned"),
    Provenance("languages", "language", "code or name → ISO 639-3"),
    Provenance("published", "issued", "date-parts, else raw or literal"),
    Provenance("publisher", "publisher", "cleaned"),
    Provenance("place", "publisher-place", "cleaned"),
    Provenance("edition", "edition", "cleaned"),
    Provenance("edition", "version", "of software and data"),
    Provenance("genres", "genre", "cleaned"),
    Provenance("subjects", "keyword", "split at semicolons, or commas without one"),
    Provenance("notes", "note", "cleaned; lines such as PMID: 123 are fields of their own"),
    Provenance("notes", "event-title", "where it is not the container"),
    Provenance("licence", "license", "Creative Commons, else as given"),
    Provenance("relations", "status", "retracted"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one item. Values of an unexpected type are passed over. Never raises for bad data."""
    item, wrong = decoded(raw)
    if wrong or not ("type" in item or "title" in item):
        return rejected(raw, wrong or f"expected an item with type and title, found the keys {shown(', '.join(item))}")
    findings = Findings()
    item = _with_lines_of_note(item)
    record = parts.checked(_record(item, raw, id_prefix or f"{raw.source}-", findings), findings)
    trace(item, RULES, findings)
    return findings.reading(record)


_LINE = re.compile(
    r"^\s*\{?:?(DOI|PMID|PMCID|ISSN|ISBN|original-title|number-of-pages)\s*:\s*([^\n}]+)\}?\s*$", re.I | re.M
)


def _with_lines_of_note(item: Json) -> Json:
    """Zotero writes fields it has no place for as lines of the note: "PMID: 123"."""
    note = string(item.get("note"))
    found = {match[1].upper() if match[1].isalpha() else match[1].lower(): match[2] for match in _LINE.finditer(note)}
    return {**found, **item, "note": _LINE.sub("", note)} if found else item


def _record(item: Json, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    languages = parts.languages(strings(item.get("language")), findings)
    language = languages[0] if languages else ""
    contributors = tuple(_people(item))
    kind = _KINDS.get(string(item.get("type")), kinds.OTHER)
    title = abstracts.inline(string(item.get("title")))
    published = _published(item, findings)
    found = _identifiers(item, findings)
    container = _container(item, kind, findings)
    identifier = raw.identifier or fingerprint(
        title, contributors[0].name if contributors else "", string(item.get("DOI")),
        published.value[:4] if published else "", container.title, container.volume, string(item.get("page")), kind,
    )  # fmt: skip
    record = Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp,
        format=kind,
        record_format="csl_json",
        title=parts.text(title, language),
        other_titles=parts.texts(map(parts.text, map(abstracts.inline, strings(item.get("original-title"))))),
        contributors=contributors,
        container=container,
        published=published,
        publisher=plain(string(item.get("publisher"))),
        abstract=parts.text(abstracts.from_jats(string(item.get("abstract"))), language),
        languages=languages,
        subjects=_subjects(item),
        identifiers=found,
        links=tuple(Link(url) for text in strings(item.get("URL")) if (url := parts.web_address(text))),
        licence=_licence(item),
        genres=tuple(filter(None, map(plain, strings(item.get("genre"))))),
        edition=plain(string(item.get("edition")) or string(item.get("version"))),
        place=plain(string(item.get("publisher-place"))),
        extent=plain(string(item.get("number-of-pages"))),
        series=_series(item, kind),
        notes=_notes(item),
        relations=(Relation("retraction"),) if "retract" in string(item.get("status")).lower() else (),
    )
    return parts.with_all_text(record, findings)


_KINDS = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review"), kinds.ARTICLE),
    **dict.fromkeys(("journal-article", "entry", "review-book"), kinds.ARTICLE),
    "article": kinds.PREPRINT,
    **dict.fromkeys(("book", "classic", "monograph", "edited-book"), kinds.BOOK),
    **dict.fromkeys(("chapter", "entry-dictionary", "entry-encyclopedia", "book-chapter"), kinds.CHAPTER),
    **dict.fromkeys(("paper-conference", "speech", "proceedings-article"), kinds.CONFERENCE_PAPER),
    "dataset": kinds.DATASET,
    "periodical": kinds.JOURNAL,
    **dict.fromkeys(("report", "standard", "regulation"), kinds.REPORT),
    "software": kinds.SOFTWARE,
    "thesis": kinds.THESIS,
    "song": kinds.AUDIO,
    **dict.fromkeys(("graphic", "figure"), kinds.IMAGE),
    **dict.fromkeys(("manuscript", "personal_communication"), kinds.MANUSCRIPT),
    "map": kinds.MAP,
    "musical_score": kinds.SCORE,
    **dict.fromkeys(("motion_picture", "broadcast"), kinds.VIDEO),
    **dict.fromkeys(("webpage", "post", "post-weblog"), kinds.WEBSITE),
}
_WHOLE = (kinds.BOOK, kinds.REPORT, kinds.THESIS, kinds.JOURNAL, kinds.PROCEEDINGS)


def _people(item: Json) -> Iterator[Contributor]:
    for key, role in _ROLES.items():
        for entry in dictionaries(item.get(key)):
            person = _person(entry, role)
            if person.name:
                yield person


def _person(entry: Json, role: str) -> Contributor:
    family, given = string(entry.get("family")), string(entry.get("given"))
    orcid = identifiers.orcid(string(entry.get("ORCID")))
    if not plain(family + given):
        return Contributor(plain(string(entry.get("literal")) or string(entry.get("name"))), role, True, orcid=orcid)
    # A particle that is dropped in some places is the given name's, one that never is the family's.
    family = " ".join((string(entry.get("non-dropping-particle")), family)).strip()
    given = " ".join((given, string(entry.get("dropping-particle")))).strip()
    return parts.person(family or given, given if family else "", string(entry.get("suffix")), role=role, orcid=orcid)


def _container(item: Json, kind: str, findings: Findings) -> Container:
    issns = [text for value in strings(item.get("ISSN")) for text in re.split(r"[,;]\s*|\s+(?=\d{4}-)", value)]
    issn = parts.issn(issns[0], findings) if issns else ""
    eissn = parts.issn(issns[1], findings, "container.eissn") if len(issns) > 1 else ""
    if kind in _WHOLE:
        return Container(issn=issn, eissn=eissn)
    start, end = parts.pages(string(item.get("page")))
    number = plain(string(item.get("number"))) if kind in (kinds.ARTICLE, kinds.CONFERENCE_PAPER) else ""
    if start and not end and (start == number or (not number and parts.is_article_number(start))):
        start, number = "", start
    return Container(
        title=abstracts.words(string(item.get("container-title"))),
        volume=plain(string(item.get("volume"))),
        issue=plain(string(item.get("issue"))),
        start_page=start,
        end_page=end if end != start else "",
        article_number=number,
        issn=issn,
        eissn=eissn,
        abbreviation=plain(string(item.get("container-title-short")) or string(item.get("journalAbbreviation"))),
    )


def _series(item: Json, kind: str) -> tuple[Series, ...]:
    number = plain(string(item.get("collection-number")))
    volume = plain(string(item.get("volume"))) if kind in _WHOLE else ""
    title = plain(string(item.get("collection-title")))
    return (Series(title, number or volume),) if title else ()


def _published(item: Json, findings: Findings) -> PublicationDate | None:
    issued = dictionary(item.get("issued"))
    dates = issued.get("date-parts")
    first = dates[0] if isinstance(dates, list) and dates else None
    texts = [string(issued.get("raw")), string(issued.get("literal")), string(item.get("issued"))]
    found = date_of_parts([string(part) for part in first]) if isinstance(first, list) else None
    found = found or next((date for date in map(publication_date, texts) if date), None)
    if issued and found is None:
        findings.problem("published", f"issued {shown(str(issued))} is no date between 1400 and 2100: left out")
    return found


def _identifiers(item: Json, findings: Findings) -> tuple[Identifier, ...]:
    isbns = [text for value in strings(item.get("ISBN")) for text in re.split(r"[,;]\s*|\s+(?=97)", value)]
    found = [
        Identifier("doi", parts.doi(string(item.get("DOI")), findings)),
        Identifier("pmid", identifiers.pmid(f"pmid:{string(item.get('PMID')).strip()}")),
        Identifier("pmcid", identifiers.pmcid(f"PMC{string(item.get('PMCID')).strip().upper().removeprefix('PMC')}")),
        *(Identifier("isbn", identifiers.isbn(text)) for text in isbns),
    ]
    return tuple(dict.fromkeys(identifier for identifier in found if identifier.value))


def _subjects(item: Json) -> tuple[Subject, ...]:
    texts = strings(item.get("keyword"))
    if len(texts) == 1:
        texts = re.split(";" if ";" in texts[0] else ",", texts[0])
    return tuple(dict.fromkeys(Subject(text) for text in map(plain, texts) if text))


def _licence(item: Json) -> str:
    texts = [plain(string(item.get("license")))]
    return parts.licence(texts) or texts[0]


def _notes(item: Json) -> tuple[str, ...]:
    event = string(item.get("event-title")) or string(item.get("event"))
    named = event.lower() == string(item.get("container-title")).lower()
    found = [*strings(item.get("note")), *([event] if not named else [])]
    return tuple(text for text in map(abstracts.words, found) if text)
