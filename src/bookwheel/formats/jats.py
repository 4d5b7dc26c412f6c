"""JATS and its older NLM forms: the front of a journal article, with what its body and back let count.

Titles, abstracts and keywords in several languages keep each its language; a `sub-article` that is a translation
gives more of them. Elements: NISO Z39.96 (JATS 1.3); practice of PubMed Central, SciELO PS and JATS4R.
"""

from collections.abc import Iterator

from lxml import etree

from bookwheel.formats import jats_people, parts
from bookwheel.formats.elements import (
    XLINK,
    XML_LANGUAGE,
    Elements,
    Rules,
    attribute,
    child,
    child_text,
    children,
    value,
)
from bookwheel.formats.identity import address, fingerprint
from bookwheel.formats.reading import Findings, plain, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse
from bookwheel.records import kinds
from bookwheel.records.dates import publication_date
from bookwheel.records.identifiers import doi as normal_doi
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

_JOURNAL = "front/journal-meta"
_META = "front/article-meta"
_STUB = "sub-article/front-stub"

RULES = Rules(
    Provenance("container.abbreviation", f"{_JOURNAL}/journal-id", "of type nlm-ta or iso-abbrev"),
    Provenance("container.title", f"{_JOURNAL}/journal-title", "cleaned"),
    Provenance("container.title", f"{_JOURNAL}/journal-title-group/journal-title", "cleaned"),
    Provenance("container.abbreviation", f"{_JOURNAL}/journal-title-group/abbrev-journal-title", "cleaned"),
    Provenance("container.issn", f"{_JOURNAL}/issn", "ppub or print; without a type too"),
    Provenance("container.eissn", f"{_JOURNAL}/issn", "epub or electronic"),
    Provenance("publisher", f"{_JOURNAL}/publisher/publisher-name", "first one"),
    Provenance("place", f"{_JOURNAL}/publisher/publisher-loc", "first one"),
    Provenance("identifiers", f"{_META}/article-id", "doi, pmid, pmcid; publisher-id as publisher"),
    Provenance("genres", f"{_META}/article-categories/subj-group", "headings of the table of contents"),
    Provenance("subjects", f"{_META}/article-categories/subj-group", "other groups, scheme category, each level"),
    Provenance("series", f"{_META}/article-categories/series-title", "cleaned"),
    Provenance("title", f"{_META}/title-group/article-title", "without notes; language of the article"),
    Provenance("title", f"{_META}/title-group/subtitle", "behind the title and a colon"),
    Provenance("other_titles", f"{_META}/title-group/trans-title-group", "with its subtitle and language"),
    Provenance("other_titles", f"{_META}/title-group/trans-title", "with its language"),
    *jats_people.rules(_META),
    Provenance("published", f"{_META}/pub-date", "of the issue; online where equal in year and more exact"),
    Provenance("container.volume", f"{_META}/volume", "cleaned"),
    Provenance("container.issue", f"{_META}/issue", "cleaned"),
    Provenance("container.start_page", f"{_META}/fpage", "cleaned"),
    Provenance("container.end_page", f"{_META}/lpage", "cleaned"),
    Provenance("container.article_number", f"{_META}/elocation-id", "where it is not the DOI again"),
    Provenance("licence", f"{_META}/permissions", "Creative Commons by address or wording, else the address"),
    Provenance("licence", f"{_META}/license", "the same, in older files"),
    Provenance("licence", f"{_META}/copyright-statement", "the same, in older files"),
    Provenance("links", f"{_META}/self-uri", "addresses on the web; kind fulltext"),
    Provenance("relations", f"{_META}/related-article", "by related-article-type"),
    Provenance("abstract", f"{_META}/abstract", "sections behind their titles; those with a type after the others"),
    Provenance("other_abstracts", f"{_META}/trans-abstract", "with its language"),
    Provenance("subjects", f"{_META}/kwd-group", "keyword; abbreviations passed over"),
    Provenance("extent", f"{_META}/counts", "pages"),
    Provenance("notes", f"{_META}/counts", "references, figures, tables"),
    Provenance("notes", "back/ref-list", "references, counted where the front does not tell"),
    Provenance("other_titles", f"{_STUB}/title-group", "of translations, with their language"),
    Provenance("other_abstracts", f"{_STUB}/abstract", "of translations, with their language"),
    Provenance("subjects", f"{_STUB}/kwd-group", "of translations"),
)
_ID = Provenance("id", "header/identifier", "prefix and what follows the last colon")
_LANGUAGE = Provenance("languages", "@xml:lang", "ISO 639-1 → ISO 639-3")
_NOTES = frozenset(("xref", "fn"))


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one `article`, whole or its front alone. Never raises for bad data."""
    try:
        root = parse(parts.without_named_entities(raw.payload))
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    if local_name(root) == "metadata" and len(root):
        root = root[0]
    if local_name(root) != "article":
        return rejected(raw, f"expected an article, found {shown(str(root.tag))}")
    findings = Findings()
    findings.rules += [_ID, _LANGUAGE] if root.get(XML_LANGUAGE) else [_ID]
    elements = Elements(root, RULES)
    record = parts.checked(_record(root, elements, raw, id_prefix or f"{raw.source}-", findings), findings)
    elements.trace(findings)
    return findings.reading(record)


def _record(root: etree._Element, elements: Elements, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    own = language_code(root.get(XML_LANGUAGE, ""))
    translations = [found for found in elements.all("sub-article") if found.get("article-type") == "translation"]
    title, *other_titles = _titles(elements, translations, own) or [Text("")]
    abstract, *other_abstracts = _abstracts(elements, translations, own) or [Text("")]
    known = _identifiers(elements, findings)
    identifier = raw.identifier or next((i.value for i in known if i.scheme in ("pmcid", "doi")), "")
    identifier = identifier or fingerprint(title.value, elements.text(f"{_META}/pub-date/year"))
    genres = _genres(root, elements)
    return Record(
        id=address(identifier, prefix),
        source=raw.source,
        source_identifier=identifier,
        datestamp=raw.datestamp,
        format=_FORMATS.get(attribute(root, "article-type"), kinds.ARTICLE),
        record_format="jats",
        title=title,
        other_titles=tuple(other_titles),
        contributors=jats_people.contributors(elements, _META, findings),
        container=_container(elements, known, findings),
        published=_published(elements, findings),
        publisher=plain(elements.text(f"{_JOURNAL}/publisher/publisher-name")),
        abstract=abstract,
        other_abstracts=tuple(other_abstracts),
        languages=tuple(dict.fromkeys(code for code in (own, *map(_language, translations)) if code)),
        subjects=_subjects(elements, translations),
        identifiers=known,
        links=_links(elements),
        licence=_licence(elements),
        all_text=parts.all_text(map(plain, elements.everything()), findings),
        genres=genres,
        place=plain(elements.text(f"{_JOURNAL}/publisher/publisher-loc")),
        extent=_extent(elements),
        series=tuple(Series(plain(text)) for text in elements.texts(f"{_META}/article-categories/series-title")),
        notes=_counts(root, elements),
        relations=_relations(elements),
    )


_FORMATS = {"dissertation": kinds.THESIS, "preprint": kinds.PREPRINT, "dataset": kinds.DATASET, "book": kinds.BOOK}


def _language(element: etree._Element) -> str:
    return language_code(element.get(XML_LANGUAGE, ""))


def _titles(elements: Elements, translations: list[etree._Element], own: str) -> list[Text]:
    group = f"{_META}/title-group"
    title = next((value(found, _NOTES) for found in elements.all(f"{group}/article-title")), "")
    found = [Text(_joined(title, elements.text(f"{group}/subtitle")), own)]
    for element in elements.all(f"{group}/trans-title-group"):
        text = _joined(child_text(element, "trans-title"), child_text(element, "trans-subtitle"))
        found.append(Text(text, _language(element)))
    found += [Text(plain(value(e, _NOTES)), _language(e)) for e in elements.all(f"{group}/trans-title")]
    for element in translations:
        for stub in _within(element, "front-stub", "title-group"):
            heading = child(stub, "article-title")
            text = "" if heading is None else value(heading, _NOTES)
            found.append(Text(_joined(text, child_text(stub, "subtitle")), _language(element)))
    return list(parts.texts(found))


def _joined(title: str, subtitle: str) -> str:
    separator = " " if title.endswith((":", "?", "!", ".")) else ": "
    return separator.join(part for part in (plain(title), plain(subtitle)) if part)


def _within(element: etree._Element, *names: str) -> list[etree._Element]:
    found = [element]
    for name in names:
        found = [below for above in found for below in children(above, name)]
    return found


def _abstracts(elements: Elements, translations: list[etree._Element], own: str) -> list[Text]:
    """The abstract proper, its translations, then summaries of other kinds; pictures say nothing here."""
    listed = [found for found in elements.all(f"{_META}/abstract") if found.get("abstract-type") != "graphical"]
    listed.sort(key=lambda found: bool(found.get("abstract-type")))
    proper = [found for found in listed if not found.get("abstract-type")]
    found = [Text(_abstract(element), _language(element) or own) for element in proper]
    found += [Text(_abstract(element), _language(element)) for element in elements.all(f"{_META}/trans-abstract")]
    for element in translations:
        stubs = _within(element, "front-stub", "abstract")
        found += [Text(_abstract(stub), _language(stub) or _language(element)) for stub in stubs]
    found += [Text(_abstract(element), _language(element) or own) for element in listed[len(proper) :]]
    return list(parts.texts(found))


def _abstract(element: etree._Element) -> str:
    """Sections behind their titles: "Methods: We …". The heading of the whole, "Abstract" or "Resumo", is left out."""
    return plain(" ".join(_sections(element, is_top=True)))


def _sections(element: etree._Element, *, is_top: bool = False) -> Iterator[str]:
    for found in element:
        match local_name(found):
            case "title":
                heading = value(found, _NOTES)
                if heading and not is_top:
                    yield heading if heading.endswith((":", ".", "?")) else f"{heading}:"
            case "sec":
                yield from _sections(found)
            case "label" | "object-id" | "fig" | "graphic" | "table-wrap":
                pass
            case _:
                yield value(found, _NOTES)


_PRINT = ("ppub", "print", "")
_ELECTRONIC = ("epub", "electronic", "online-only")


def _container(elements: Elements, known: tuple[Identifier, ...], findings: Findings) -> Container:
    issns: dict[str, str] = {}
    for element in elements.all(f"{_JOURNAL}/issn"):
        medium = attribute(element, "pub-type") or attribute(element, "publication-format")
        field = "eissn" if medium in _ELECTRONIC else "issn" if medium in _PRINT else ""
        if field and field not in issns:
            issns[field] = parts.issn(value(element), findings, f"container.{field}")
    short = {attribute(found, "journal-id-type"): value(found) for found in elements.all(f"{_JOURNAL}/journal-id")}
    number = plain(elements.text(f"{_META}/elocation-id"))
    start, end = plain(elements.text(f"{_META}/fpage")), plain(elements.text(f"{_META}/lpage"))
    doi = next((found.value for found in known if found.scheme == "doi"), "")
    abbreviation = elements.text(f"{_JOURNAL}/journal-title-group/abbrev-journal-title")
    return Container(
        title=plain(elements.text(f"{_JOURNAL}/journal-title-group/journal-title", f"{_JOURNAL}/journal-title")),
        volume=plain(elements.text(f"{_META}/volume")),
        issue=plain(elements.text(f"{_META}/issue")),
        start_page=start,
        end_page=end,
        article_number=number if number.lower() != doi and normal_doi(number) != doi else "",
        issn=issns.get("issn", ""),
        eissn=issns.get("eissn", ""),
        abbreviation=plain(short.get("iso-abbrev") or short.get("nlm-ta") or abbreviation),
    )


_ISSUE_DATES = ("ppub", "collection", "epub-ppub")
_ONLINE_DATES = ("epub", "pub", "")


def _published(elements: Elements, findings: Findings) -> PublicationDate | None:
    """The issue's date; the day it went online instead, where that names the same year more exactly."""
    dates: dict[str, PublicationDate] = {}
    for element in elements.all(f"{_META}/pub-date"):
        kind = attribute(element, "pub-type") or attribute(element, "date-type")
        if found := _date(element):
            dates.setdefault(kind, found)
    issue = next((dates[kind] for kind in _ISSUE_DATES if kind in dates), None)
    online = next((dates[kind] for kind in _ONLINE_DATES if kind in dates), None)
    if issue and online and issue.year == online.year and len(online.value) > len(issue.value):
        return online
    chosen = issue or online or next(iter(dates.values()), None)
    if chosen is None:
        findings.problem("published", "no pub-date with a year between 1400 and 2100", "note")
    return chosen


def _date(element: etree._Element) -> PublicationDate | None:
    numbers = (child_text(element, name) for name in ("year", "month", "day"))
    joined = "-".join(number for number in numbers if number)
    found = publication_date(joined or attribute(element, "iso-8601-date") or child_text(element, "string-date"))
    return PublicationDate(found.value, found.value) if found else None


def _identifiers(elements: Elements, findings: Findings) -> tuple[Identifier, ...]:
    found = []
    for element in elements.all(f"{_META}/article-id"):
        text = plain(value(element))
        match attribute(element, "pub-id-type"):
            case "doi":
                found.append(Identifier("doi", parts.doi(text, findings)))
            case "pmid":
                found.append(Identifier("pmid", text.lstrip("0") if text.isdecimal() else ""))
            case "pmc" | "pmcid":
                number = text.upper().removeprefix("PMC")
                found.append(Identifier("pmcid", f"PMC{number}" if number.isdecimal() else ""))
            case "publisher-id":
                found.append(Identifier("publisher", text))
    return tuple(dict.fromkeys(identifier for identifier in found if identifier.value))


_PLAIN_TYPES = ("research-article", "other", "")


def _genres(root: etree._Element, elements: Elements) -> tuple[str, ...]:
    """Headings of the table of contents ("Case Report"); without any, the article's type in words."""
    groups = elements.all(f"{_META}/article-categories/subj-group")
    found = [name for group in groups if group.get("subj-group-type") == "heading" for name in _category(group)]
    kind = attribute(root, "article-type")
    if not found and kind not in _PLAIN_TYPES:
        found = [kind.replace("-", " ").capitalize()]
    return tuple(dict.fromkeys(found))


def _category(group: etree._Element) -> Iterator[str]:
    """The subjects of a group and of the groups in it."""
    yield from (text for found in children(group, "subject") if (text := plain(value(found))))
    for below in children(group, "subj-group"):
        yield from _category(below)


def _subjects(elements: Elements, translations: list[etree._Element]) -> tuple[Subject, ...]:
    groups = elements.all(f"{_META}/kwd-group")
    for element in translations:
        groups += _within(element, "front-stub", "kwd-group")
    keywords = [
        Subject(plain(" ".join(map(value, found)) if len(found) and local_name(found) != "kwd" else value(found)))
        for group in groups
        if not attribute(group, "kwd-group-type").startswith("abbrev")
        for found in children(group, "kwd", "compound-kwd", "nested-kwd")
    ]
    categories = [
        Subject(name, "category")
        for group in elements.all(f"{_META}/article-categories/subj-group")
        if group.get("subj-group-type") != "heading"
        for name in _category(group)
    ]
    return tuple(dict.fromkeys(subject for subject in (*keywords, *categories) if subject.value))


def _links(elements: Elements) -> tuple[Link, ...]:
    found = []
    for element in elements.all(f"{_META}/self-uri"):
        url = attribute(element, f"{XLINK}href") or value(element)
        kind = attribute(element, "content-type")
        if url.startswith(("http://", "https://")) and " " not in url:
            found.append(Link(url, content_type="application/pdf" if kind == "pdf" else ""))
    return tuple(dict.fromkeys(found))


def _licence(elements: Elements) -> str:
    candidates: list[str] = []
    wordings: list[str] = []
    for element in elements.all(f"{_META}/permissions", f"{_META}/license", f"{_META}/copyright-statement"):
        for found in element.iter():
            if local_name(found) in ("license", "ext-link", "license_ref", "uri"):
                candidates += [attribute(found, f"{XLINK}href"), (found.text or "").strip()]
        wordings.append(value(element))
    return parts.licence([*(text for text in candidates if text), *wordings])


def _extent(elements: Elements) -> str:
    return next((f"{number} pages" for number in _numbers(elements, "page-count")), "")


def _numbers(elements: Elements, name: str) -> list[str]:
    """Counts of one kind that the front tells, without zeros and what is no number."""
    told = [attribute(found, "count") for counts in elements.all(f"{_META}/counts") for found in children(counts, name)]
    return [number.lstrip("0") for number in told if number.isdecimal() and number.strip("0")]


def _counts(root: etree._Element, elements: Elements) -> tuple[str, ...]:
    """ "40 references, 2 figures, 3 tables": as the front tells, else counted in body and back."""
    found = []
    for name, tag, words in (
        ("ref", "ref", "references"),
        ("fig", "fig", "figures"),
        ("table", "table-wrap", "tables"),
    ):
        told = next(iter(_numbers(elements, f"{name}-count")), "")
        number = told or str(sum(1 for _ in root.iter(tag)) or "")
        found += [f"{number} {words if number != '1' else words[:-1]}"] if number else []
    return (", ".join(found),) if found else ()


_RELATIONS = {
    "retraction-forward": "retraction",
    "retracted-article": "subject",
    "partial-retraction": "correction",
    "correction-forward": "correction",
    "corrected-article": "subject",
    "addended-article": "subject",
    "object-of-concern": "subject",
    "expression-of-concern": "concern",
    "preprint": "preprint",
    "republished-article": "version",
    "updated-article": "version",
    "update": "version",
    "companion-data": "data",
}


def _relations(elements: Elements) -> tuple[Relation, ...]:
    found = []
    for element in elements.all(f"{_META}/related-article"):
        kind = _RELATIONS.get(attribute(element, "related-article-type"), "other")
        address = attribute(element, f"{XLINK}href")
        doi = normal_doi(address)
        scheme = "doi" if doi else "url" if "://" in address else "pmid" if address.isdecimal() else ""
        title = plain(child_text(element, "article-title") or ("" if scheme else value(element)))
        found.append(Relation(kind, scheme, doi or (address if scheme else ""), title))
    return tuple(dict.fromkeys(found))
