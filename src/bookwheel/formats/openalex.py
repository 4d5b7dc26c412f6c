"""OpenAlex's works: a line of the snapshot, an item of an answer, or one work alone.

Fields: docs.openalex.org, "Work object". The abstract comes as the places of each word.
"""

from collections.abc import Iterator

from bookwheel.formats import abstracts, parts
from bookwheel.formats.elements import Rules
from bookwheel.formats.json_values import Json, decoded, dictionaries, dictionary, string, strings, trace
from bookwheel.formats.reading import Findings, plain, rejected, shown
from bookwheel.records import identifiers, kinds
from bookwheel.records.dates import publication_date
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Subject,
)
from bookwheel.records.raw import Provenance, RawRecord, Reading

MAX_ABSTRACT_WORDS = 50_000
"""A greater place of a word is a mistake, not an abstract."""

RULES = Rules(
    Provenance("id", "id", "prefix and the key, W…"),
    Provenance("identifiers", "id", "scheme openalex"),
    Provenance("datestamp", "updated_date", "as given"),
    Provenance("title", "title", "markup cleaned"),
    Provenance("title", "display_name", "where there is no title"),
    Provenance("identifiers.doi", "doi", "bare, lower case"),
    Provenance("identifiers", "ids", "PMID, PMCID, DOI"),
    Provenance("published", "publication_date", "where it is of the year of publication"),
    Provenance("published", "publication_year", "where no date says more"),
    Provenance("languages", "language", "code → ISO 639-3"),
    Provenance("format", "type", "OpenAlex's types → kinds of work"),
    Provenance("format", "type_crossref", "tells conference papers"),
    Provenance("genres", "type", "where it is no kind of its own"),
    Provenance("contributors", "authorships/author/display_name", "author, name as printed"),
    Provenance("contributors", "authorships/raw_author_name", "where the author has no name"),
    Provenance("contributors.orcid", "authorships/author/orcid", "bare, check digit verified"),
    Provenance("contributors.affiliations", "authorships/raw_affiliation_strings", "as printed"),
    Provenance("contributors.affiliations", "authorships/affiliations/raw_affiliation_string", "as printed"),
    Provenance("contributors.affiliations", "authorships/institutions/display_name", "where nothing is printed"),
    Provenance("container", "primary_location/source", "name, ISSN; publisher"),
    Provenance("publisher", "primary_location/source", "host organisation"),
    Provenance("container.title", "primary_location/raw_source_name", "where the source is not known"),
    Provenance("container", "biblio", "volume, issue, pages"),
    Provenance("licence", "primary_location/license", "Creative Commons, else as given"),
    Provenance("links", "primary_location/pdf_url", "full text"),
    Provenance("links", "primary_location/landing_page_url", "full text where it is open, else other"),
    Provenance("links", "best_oa_location", "full text"),
    Provenance("links", "locations", "open ones as full text"),
    Provenance("links", "open_access", "full text"),
    Provenance("abstract", "abstract_inverted_index", "words put back into their places"),
    Provenance("subjects", "topics", "scheme topic"),
    Provenance("subjects", "primary_topic", "scheme topic"),
    Provenance("subjects", "keywords", "scheme keyword"),
    Provenance("subjects", "concepts", "scheme concept, where there are no topics"),
    Provenance("subjects", "mesh", "scheme MeSH, descriptor and qualifier"),
    Provenance("relations", "is_retracted", "retraction"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one work. Values of an unexpected type are passed over. Never raises for bad data."""
    item, wrong = decoded(raw)
    if wrong or not ("id" in item or "authorships" in item):
        return rejected(raw, wrong or f"expected a work of OpenAlex, found the keys {shown(', '.join(item))}")
    findings = Findings()
    record = parts.checked(_record(item, raw, id_prefix or "openalex-", findings), findings)
    trace(item, RULES, findings)
    return findings.reading(record)


def _record(item: Json, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    key = plain(string(item.get("id"))).rpartition("/")[2].upper()
    identifier = raw.identifier or key
    languages = parts.languages(strings(item.get("language")), findings)
    language = languages[0] if languages else ""
    place = dictionary(item.get("primary_location"))
    source = dictionary(place.get("source"))
    record = Record(
        id=prefix + identifier if identifier else "",
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp or string(item.get("updated_date")),
        format=_kind(item),
        record_format="openalex",
        title=parts.text(abstracts.inline(string(item.get("title")) or string(item.get("display_name"))), language),
        contributors=tuple(_authors(item, findings)),
        container=_container(item, source, findings),
        published=_published(item, findings),
        publisher=plain(string(source.get("host_organization_name"))),
        abstract=parts.text(_abstract(item, findings), language),
        languages=languages,
        subjects=tuple(dict.fromkeys(_subjects(item))),
        identifiers=_identifiers(item, key, findings),
        links=tuple(_links(item)),
        licence=_licence(item),
        genres=_genres(item),
        relations=(Relation("retraction"),) if item.get("is_retracted") is True else (),
    )
    return parts.with_all_text(record, findings)


_KINDS = {
    **dict.fromkeys(("article", "review", "letter", "editorial", "erratum", "retraction"), kinds.ARTICLE),
    "preprint": kinds.PREPRINT,
    "book": kinds.BOOK,
    **dict.fromkeys(("book-chapter", "reference-entry", "book-section"), kinds.CHAPTER),
    "dataset": kinds.DATASET,
    "dissertation": kinds.THESIS,
    **dict.fromkeys(("report", "standard", "report-component"), kinds.REPORT),
    "software": kinds.SOFTWARE,
}


def _kind(item: Json) -> str:
    if string(item.get("type_crossref")) == "proceedings-article" or string(item.get("type")) == "conference-paper":
        return kinds.CONFERENCE_PAPER
    return _KINDS.get(string(item.get("type")), kinds.OTHER)


def _genres(item: Json) -> tuple[str, ...]:
    name = plain(string(item.get("type")))
    is_kind = name in ("", "article", "other") or _KINDS.get(name, "").lower().replace(" ", "-") == name
    return () if is_kind or name in ("book-chapter", "dissertation") else (name,)


def _authors(item: Json, findings: Findings) -> Iterator[Contributor]:
    for entry in dictionaries(item.get("authorships")):
        author = dictionary(entry.get("author"))
        name = plain(string(author.get("display_name")) or string(entry.get("raw_author_name")))
        if name:
            yield Contributor(
                name,
                orcid=parts.orcid(string(author.get("orcid")), findings),
                affiliations=_affiliations(entry),
            )


def _affiliations(entry: Json) -> tuple[str, ...]:
    printed = strings(entry.get("raw_affiliation_strings") or entry.get("raw_affiliation_string"))
    printed = printed or [
        string(found.get("raw_affiliation_string")) for found in dictionaries(entry.get("affiliations"))
    ]
    printed = printed or [string(found.get("display_name")) for found in dictionaries(entry.get("institutions"))]
    return tuple(dict.fromkeys(text for text in map(plain, printed) if text))


def _container(item: Json, source: Json, findings: Findings) -> Container:
    biblio = dictionary(item.get("biblio"))
    issns = list(dict.fromkeys([*strings(source.get("issn_l")), *strings(source.get("issn"))]))
    start, end = plain(string(biblio.get("first_page"))), plain(string(biblio.get("last_page")))
    is_number = end in ("", start) and parts.is_article_number(start)
    title = string(source.get("display_name")) or string(
        dictionary(item.get("primary_location")).get("raw_source_name")
    )
    if string(source.get("type")) == "repository":
        return Container()
    return Container(
        title=plain(title),
        volume=plain(string(biblio.get("volume"))),
        issue=plain(string(biblio.get("issue"))),
        start_page="" if is_number else start,
        end_page=end if end != start else "",
        article_number=start if is_number else "",
        issn=parts.issn(issns[0], findings) if issns else "",
        eissn=parts.issn(issns[1], findings, "container.eissn") if len(issns) > 1 else "",
    )


def _published(item: Json, findings: Findings) -> PublicationDate | None:
    """OpenAlex gives the first of January, or of the month, where it does not know the day: the year is sure."""
    year, date = string(item.get("publication_year")), string(item.get("publication_date"))
    exact, whole = publication_date(date), publication_date(year)
    if exact and (whole is None or whole.year == exact.year):
        return PublicationDate(exact.value[:4], date) if exact.value.endswith("-01-01") else exact
    if year and whole is None:
        findings.problem("published", f"publication_year {shown(year)} is no year between 1400 and 2100: left out")
    return whole


def _abstract(item: Json, findings: Findings) -> str:
    words: dict[int, str] = {}
    for word, places in dictionary(item.get("abstract_inverted_index")).items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < MAX_ABSTRACT_WORDS:
                words[place] = word
    if words and len(words) <= max(words):
        findings.problem("abstract", f"{max(words) + 1 - len(words)} words of the abstract are missing", "note")
    return abstracts.from_jats(" ".join(words[place] for place in sorted(words)))


def _subjects(item: Json) -> Iterator[Subject]:
    for entry in dictionaries(item.get("keywords")):
        if value := plain(string(entry.get("display_name")) or string(entry.get("keyword"))):
            yield Subject(value)
    topics = dictionaries(item.get("topics")) or dictionaries(item.get("primary_topic"))
    listed = [("topic", topics), ("concept", dictionaries(item.get("concepts")) if not topics else [])]
    for scheme, entries in listed:
        for entry in entries:
            if value := plain(string(entry.get("display_name"))):
                yield Subject(value, scheme, plain(string(entry.get("id"))).rpartition("/")[2])
    for entry in dictionaries(item.get("mesh")):
        names = [plain(string(entry.get(key))) for key in ("descriptor_name", "qualifier_name")]
        if names[0]:
            yield Subject("/".join(filter(None, names)), "MeSH", plain(string(entry.get("descriptor_ui"))))


def _identifiers(item: Json, key: str, findings: Findings) -> tuple[Identifier, ...]:
    ids = dictionary(item.get("ids"))
    doi = parts.doi(string(item.get("doi")) or string(ids.get("doi")), findings)
    pmid = string(ids.get("pmid")).rpartition("/")[2]
    found = [
        Identifier("doi", doi),
        Identifier("pmid", identifiers.pmid(f"pmid:{pmid}")),
        Identifier("pmcid", identifiers.pmcid(f"PMC{string(ids.get('pmcid')).rpartition('/')[2].removeprefix('PMC')}")),
        Identifier("openalex", key if key[:1] == "W" else ""),
    ]
    return tuple(identifier for identifier in found if identifier.value)


def _links(item: Json) -> Iterator[Link]:
    """Open copies as full text, each address once; the page of a closed one is "other"."""
    seen: set[str] = set()
    best, first = dictionary(item.get("best_oa_location")), dictionary(item.get("primary_location"))
    for place in (best, first, *dictionaries(item.get("locations"))):
        kind = "fulltext" if place is best or place.get("is_oa") is True else "other"
        pdf, page = (parts.web_address(string(place.get(key))) for key in ("pdf_url", "landing_page_url"))
        for url, content_type in ((pdf, "application/pdf"), (page, "")):
            if url and url not in seen:
                seen.add(url)
                yield Link(url, "fulltext" if content_type else kind, content_type)
    url = parts.web_address(string(dictionary(item.get("open_access")).get("oa_url")))
    if url and url not in seen:
        yield Link(url)


def _licence(item: Json) -> str:
    places = [dictionary(item.get(key)) for key in ("primary_location", "best_oa_location")]
    names = [plain(string(place.get("license"))) for place in places]
    known = [parts.licence([f"cc {name.removeprefix('cc-')}"]) for name in names if name.startswith("cc")]
    known += ["CC0" for name in names if name == "public-domain"]
    return next((name for name in (*known, *names) if name), "")
