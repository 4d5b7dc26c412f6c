"""DataCite's metadata of a work as JSON: a line of a dump, an item of an answer, or one work's answer whole.

Fields: DataCite Metadata Schema 4.6, in the spelling of DataCite's REST API (JSON:API, "attributes" holds them).
"""

from collections.abc import Iterator

from bookwheel.formats import abstracts, parts
from bookwheel.formats.elements import Rules
from bookwheel.formats.identity import address
from bookwheel.formats.json_kinds import unwrapped
from bookwheel.formats.json_values import Json, decoded, dictionaries, dictionary, everything, string, strings, trace
from bookwheel.formats.reading import Findings, plain, rejected, shown
from bookwheel.records import identifiers, kinds
from bookwheel.records.dates import publication_date
from bookwheel.records.languages import language_code
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

_PEOPLE = ("creators", "contributors")

RULES = Rules(
    Provenance("id", "doi", "prefix and the DOI, signs as hyphens"),
    Provenance("identifiers.doi", "doi", "bare, lower case"),
    Provenance("datestamp", "updated", "as given"),
    Provenance("title", "titles/title", "first without a titleType, with its subtitle"),
    Provenance("other_titles", "titles/titleType", "alternative and translated titles are other_titles"),
    Provenance("other_titles", "titles/lang", "the title's language"),
    *(Provenance("contributors", f"{role}/{name}", role[:-1]) for role in _PEOPLE for name in ("name", "nameType")),
    *(
        Provenance("contributors", f"{role}/{name}", role[:-1])
        for role in _PEOPLE
        for name in ("givenName", "familyName")
    ),
    *(Provenance("contributors.affiliations", f"{role}/affiliation", "names") for role in _PEOPLE),
    *(Provenance("contributors.orcid", f"{role}/nameIdentifiers", "ORCID of them") for role in _PEOPLE),
    Provenance("contributors", "contributors/contributorType", "the role, in small letters"),
    Provenance("publisher", "publisher", "cleaned"),
    Provenance("published", "publicationYear", "where no date says more of the same year"),
    Provenance("published", "dates", "issued or available, of the year of publication"),
    Provenance("format", "types", "resourceTypeGeneral → kinds of work"),
    Provenance("genres", "types", "resourceType, where it says more than the kind"),
    Provenance("container", "container", "title, volume, issue, pages, ISSN"),
    Provenance("series", "container", "of a book or data set"),
    Provenance("container", "relatedItems", "the item it is published in"),
    Provenance("subjects", "subjects/subject", "keyword, or in its scheme"),
    Provenance("subjects", "subjects/subjectScheme", "the scheme"),
    Provenance("subjects", "subjects/classificationCode", "the code"),
    Provenance("abstract", "descriptions", "first abstract; translated ones are other_abstracts"),
    Provenance("notes", "descriptions", "methods, table of contents and others"),
    Provenance("languages", "language", "code → ISO 639-3"),
    Provenance("identifiers", "identifiers", "what is no DOI of the same work"),
    Provenance("identifiers", "alternateIdentifiers", "what is no DOI of the same work"),
    Provenance("relations", "relatedIdentifiers", "by relationType"),
    Provenance("licence", "rightsList", "Creative Commons by its address, else the first"),
    Provenance("edition", "version", "cleaned"),
    Provenance("extent", "sizes", "joined"),
    Provenance("links", "url", "the page of the work"),
    Provenance("links", "contentUrl", "full text"),
    Provenance("links", "formats", "content type of a single full text"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one work. Values of an unexpected type are passed over. Never raises for bad data."""
    whole, wrong = decoded(raw)
    item = unwrapped(unwrapped(whole, "data"), "attributes")
    if wrong or not ("creators" in item or "titles" in item):
        return rejected(raw, wrong or f"expected a work with creators and titles, found {shown(', '.join(item))}")
    findings = Findings()
    record = parts.checked(_record(item, whole, raw, id_prefix or "datacite-", findings), findings)
    trace(item, RULES, findings)
    return findings.reading(record)


def _record(item: Json, whole: Json, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    doi = parts.doi(string(item.get("doi")) or string(unwrapped(whole, "data").get("id")), findings)
    identifier = raw.identifier or doi or string(unwrapped(whole, "data").get("id"))
    languages = parts.languages(strings(item.get("language")), findings, frozenset(("und", "zxx", "mul")))
    language = languages[0] if languages else ""
    title, *others = _titles(item, language) or [Text("")]
    abstract, *abstracts_ = _abstracts(item, language) or [Text("")]
    kind = _kind(item)
    return Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp or string(item.get("updated")),
        format=kind,
        record_format="datacite",
        title=title,
        other_titles=tuple(others),
        contributors=tuple(_people(item, findings)),
        container=_container(item, kind, findings),
        published=_published(item, findings),
        publisher=_publisher(item),
        abstract=abstract,
        other_abstracts=tuple(abstracts_),
        languages=languages,
        subjects=tuple(dict.fromkeys(_subjects(item))),
        identifiers=tuple(dict.fromkeys(_identifiers(item, doi))),
        links=_links(item),
        licence=parts.licence(_rights(item)),
        all_text=parts.all_text(map(abstracts.words, everything(item, _TECHNICAL)), findings),
        genres=_genres(item, kind),
        edition=plain(string(item.get("version"))),
        extent="; ".join(text for text in map(plain, strings(item.get("sizes"))) if text),
        series=_series(item, kind),
        notes=_notes(item),
        relations=tuple(dict.fromkeys(_relations(item))),
    )


def _titles(item: Json, language: str) -> tuple[Text, ...]:
    main, others, subtitle = [], [], ""
    for entry in dictionaries(item.get("titles")):
        value = abstracts.inline(string(entry.get("title")))
        text = parts.text(
            value, language_code(string(entry.get("lang"))) or (language if not entry.get("titleType") else "")
        )
        match string(entry.get("titleType")):
            case "Subtitle":
                subtitle = subtitle or value
            case "":
                main.append(text)
            case _:
                others.append(text)
    if main and subtitle:
        main[0] = Text(f"{main[0].value.rstrip(':')}: {subtitle}", main[0].language)
    return parts.texts([*main, *others])


def _people(item: Json, findings: Findings) -> Iterator[Contributor]:
    for key in _PEOPLE:
        for entry in dictionaries(item.get(key)):
            kind = string(entry.get("contributorType"))
            role = "author" if key == "creators" else _role(kind)
            person = _person(entry, role, findings)
            if person.name:
                yield person


def _role(contributor_type: str) -> str:
    """ "DataCurator" → "data curator"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in plain(contributor_type)[:40])
    return words.strip() or "contributor"


def _person(entry: Json, role: str, findings: Findings) -> Contributor:
    family, given = string(entry.get("familyName")), string(entry.get("givenName"))
    found = ((string(a.get("name")) if isinstance(a, dict) else string(a)) for a in _list(entry.get("affiliation")))
    orcids = [
        string(identifier.get("nameIdentifier"))
        for identifier in dictionaries(entry.get("nameIdentifiers"))
        if "orcid" in string(identifier.get("nameIdentifierScheme")).lower()
    ]
    orcid = parts.orcid(orcids[0], findings) if orcids else ""
    affiliations = tuple(dict.fromkeys(text for text in map(plain, found) if text))
    is_body = string(entry.get("nameType")) == "Organizational"
    if plain(family) and not is_body:
        return parts.person(family, given, role=role, orcid=orcid, affiliations=affiliations)
    return Contributor(plain(string(entry.get("name"))), role, is_body, orcid=orcid, affiliations=affiliations)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


_KINDS = {
    "dataset": kinds.DATASET,
    "datapaper": kinds.ARTICLE,
    "journalarticle": kinds.ARTICLE,
    "preprint": kinds.PREPRINT,
    "report": kinds.REPORT,
    "outputmanagementplan": kinds.REPORT,
    "book": kinds.BOOK,
    "bookchapter": kinds.CHAPTER,
    "conferencepaper": kinds.CONFERENCE_PAPER,
    "conferenceproceeding": kinds.PROCEEDINGS,
    "dissertation": kinds.THESIS,
    "thesis": kinds.THESIS,
    "phdthesis": kinds.THESIS,
    "article": kinds.ARTICLE,
    "journal": kinds.JOURNAL,
    "software": kinds.SOFTWARE,
    "computationalnotebook": kinds.SOFTWARE,
    "audiovisual": kinds.VIDEO,
    "film": kinds.VIDEO,
    "image": kinds.IMAGE,
    "sound": kinds.AUDIO,
}


def _kind(item: Json) -> str:
    types = dictionary(item.get("types"))
    words = (string(types.get("resourceTypeGeneral")), string(types.get("resourceType")), string(types.get("bibtex")))
    found = (_KINDS.get("".join(filter(str.isalnum, word.lower()))) for word in words)
    return next((kind for kind in found if kind), kinds.OTHER)


def _genres(item: Json, kind: str) -> tuple[str, ...]:
    types = dictionary(item.get("types"))
    genre = plain(string(types.get("resourceType"))) or plain(string(types.get("resourceTypeGeneral")))
    known = {_squeezed(kind), _squeezed(string(types.get("resourceTypeGeneral")))} if kind != kinds.OTHER else set()
    return (genre,) if genre and _squeezed(genre) not in known else ()


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _container(item: Json, kind: str, findings: Findings) -> Container:
    container = dictionary(item.get("container"))
    related = [r for r in dictionaries(item.get("relatedItems")) if string(r.get("relationType")) == "IsPublishedIn"]
    place = dictionary(related[0]) if related else container
    titles = dictionaries(place.get("titles"))
    title = string(titles[0].get("title")) if titles else string(container.get("title"))
    if kind in _ALONE:
        return Container()
    pages = parts.pages(string(place.get("firstPage")))
    last = plain(string(place.get("lastPage"))) or pages[1]
    found = dictionary(place.get("relatedItemIdentifier"))
    number = string(found.get("relatedItemIdentifier")) or string(container.get("identifier"))
    is_issn = "ISSN" in (string(found.get("relatedItemIdentifierType")), string(container.get("identifierType")))
    return Container(
        title=plain(title),
        volume=plain(string(place.get("volume"))),
        issue=plain(string(place.get("issue"))),
        start_page=pages[0],
        end_page=last if last != pages[0] else "",
        issn=parts.issn(number, findings) if is_issn else "",
    )


_ALONE = (kinds.BOOK, kinds.REPORT, kinds.THESIS, kinds.DATASET, kinds.SOFTWARE, kinds.JOURNAL)
"""What stands by itself: its container is a series."""


def _series(item: Json, kind: str) -> tuple[Series, ...]:
    container = dictionary(item.get("container"))
    title = plain(string(container.get("title")))
    return (Series(title, plain(string(container.get("volume")))),) if title and kind in _ALONE else ()


def _published(item: Json, findings: Findings) -> PublicationDate | None:
    """The year, more exactly where a date of that year is given: "Issued" before "Available"."""
    year = string(item.get("publicationYear")) or string(item.get("published"))
    dates = {string(entry.get("dateType")): string(entry.get("date")) for entry in dictionaries(item.get("dates"))}
    whole = publication_date(year)
    found = (publication_date(dates.get(kind, "")) for kind in ("Issued", "Available"))
    exact = next((date for date in found if date and (whole is None or date.year == whole.year)), None)
    if year and whole is None:
        findings.problem("published", f"publicationYear {shown(year)} is no year between 1400 and 2100: left out")
    return exact or whole


def _publisher(item: Json) -> str:
    """A text, or since schema 4.5 an object with a name."""
    publisher = item.get("publisher")
    name = plain(string(dictionary(publisher).get("name")) or string(publisher))
    return "" if name.lower() in ("(:unav)", "(:unkn)", ":unav", "unknown", "not provided yet") else name


def _subjects(item: Json) -> Iterator[Subject]:
    for entry in dictionaries(item.get("subjects")):
        scheme = plain(string(entry.get("subjectScheme")))
        if value := plain(string(entry.get("subject"))):
            yield Subject(value, scheme or "keyword", plain(string(entry.get("classificationCode"))))


def _abstracts(item: Json, language: str) -> tuple[Text, ...]:
    return parts.texts(
        parts.text(_description(entry), language_code(string(entry.get("lang"))) or language)
        for entry in dictionaries(item.get("descriptions"))
        if string(entry.get("descriptionType")) in ("Abstract", "")
    )


def _notes(item: Json) -> tuple[str, ...]:
    found = (
        _description(entry)
        for entry in dictionaries(item.get("descriptions"))
        if string(entry.get("descriptionType")) not in ("Abstract", "")
    )
    return tuple(dict.fromkeys(text for text in found if text))


def _description(entry: Json) -> str:
    return abstracts.from_jats(string(entry.get("description")))


def _identifiers(item: Json, doi: str) -> Iterator[Identifier]:
    if doi:
        yield Identifier("doi", doi)
    pairs = [
        (string(e.get("identifierType")), string(e.get("identifier"))) for e in dictionaries(item.get("identifiers"))
    ]
    pairs += [
        (string(e.get("alternateIdentifierType")), string(e.get("alternateIdentifier")))
        for e in dictionaries(item.get("alternateIdentifiers"))
    ]
    for kind, text in pairs:
        if identifiers.doi(text) or not (value := plain(text)):
            continue
        known = identifiers.detect(value)
        if known and known.scheme in ("pmid", "pmcid", "isbn"):
            yield known
        elif kind.lower() == "isbn" and (isbn := identifiers.isbn(value)):
            yield Identifier("isbn", isbn)
        else:
            yield Identifier("handle" if kind.lower() == "handle" else "other", value)


_RELATIONS = {
    **dict.fromkeys(("IsVersionOf", "HasVersion", "IsNewVersionOf", "IsPreviousVersionOf"), "version"),
    **dict.fromkeys(("IsVariantFormOf", "IsOriginalFormOf", "IsIdenticalTo", "IsObsoletedBy", "Obsoletes"), "version"),
    **dict.fromkeys(("IsTranslationOf", "HasTranslation"), "version"),
    **dict.fromkeys(("IsPartOf", "IsPublishedIn"), "whole"),
    "HasPart": "part",
    **dict.fromkeys(("IsSupplementedBy", "IsSourceOf", "IsDerivedFrom"), "data"),
}
"""What the other work is to this one; everything else ("Cites", "IsSupplementTo") is "other"."""


def _relations(item: Json) -> Iterator[Relation]:
    for entry in dictionaries(item.get("relatedIdentifiers")):
        value = plain(string(entry.get("relatedIdentifier")))
        scheme = string(entry.get("relatedIdentifierType")).lower()
        if doi := identifiers.doi(value) if scheme in ("doi", "url") else "":
            scheme, value = "doi", doi
        if value:
            yield Relation(_RELATIONS.get(string(entry.get("relationType")), "other"), scheme, value)


def _links(item: Json) -> tuple[Link, ...]:
    texts = [url for text in strings(item.get("contentUrl")) if (url := parts.web_address(text))]
    media = [text for text in map(plain, strings(item.get("formats"))) if "/" in text]
    content_type = media[0].lower() if len(media) == len(texts) == 1 else ""
    found = [Link(url, "fulltext", content_type) for url in texts]
    page = parts.web_address(string(item.get("url")))
    return tuple(dict.fromkeys([*found, *([Link(page, "other")] if page and page not in texts else [])]))


def _rights(item: Json) -> list[str]:
    keys = ("rightsUri", "rightsIdentifier", "rights")
    texts = [plain(string(entry.get(key))) for entry in dictionaries(item.get("rightsList")) for key in keys]
    return [text for text in texts if text]


_TECHNICAL_ROW = """
xml schemaVersion state prefix suffix created updated registered types source metadataVersion isActive reason
nameType dates descriptionType nameIdentifiers relatedIdentifiers titleType lang relationType viewsOverTime
downloadsOverTime
"""
_TECHNICAL = frozenset(_TECHNICAL_ROW.split())
"""No words a reader would search for."""
