"""DOAJ's own format over OAI-PMH, `oai_doaj`: everything the feed carries.

Elements and their order: DOAJ, portality/crosswalks/oaipmh.py. What each becomes stands in `_RULES`.
E-mail addresses of authors, which the feed may hold, are passed over.
"""

import base64
import binascii
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from bookwheel.formats import doaj
from bookwheel.formats.reading import Findings, glued, record_id, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse, text_pieces
from bookwheel.records.dates import doaj_date
from bookwheel.records.model import Link, PublicationDate, Subject
from bookwheel.records.raw import Provenance, RawRecord, Reading
from bookwheel.records.text import clean

_NAMESPACES = ("http://doaj.org/features/oai_doaj/1.0/", "https://doaj.org/features/oai_doaj/1.0/")
"""Records use the first; DOAJ's ListMetadataFormats announces the second."""

_RULES = {
    rule.element: rule
    for rule in (
        Provenance("container.languages", "language", "code or name → ISO 639-3; DOAJ gives the journal's language"),
        Provenance("publisher", "publisher", "cleaned"),
        Provenance("container.title", "journalTitle", "cleaned"),
        Provenance("container.issn", "issn", "hyphen added, check digit verified"),
        Provenance("container.eissn", "eissn", "hyphen added, check digit verified"),
        Provenance("published", "publicationDate", "day 01 dropped, month 01 dropped: DOAJ makes both up"),
        Provenance("container.volume", "volume", "cleaned"),
        Provenance("container.issue", "issue", "cleaned"),
        Provenance("container.start_page", "startPage", "cleaned"),
        Provenance("container.end_page", "endPage", "cleaned"),
        Provenance("identifiers.doi", "doi", "bare, lower case"),
        Provenance("identifiers.publisher", "publisherRecordId", "cleaned; without pages also the article number"),
        Provenance("title", "title", "first one; more are other_titles"),
        Provenance("contributors", "authors/author/name", "as printed"),
        Provenance("contributors.orcid", "authors/author/orcid_id", "bare, check digit verified"),
        Provenance("contributors.affiliations", "authors/author/affiliationId", "joined with affiliationName"),
        Provenance("contributors.affiliations", "affiliationsList/affiliationName", "joined by affiliationId"),
        Provenance("abstract", "abstract", "first one; more are other_abstracts"),
        Provenance("links", "fullTextUrl", "http:// added where no scheme is given"),
        Provenance("subjects", "keywords/keyword", "cleaned; repeats dropped"),
    )
}
_ID = Provenance("id", "header/identifier", "prefix and what follows the last colon")
_SETS = Provenance("subjects", "header/setSpec", 'base64url of "LCC:term"')

_Elements = dict[str, list[etree._Element]]


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one `doajArticle`, with or without the `metadata` element around it. Never raises for bad data."""
    try:
        root = parse(raw.payload)
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    if local_name(root) == "metadata" and len(root):
        root = root[0]
    namespace = root.tag[1:].partition("}")[0] if isinstance(root.tag, str) else ""
    if local_name(root) != "doajArticle" or namespace not in _NAMESPACES:
        return rejected(raw, f"expected a doajArticle of {_NAMESPACES[0]}, found {shown(str(root.tag))}")
    return _read(root, raw, id_prefix or doaj.ID_PREFIX)


def _read(root: etree._Element, raw: RawRecord, prefix: str) -> Reading:
    findings = Findings()
    elements = _by_path(root)
    article = doaj.Article(
        id=record_id(raw.identifier, prefix),
        datestamp=raw.datestamp,
        titles=_texts(elements, "title"),
        abstracts=_texts(elements, "abstract"),
        journal=_text(elements, "journalTitle"),
        publisher=_text(elements, "publisher"),
        languages=_texts(elements, "language"),
        issns=_texts(elements, "issn"),
        eissns=_texts(elements, "eissn"),
        published=_published(_text(elements, "publicationDate"), findings),
        volume=_text(elements, "volume"),
        issue=_text(elements, "issue"),
        start_page=_text(elements, "startPage"),
        end_page=_text(elements, "endPage"),
        doi=_text(elements, "doi"),
        publisher_record_id=_text(elements, "publisherRecordId"),
        authors=_authors(elements, findings),
        keywords=_texts(elements, "keywords/keyword"),
        subjects=_subjects(raw.sets, findings),
        links=_links(elements),
    )
    article.all_text = glued((article.id, raw.datestamp, *_texts_below(root, elements)))
    record = doaj.to_record(article, raw, findings)
    _trace(elements, raw, findings)
    return findings.reading(record)


_GROUPS = frozenset(("authors", "authors/author", "affiliationsList", "keywords"))
"""Elements that only hold others; below every other one, text is text, whatever inline tags stand in it."""

_PERSONAL = frozenset(("email",))


def _by_path(root: etree._Element) -> _Elements:
    found: _Elements = {}
    _collect(root, "", found)
    return found


def _collect(parent: etree._Element, path: str, found: _Elements) -> None:
    for child in parent:
        name = path + local_name(child)
        found.setdefault(name, []).append(child)
        if name in _GROUPS:
            _collect(child, f"{name}/", found)


def _value(element: etree._Element) -> str:
    return "".join(text_pieces(element)) if len(element) else element.text or ""


def _texts(elements: _Elements, path: str) -> list[str]:
    return [_value(element) for element in elements.get(path, ())]


def _text(elements: _Elements, path: str) -> str:
    """The first value that is not blank."""
    return next((text for text in _texts(elements, path) if text and not text.isspace()), "")


def _published(text: str, findings: Findings) -> PublicationDate | None:
    if not (text := clean(text)):
        return None
    published = doaj_date(text)
    if published is None:
        findings.problem("published", f"publicationDate {shown(text)} is no date between 1400 and 2100: left out")
    elif len(text) >= 7 and text[5:7] not in ("01", published.value[5:7]):
        findings.problem("published", f"publicationDate {shown(text)} is no date; kept {published.value}")
    return published


def _authors(elements: _Elements, findings: Findings) -> list[doaj.Author]:
    """Authors with their affiliations, which are joined by number and not by name: namesakes keep their own."""
    named = elements.get("affiliationsList/affiliationName", [])
    affiliations = {clean(element.get("affiliationId", "")): _value(element) for element in named}
    affiliations.pop("", None)
    wanted: dict[str, None] = {}
    authors = [_author(element, affiliations, wanted) for element in elements.get("authors/author", ())]
    if unknown := [key for key in wanted if key not in affiliations]:
        listed = ", ".join(unknown[:10])
        findings.problem("contributors.affiliations", f"affiliationId {listed}: not in affiliationsList", "note")
    if orphans := len(named) - len(affiliations.keys() & wanted.keys()):
        findings.problem("contributors.affiliations", f"{orphans} affiliations of no author: left out", "note")
    return authors


def _author(element: etree._Element, affiliations: dict[str, str], wanted: dict[str, None]) -> doaj.Author:
    author = doaj.Author("")
    for child in element:
        match local_name(child):
            case "name":
                author.name = author.name or _value(child)
            case "orcid_id":
                author.orcid = author.orcid or _value(child).strip()
            case "affiliationId":
                if key := clean(child.text or ""):
                    wanted[key] = None
                    author.affiliations += (affiliations[key],) if key in affiliations else ()
    return author


def _subjects(sets: Iterable[str], findings: Findings) -> list[Subject]:
    subjects = []
    for spec in sets:
        if subject := _subject(spec):
            subjects.append(subject)
        else:
            findings.problem("subjects", f"setSpec {shown(spec)} is no classification: left out", "note")
    return subjects


@lru_cache(maxsize=20_000)
def _subject(spec: str) -> Subject | None:
    """The heading behind a setSpec: base64url of "LCC:term", where DOAJ writes ~ for the padding =."""
    try:
        text = base64.urlsafe_b64decode(spec.replace("~", "=")).decode()
    except (binascii.Error, ValueError):
        return None
    scheme, colon, term = text.partition(":")
    term = clean(term)
    return Subject(term, scheme) if colon and term and scheme.isascii() and scheme.isalpha() else None


def _links(elements: _Elements) -> list[Link]:
    found = (doaj.link(_value(e), e.get("format", "")) for e in elements.get("fullTextUrl", ()))
    return [link for link in found if link]


def _texts_below(root: etree._Element, elements: _Elements) -> Iterable[str]:
    if "authors/author/email" in elements:
        return text_pieces(root, _PERSONAL)
    # One call into lxml instead of one for each element.
    return map(str, root.itertext())


def _trace(elements: _Elements, raw: RawRecord, findings: Findings) -> None:
    """The rules of elements that have text; paths of those no rule knows."""
    findings.rules.append(_ID)
    for path, found in elements.items():
        if rule := _RULES.get(path):
            if any(element.text or len(element) for element in found):
                findings.rules.append(rule)
        elif path not in _GROUPS:
            findings.unused.append(path)
    if raw.sets:
        findings.rules.append(_SETS)
