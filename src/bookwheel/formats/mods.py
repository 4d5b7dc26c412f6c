"""MODS 3: the Library of Congress's descriptions in XML, as repositories and digital libraries give them.

Elements: Metadata Object Description Schema 3.8. A `relatedItem` of type host is the journal or book of the work.
"""

import re

from lxml import etree

from bookwheel.formats import mods_people, parts
from bookwheel.formats.elements import XLINK, Elements, Rules, attribute, child, child_text, children, value
from bookwheel.formats.identity import address, fingerprint
from bookwheel.formats.reading import Findings, plain, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse
from bookwheel.records import identifiers, kinds
from bookwheel.records.dates import publication_date
from bookwheel.records.languages import language_code
from bookwheel.records.model import (
    Container,
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

RULES = Rules(
    Provenance("title", "titleInfo", "without a type; nonSort, title, subTitle and parts joined"),
    Provenance("other_titles", "titleInfo", "translated, alternative, uniform, with their language"),
    *mods_people.RULES,
    Provenance("format", "typeOfResource", "where no genre tells it"),
    Provenance("format", "genre", "by word → kinds of work"),
    Provenance("genres", "genre", "what is no kind of work"),
    Provenance("place", "originInfo/place", "in words"),
    Provenance("publisher", "originInfo/publisher", "first one"),
    Provenance("published", "originInfo/dateIssued", "the encoded one first"),
    Provenance("published", "originInfo/copyrightDate", "where there is no dateIssued"),
    Provenance("published", "originInfo/dateCreated", "where there is no dateIssued"),
    Provenance("edition", "originInfo/edition", "cleaned"),
    Provenance("languages", "language/languageTerm", "code or name → ISO 639-3"),
    Provenance("extent", "physicalDescription/extent", "cleaned"),
    Provenance("links", "physicalDescription/internetMediaType", "content type of a single link"),
    Provenance("abstract", "abstract", "first one; more are other_abstracts, with their language"),
    Provenance("notes", "tableOfContents", "cleaned"),
    Provenance("notes", "note", "cleaned"),
    Provenance("subjects", "subject", "topic -- place -- time; scheme by authority"),
    Provenance("call_numbers", "classification", "authority lcc"),
    Provenance("container", "relatedItem", "host: title, ISSN, volume, issue, pages"),
    Provenance("series", "relatedItem", "series: title and number"),
    Provenance("relations", "relatedItem", "other types"),
    Provenance("container", "part", "volume, issue and pages where the host has none"),
    Provenance("identifiers", "identifier", "by type: doi, isbn, pmid, pmcid, handle, else other"),
    Provenance("links", "location/url", "addresses on the web"),
    Provenance("call_numbers", "location/shelfLocator", "cleaned"),
    Provenance("licence", "accessCondition", "Creative Commons by address or wording, else the address"),
    Provenance("id", "recordInfo/recordIdentifier", "prefix and identifier"),
    Provenance("datestamp", "recordInfo/recordChangeDate", "year-month-day"),
)

_KINDS = (
    ("book chapter", kinds.CHAPTER),
    ("book section", kinds.CHAPTER),
    ("chapter", kinds.CHAPTER),
    ("preprint", kinds.PREPRINT),
    ("article", kinds.ARTICLE),
    ("thesis", kinds.THESIS),
    ("dissertation", kinds.THESIS),
    ("conference paper", kinds.CONFERENCE_PAPER),
    ("conference publication", kinds.PROCEEDINGS),
    ("proceeding", kinds.PROCEEDINGS),
    ("report", kinds.REPORT),
    ("dataset", kinds.DATASET),
    ("software", kinds.SOFTWARE),
    ("web site", kinds.WEBSITE),
    ("website", kinds.WEBSITE),
    ("periodical", kinds.JOURNAL),
    ("journal", kinds.JOURNAL),
    ("book", kinds.BOOK),
)
_RESOURCES = {
    "cartographic": kinds.MAP,
    "notated music": kinds.SCORE,
    "sound recording": kinds.AUDIO,
    "sound recording-musical": kinds.AUDIO,
    "sound recording-nonmusical": kinds.AUDIO,
    "still image": kinds.IMAGE,
    "moving image": kinds.VIDEO,
    "software, multimedia": kinds.SOFTWARE,
}


_DAY = re.compile(r"^(\d{4})(\d\d)(\d\d)")
"""ISO 8601 without hyphens, as MODS gives dates in its examples."""


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one `mods`. Never raises for bad data."""
    try:
        root = parse(raw.payload)
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    while local_name(root) in ("metadata", "modsCollection") and len(root):
        root = root[0]
    if local_name(root) != "mods":
        return rejected(raw, f"expected a mods, found {shown(str(root.tag))}")
    findings = Findings()
    elements = Elements(root, RULES)
    record = parts.checked(_record(elements, raw, id_prefix or f"{raw.source}-", findings), findings)
    elements.trace(findings)
    return findings.reading(record)


def _record(elements: Elements, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    known = _identifiers(elements, findings)
    languages = _languages(elements, findings)
    title, *other_titles = _titles(elements, languages) or [Text("")]
    abstracts = list(parts.texts(Text(plain(value(e)), _language(e)) for e in elements.all("abstract"))) or [Text("")]
    first_identifier = next((identifier.value for identifier in known), "")
    identifier = raw.identifier or elements.text("recordInfo/recordIdentifier") or first_identifier
    identifier = identifier or fingerprint(title.value, elements.text("originInfo/dateIssued"))
    hosts = [found for found in elements.all("relatedItem") if found.get("type") == "host"]
    own_parts = elements.all("part")
    container = _container(hosts[0] if hosts else None, own_parts, findings)
    changed = publication_date(_DAY.sub(r"\1-\2-\3", elements.text("recordInfo/recordChangeDate")))
    return Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp or (changed.value if changed else ""),
        format=_kind(elements, container),
        record_format="mods",
        title=title,
        other_titles=tuple(other_titles),
        contributors=mods_people.contributors(elements, findings),
        container=container,
        published=_published(elements, hosts, findings),
        publisher=plain(elements.text("originInfo/publisher")),
        abstract=abstracts[0],
        other_abstracts=tuple(abstracts[1:]),
        languages=languages,
        subjects=_subjects(elements),
        identifiers=known,
        links=_links(elements),
        licence=_licence(elements),
        all_text=parts.all_text(map(plain, elements.everything()), findings),
        genres=_genres(elements),
        edition=plain(elements.text("originInfo/edition")),
        place=_place(elements),
        extent=plain("; ".join(elements.texts("physicalDescription/extent"))),
        series=_series(elements),
        notes=tuple(dict.fromkeys(map(plain, elements.texts("tableOfContents", "note")))),
        relations=_relations(elements),
        call_numbers=_call_numbers(elements),
    )


def _language(element: etree._Element) -> str:
    return language_code(attribute(element, "lang") or attribute(element, "{http://www.w3.org/XML/1998/namespace}lang"))


def _languages(elements: Elements, findings: Findings) -> tuple[str, ...]:
    terms = elements.all("language/languageTerm")
    coded = [value(term) for term in terms if term.get("type") == "code"]
    return parts.languages(coded or [value(term) for term in terms], findings, frozenset(("und", "zxx", "mul")))


def _titles(elements: Elements, languages: tuple[str, ...]) -> list[Text]:
    own = languages[0] if len(languages) == 1 else ""
    listed = [found for found in elements.all("titleInfo") if found.get("type") != "abbreviated"]
    listed.sort(key=lambda found: bool(found.get("type")))
    return list(
        parts.texts(Text(_title(found), _language(found) or ("" if found.get("type") else own)) for found in listed)
    )


def _title(element: etree._Element) -> str:
    article = child_text(element, "nonSort")
    # "L'" and its like stand without a blank.
    glue = "" if article.endswith(("'", "’")) else " "
    title = plain(f"{article}{glue}{child_text(element, 'title')}")
    if subtitle := child_text(element, "subTitle"):
        title = f"{title}: {plain(subtitle)}"
    return ". ".join(
        part for part in (title, *(child_text(element, name) for name in ("partNumber", "partName"))) if part
    )


def _kind(elements: Elements, container: Container) -> str:
    genres = [text.lower() for text in elements.texts("genre")]
    if found := next((kind for genre in genres for word, kind in _KINDS if word in genre), ""):
        return found
    if found := _RESOURCES.get(elements.text("typeOfResource").lower(), ""):
        return found
    if container.title:
        return kinds.ARTICLE if container.issn or container.volume else kinds.CHAPTER
    return kinds.BOOK if elements.text("typeOfResource").lower() == "text" else kinds.OTHER


def _genres(elements: Elements) -> tuple[str, ...]:
    words = frozenset(word for word, _ in _KINDS)
    found = (plain(text) for text in elements.texts("genre"))
    return tuple(
        dict.fromkeys(text for text in found if text.lower() not in words and text.lower() != "journal article")
    )


def _place(elements: Elements) -> str:
    terms = [term for place in elements.all("originInfo/place") for term in children(place, "placeTerm")]
    return next((plain(value(term)) for term in terms if term.get("type") != "code" and value(term)), "")


def _published(elements: Elements, hosts: list[etree._Element], findings: Findings) -> PublicationDate | None:
    listed = elements.all("originInfo/dateIssued", "originInfo/copyrightDate", "originInfo/dateCreated", "part/date")
    listed += [found for host in hosts for found in host.iter() if local_name(found) in ("dateIssued", "date")]
    listed.sort(key=lambda found: not found.get("encoding"))
    dates = [date for found in listed if found.get("point") != "end" and (date := publication_date(value(found)))]
    if not dates:
        findings.problem("published", "no date with a year between 1400 and 2100", "note")
    return dates[0] if dates else None


def _container(host: etree._Element | None, own: list[etree._Element], findings: Findings) -> Container:
    of_host = [] if host is None else children(host, "part")
    details = {
        attribute(detail, "type"): plain(child_text(detail, "number", "caption", "title"))
        for part in (*own, *of_host)
        for detail in children(part, "detail")
    }
    extents = [found for part in (*of_host, *own) for found in children(part, "extent")]
    start = next((plain(text) for found in extents if (text := child_text(found, "start", "list"))), "")
    end = next((plain(text) for found in extents if (text := child_text(found, "end"))), "")
    article_number = next((number for kind, number in details.items() if kind.startswith("article")), "")
    if start == article_number:
        # Some write it where the pages would stand, too.
        start = end = ""
    issns: list[str] = []
    title = abbreviation = ""
    if host is not None:
        heading = {attribute(found, "type"): _title(found) for found in reversed(children(host, "titleInfo"))}
        title, abbreviation = heading.get("", ""), heading.get("abbreviated", "")
        numbers = [found for found in children(host, "identifier") if "issn" in attribute(found, "type").lower()]
        issns = [issn for found in numbers if (issn := parts.issn(value(found), findings))]
    return Container(
        title=title,
        volume=details.get("volume", ""),
        issue=details.get("issue", "") or details.get("number", ""),
        start_page=start,
        end_page=end,
        article_number=article_number,
        issn=issns[0] if issns else "",
        eissn=issns[1] if len(issns) > 1 else "",
        abbreviation=abbreviation,
    )


def _identifiers(elements: Elements, findings: Findings) -> tuple[Identifier, ...]:
    found = []
    for element in elements.all("identifier"):
        kind, text = attribute(element, "type").lower(), plain(value(element))
        if element.get("invalid") == "yes" or not text or (kind in ("issn", "uri") and "doi.org" not in text):
            continue
        if kind == "doi" or "doi.org/" in text:
            found.append(Identifier("doi", parts.doi(text, findings)))
        elif kind == "isbn":
            found.append(Identifier("isbn", identifiers.isbn(text)))
        elif kind in ("pmid", "pubmed"):
            found.append(Identifier("pmid", text.lstrip("0") if text.isdecimal() else ""))
        elif kind in ("pmc", "pmcid"):
            found.append(Identifier("pmcid", identifiers.pmcid(text)))
        else:
            found.append(Identifier({"hdl": "handle", "handle": "handle", "lccn": "lccn"}.get(kind, "other"), text))
    return tuple(dict.fromkeys(identifier for identifier in found if identifier.value))


_TOPICS = ("topic", "geographic", "temporal", "name", "titleInfo", "genre", "hierarchicalGeographic")
_SCHEMES = {"lcsh": "LCSH", "mesh": "MeSH"}


def _subjects(elements: Elements) -> tuple[Subject, ...]:
    found = []
    for element in elements.all("subject"):
        scheme = attribute(element, "authority").lower()
        parts_of_heading = (plain(" ".join(map(value, e)) if len(e) else value(e)) for e in children(element, *_TOPICS))
        heading = " -- ".join(part for part in parts_of_heading if part)
        found.append(Subject(heading, _SCHEMES.get(scheme, scheme) or "keyword"))
    return tuple(dict.fromkeys(subject for subject in found if subject.value))


def _links(elements: Elements) -> tuple[Link, ...]:
    urls = [(value(found), attribute(found, "access")) for found in elements.all("location/url")]
    urls += [(value(found), "") for found in elements.all("identifier") if found.get("type") == "uri"]
    web = [(url, access) for url, access in urls if url.startswith(("http://", "https://")) and "doi.org/" not in url]
    media = elements.texts("physicalDescription/internetMediaType")
    content_type = media[0] if len(media) == len(web) == 1 else ""
    return tuple(
        dict.fromkeys(Link(url, "other" if access == "preview" else "fulltext", content_type) for url, access in web)
    )


def _licence(elements: Elements) -> str:
    found = elements.all("accessCondition")
    candidates = [text for element in found for text in (attribute(element, f"{XLINK}href"), value(element)) if text]
    return parts.licence(candidates)


def _series(elements: Elements) -> tuple[Series, ...]:
    found = []
    for element in elements.all("relatedItem"):
        heading = child(element, "titleInfo")
        if element.get("type") == "series" and heading is not None:
            numbers = (child_text(detail, "number") for part in children(element, "part") for detail in part)
            number = child_text(heading, "partNumber") or next(filter(None, numbers), "")
            issn = next(
                (identifiers.issn(value(e)) for e in children(element, "identifier") if e.get("type") == "issn"), ""
            )
            found.append(Series(plain(child_text(heading, "title")), plain(number), issn))
    return tuple(dict.fromkeys(series for series in found if series.title))


_RELATIONS = {
    "preceding": "earlier",
    "succeeding": "later",
    "constituent": "part",
    "otherVersion": "version",
    "otherFormat": "version",
    "original": "version",
}


def _relations(elements: Elements) -> tuple[Relation, ...]:
    found = []
    for element in elements.all("relatedItem"):
        if element.get("type") in ("host", "series"):
            continue
        heading = child(element, "titleInfo")
        named = child(element, "identifier")
        text = "" if named is None else plain(value(named))
        doi = identifiers.doi(text)
        scheme = "doi" if doi else attribute(named, "type").lower() if named is not None else ""
        title = "" if heading is None else _title(heading)
        found.append(Relation(_RELATIONS.get(attribute(element, "type"), "other"), scheme, doi or text, title))
    return tuple(dict.fromkeys(relation for relation in found if relation.value or relation.title))


def _call_numbers(elements: Elements) -> tuple[str, ...]:
    classes = [value(found) for found in elements.all("classification") if found.get("authority") == "lcc"]
    return tuple(dict.fromkeys(map(plain, (*classes, *elements.texts("location/shelfLocator")))))
