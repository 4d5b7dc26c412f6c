"""EndNote's XML, as EndNote, Zotero and Mendeley write it: one `record` of a library.

Source: EndNote's RSXML.dtd, and what the programs really write. Text may stand in `style` elements, which mark type
alone.
"""

from collections.abc import Iterable

from bookwheel.formats import parts
from bookwheel.formats.elements import Elements, Rules, attribute
from bookwheel.formats.identity import address, fingerprint
from bookwheel.formats.reading import Findings, plain, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse
from bookwheel.records import identifiers, kinds
from bookwheel.records.dates import publication_date
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Series,
    Subject,
    Text,
)
from bookwheel.records.raw import Provenance, RawRecord, Reading

RULES = Rules(
    Provenance("id", "foreign-keys/key", "the library's id and number; else the DOI, else a checksum"),
    Provenance("format", "ref-type", "by name → kinds of work"),
    Provenance("contributors", "contributors/authors/author", "author; a comma at the end means an organisation"),
    Provenance("contributors", "contributors/secondary-authors/author", "editor"),
    Provenance("contributors", "contributors/tertiary-authors/author", "series editor"),
    Provenance("contributors", "contributors/subsidiary-authors/author", "translator"),
    Provenance("title", "titles/title", "without the final full stop"),
    Provenance("container.title", "titles/secondary-title", "of a journal or a book; of a book its series"),
    Provenance("series", "titles/tertiary-title", "cleaned"),
    Provenance("container.abbreviation", "titles/alt-title", "where there is no abbr-1"),
    Provenance("other_titles", "titles/translated-title", "cleaned"),
    Provenance("container.title", "periodical/full-title", "cleaned"),
    Provenance("container.abbreviation", "periodical/abbr-1", "cleaned"),
    Provenance("container.start_page", "pages", "first and last page"),
    Provenance("container.article_number", "pages", "what is no page: e1001710"),
    Provenance("extent", "pages", "of a whole book"),
    Provenance("container.volume", "volume", "cleaned"),
    Provenance("container.issue", "number", "cleaned"),
    Provenance("container.issue", "issue", "where there is no number"),
    Provenance("edition", "edition", "cleaned"),
    Provenance("subjects", "keywords/keyword", "keyword; asterisks of main headings dropped"),
    Provenance("published", "dates/year", "year; with month and day where the date names the same year"),
    Provenance("published", "dates/pub-dates/date", "months in words"),
    Provenance("place", "pub-location", "cleaned"),
    Provenance("publisher", "publisher", "cleaned"),
    Provenance("container.issn", "isbn", "ISSNs, hyphen added; the first"),
    Provenance("container.eissn", "isbn", "the second"),
    Provenance("identifiers", "isbn", "ISBNs, thirteen digits"),
    Provenance("identifiers", "accession-num", "pmid where it is a number in PubMed, else other"),
    Provenance("identifiers.doi", "electronic-resource-num", "bare, lower case"),
    Provenance("identifiers", "custom2", "pmcid"),
    Provenance("call_numbers", "call-num", "cleaned"),
    Provenance("abstract", "abstract", "cleaned"),
    Provenance("notes", "notes", "cleaned"),
    Provenance("links", "urls/related-urls/url", "addresses on the web"),
    Provenance("links", "urls/web-urls/url", "addresses on the web"),
    Provenance("links", "urls/pdf-urls/url", "addresses on the web"),
    Provenance("languages", "language", "code or name → ISO 639-3"),
    Provenance("genres", "work-type", "cleaned"),
)

_KINDS = {
    "audiovisual material": kinds.VIDEO,
    "book": kinds.BOOK,
    "book section": kinds.CHAPTER,
    "computer program": kinds.SOFTWARE,
    "conference paper": kinds.CONFERENCE_PAPER,
    "conference proceedings": kinds.CONFERENCE_PAPER,
    "dataset": kinds.DATASET,
    "edited book": kinds.BOOK,
    "electronic article": kinds.ARTICLE,
    "electronic book": kinds.BOOK,
    "electronic book section": kinds.CHAPTER,
    "figure": kinds.IMAGE,
    "film or broadcast": kinds.VIDEO,
    "government document": kinds.REPORT,
    "journal article": kinds.ARTICLE,
    "magazine article": kinds.ARTICLE,
    "manuscript": kinds.MANUSCRIPT,
    "map": kinds.MAP,
    "music": kinds.SCORE,
    "newspaper article": kinds.ARTICLE,
    "preprint": kinds.PREPRINT,
    "report": kinds.REPORT,
    "serial": kinds.JOURNAL,
    "thesis": kinds.THESIS,
    "unpublished work": kinds.MANUSCRIPT,
    "web page": kinds.WEBSITE,
}
_NUMBERED = {"17": kinds.ARTICLE, "6": kinds.BOOK, "5": kinds.CHAPTER, "32": kinds.THESIS, "27": kinds.REPORT}
"""EndNote's numbers, for records that name no type."""

_WHOLE = (kinds.BOOK, kinds.REPORT, kinds.THESIS, kinds.SCORE, kinds.MAP)
"""Works that stand alone: their secondary title is a series."""


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one EndNote `record`. Never raises for bad data."""
    try:
        root = parse(raw.payload)
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    if local_name(root) != "record":
        return rejected(raw, f"expected a record of EndNote, found {shown(str(root.tag))}")
    findings = Findings()
    elements = Elements(root, RULES)
    record = parts.checked(_record(elements, raw, id_prefix or f"{raw.source}-", findings), findings)
    elements.trace(findings)
    return findings.reading(record)


def _record(elements: Elements, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    kind = _kind(elements)
    known = _identifiers(elements, findings)
    languages = parts.languages(elements.texts("language"), findings)
    title = parts.without_full_stop(elements.text("titles/title"))
    identifier = raw.identifier or _identifier(elements, known, title)
    abstract = plain(elements.text("abstract"))
    return Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp,
        format=kind,
        record_format="endnote_xml",
        title=Text(title, languages[0] if len(languages) == 1 else ""),
        other_titles=parts.texts(Text(plain(text)) for text in elements.texts("titles/translated-title")),
        contributors=_contributors(elements),
        container=_container(elements, kind, findings),
        published=_published(elements, findings),
        publisher=plain(elements.text("publisher")),
        abstract=Text(abstract),
        languages=languages,
        subjects=_subjects(elements.texts("keywords/keyword")),
        identifiers=known,
        links=_links(elements),
        all_text=parts.all_text(map(plain, elements.everything()), findings),
        genres=tuple(map(plain, elements.texts("work-type"))),
        edition=plain(elements.text("edition")),
        place=plain(elements.text("pub-location")),
        extent=plain(elements.text("pages")) if kind in _WHOLE else "",
        series=_series(elements, kind),
        notes=tuple(map(plain, elements.texts("notes"))),
        call_numbers=tuple(map(plain, elements.texts("call-num"))),
    )


def _kind(elements: Elements) -> str:
    found = next(iter(elements.all("ref-type")), None)
    if found is None:
        return kinds.OTHER
    name = attribute(found, "name").lower()
    if name in _KINDS:
        return _KINDS[name]
    if number := _NUMBERED.get((found.text or "").strip()):
        return number
    # Programs write "Generic" for what they could not tell; a volume of something periodical is an article.
    is_article = elements.text("periodical/full-title", "titles/secondary-title") and elements.text("volume")
    return kinds.ARTICLE if is_article else kinds.OTHER


def _identifier(elements: Elements, known: tuple[Identifier, ...], title: str) -> str:
    doi = next((identifier.value for identifier in known if identifier.scheme == "doi"), "")
    names = elements.texts("contributors/authors/author")[:1]
    return doi or fingerprint(title, elements.text("dates/year"), *names)


_ROLES = (
    ("authors", "author"),
    ("secondary-authors", "editor"),
    ("tertiary-authors", "series editor"),
    ("subsidiary-authors", "translator"),
)


def _contributors(elements: Elements) -> tuple[Contributor, ...]:
    found = [
        _contributor(plain(text), role)
        for group, role in _ROLES
        for text in elements.texts(f"contributors/{group}/author")
    ]
    return tuple(dict.fromkeys(contributor for contributor in found if contributor.name))


def _contributor(name: str, role: str) -> Contributor:
    """ "van der Werf, Tjip S., Jr."; "World Health Organization," with EndNote's comma for a body."""
    family, comma, given = name.partition(",")
    if comma and not given.strip():
        return Contributor(family.strip(), role, is_organisation=True)
    if not comma:
        return Contributor(name, role)
    given, _, suffix = given.partition(",")
    return parts.person(family, given, suffix, role=role)


def _container(elements: Elements, kind: str, findings: Findings) -> Container:
    issns = [value for text in _numbers(elements) if (value := identifiers.issn(text)) and not identifiers.isbn(text)]
    start, end = parts.pages(elements.text("pages")) if kind not in _WHOLE else ("", "")
    is_number = not end and parts.is_article_number(start)
    title = "" if kind in _WHOLE else elements.text("periodical/full-title", "titles/secondary-title")
    for value in issns:
        parts.issn(value, findings)
    return Container(
        title=plain(title),
        volume=plain(elements.text("volume")),
        issue=plain(elements.text("number", "issue")),
        start_page="" if is_number else start,
        end_page=end,
        article_number=start if is_number else "",
        issn=issns[0] if issns else "",
        eissn=issns[1] if len(issns) > 1 else "",
        abbreviation=plain(elements.text("periodical/abbr-1", "titles/alt-title")),
    )


def _numbers(elements: Elements) -> list[str]:
    """ISSNs and ISBNs, which share one element: "1939-1676 0891-6640", "978-1-4028-9462-6 (print)"."""
    words = " ".join(elements.texts("isbn")).replace(";", " ").replace(",", " ").split()
    return list(dict.fromkeys(word for word in words if any(sign.isdigit() for sign in word)))


def _published(elements: Elements, findings: Findings) -> PublicationDate | None:
    wording = plain(elements.text("dates/pub-dates/date"))
    year = publication_date(plain(elements.text("dates/year")))
    exact = publication_date(wording) if wording[:4].isdecimal() and "-" in wording else parts.date_in_words(wording)
    if exact and (year is None or exact.year == year.year):
        return exact
    if year is None:
        findings.problem("published", "neither year nor date names a year between 1400 and 2100", "note")
    return year


def _identifiers(elements: Elements, findings: Findings) -> tuple[Identifier, ...]:
    found = [Identifier("doi", parts.doi(elements.text("electronic-resource-num"), findings))]
    number, bank = plain(elements.text("accession-num")), elements.text("remote-database-name").lower()
    in_pubmed = number.isdecimal() and len(number) <= 8 and (not bank or "pubmed" in bank or "medline" in bank)
    found.append(Identifier("pmid" if in_pubmed else "other", number))
    found.append(Identifier("pmcid", identifiers.pmcid(elements.text("custom2"))))
    found += [Identifier("isbn", identifiers.isbn(text)) for text in _numbers(elements)]
    return tuple(dict.fromkeys(identifier for identifier in found if identifier.value))


def _subjects(keywords: Iterable[str]) -> tuple[Subject, ...]:
    texts = (plain(text).replace("/*", "/").lstrip("*").strip() for text in keywords)
    return tuple(dict.fromkeys(Subject(text) for text in texts if text))


def _links(elements: Elements) -> tuple[Link, ...]:
    web = elements.texts("urls/related-urls/url", "urls/web-urls/url")
    links = [Link(url) for text in web for url in text.split() if url.startswith(("http://", "https://"))]
    files = elements.texts("urls/pdf-urls/url")
    links += [Link(url, content_type="application/pdf") for url in files if url.startswith(("http://", "https://"))]
    return tuple(dict.fromkeys(links))


def _series(elements: Elements, kind: str) -> tuple[Series, ...]:
    titles = elements.texts("titles/tertiary-title")
    if kind in _WHOLE:
        titles = [*elements.texts("titles/secondary-title"), *titles]
    return tuple(dict.fromkeys(Series(plain(title)) for title in titles))
