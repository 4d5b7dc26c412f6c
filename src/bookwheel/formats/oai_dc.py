"""Dublin Core over OAI-PMH, `oai_dc`: fifteen elements that every repository fills in its own way.

Elements: DCMI Metadata Element Set 1.1. Each rule stands in `_RULES`; the pieces of one element are told apart by
what they look like, not by where they stand.
"""

import re

from lxml import etree

from bookwheel.formats.reading import Findings, glued, plain, record_id, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse, text_pieces
from bookwheel.records import identifiers
from bookwheel.records.dates import publication_date
from bookwheel.records.languages import language_code
from bookwheel.records.limits import MAX_ALL_TEXT, MAX_CONTRIBUTORS, MAX_INDEXED_ABSTRACT
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Subject,
    Text,
)
from bookwheel.records.raw import Provenance, RawRecord, Reading

_ROOT = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
_ELEMENT = "{http://purl.org/dc/elements/1.1/}"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_RULES = {
    rule.element: rule
    for rule in (
        Provenance("title", "title", "first one; more are other_titles"),
        Provenance("contributors", "creator", "author, name as printed"),
        Provenance("contributors", "contributor", "contributor, name as printed"),
        Provenance("subjects", "subject", "keyword; split at semicolons"),
        Provenance("abstract", "description", "first one; more are other_abstracts"),
        Provenance("publisher", "publisher", "first one"),
        Provenance("published", "date", "first without a time of day, else the first"),
        Provenance("format", "type", "first that is known"),
        Provenance("links", "format", "content type of a single link"),
        Provenance("identifiers", "identifier", "DOI, PMID, PMCID, ISBN, ISSN, address or other"),
        Provenance("container", "source", "journal, volume, issue, pages; ISSN"),
        Provenance("languages", "language", "code or name → ISO 639-3"),
        Provenance("links", "relation", "an address is a link of kind other"),
        Provenance("licence", "rights", "Creative Commons by its address or short name, else the first wording"),
    )
}
_ID = Provenance("id", "header/identifier", "prefix and what follows the last colon")

_FORMATS = (
    ("bookpart", "Book Chapter"),
    ("chapter", "Book Chapter"),
    ("book", "Book"),
    ("thesis", "Thesis"),
    ("dissertation", "Thesis"),
    ("conference", "Conference Proceeding"),
    ("proceeding", "Conference Proceeding"),
    ("preprint", "Preprint"),
    ("report", "Report"),
    ("dataset", "Dataset"),
    ("article", "Article"),
    ("journal contribution", "Article"),
    ("image", "Image"),
    ("software", "Software"),
)
"""What a type contains → VuFind's format; the first that fits. "info:eu-repo/semantics/article" holds its word, too."""

_Values = dict[str, list[Text]]


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one `oai_dc:dc` element, with or without `metadata` around it. Never raises for bad data.

    Ids begin with the source's name where no prefix is given: identifiers of two repositories may end alike.
    """
    try:
        root = parse(raw.payload)
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    if local_name(root) == "metadata" and len(root):
        root = root[0]
    if root.tag not in (_ROOT, "dc"):
        return rejected(raw, f"expected {_ROOT}, found {shown(str(root.tag))}")
    findings = Findings()
    findings.rules.append(_ID)
    values = _values(root, findings)
    record = _record(values, raw, id_prefix or f"{raw.source}-", findings)
    return findings.reading(record)


def _values(root: etree._Element, findings: Findings) -> _Values:
    found: _Values = {}
    # Some providers leave the namespaces out altogether.
    namespace = _ELEMENT if root.tag == _ROOT else ""
    for child in root:
        name = local_name(child)
        if name not in _RULES or child.tag != namespace + name:
            findings.unused.append(name)
            continue
        if text := plain("".join(text_pieces(child))):
            if name not in found:
                findings.rules.append(_RULES[name])
            found.setdefault(name, []).append(Text(text, language_code(child.get(_XML_LANGUAGE, ""))))
    return found


def _record(values: _Values, raw: RawRecord, prefix: str, findings: Findings) -> Record | None:
    identifier = record_id(raw.identifier, prefix)
    titles, abstracts = values.get("title", []), values.get("description", [])
    known = _identifiers(values)
    links = _links(values)
    if not identifier or not (titles or values.get("creator") or known or links):
        what = "no identifier in the header" if not identifier else "neither title, creator nor identifier"
        findings.problem("id" if not identifier else "title", what, "error")
        return None
    if not titles:
        findings.problem("title", "no title", "error")
    if abstracts and len(abstracts[0].value.encode()) > MAX_INDEXED_ABSTRACT:
        findings.problem("abstract", f"longer than {MAX_INDEXED_ABSTRACT} bytes; only its beginning is indexed", "note")
    container = _container(values)
    return Record(
        id=identifier,
        source=raw.source,
        source_identifier=raw.identifier,
        datestamp=raw.datestamp,
        format=_format(values, container),
        record_format="oai_dc",
        title=titles[0] if titles else Text(""),
        other_titles=tuple(titles[1:]),
        contributors=_contributors(values, findings),
        container=container,
        published=_published(values, findings),
        publisher=_first(values, "publisher"),
        abstract=abstracts[0] if abstracts else Text(""),
        other_abstracts=tuple(abstracts[1:]),
        languages=_languages(values, findings),
        subjects=_subjects(values),
        identifiers=known,
        links=links,
        licence=_licence(values),
        all_text=_all_text(values, identifier, raw.datestamp, findings),
    )


def _first(values: _Values, name: str) -> str:
    return next((text.value for text in values.get(name, ())), "")


def _contributors(values: _Values, findings: Findings) -> tuple[Contributor, ...]:
    found = [Contributor(text.value) for text in values.get("creator", ())]
    found += [Contributor(text.value, role="contributor") for text in values.get("contributor", ())]
    if len(found) > MAX_CONTRIBUTORS:
        findings.problem("contributors", f"{len(found)} contributors; the first {MAX_CONTRIBUTORS} are kept")
    return tuple(found[:MAX_CONTRIBUTORS])


def _published(values: _Values, findings: Findings) -> PublicationDate | None:
    """DSpace gives the moments of deposit first, with a time of day, and the date of issue last."""
    texts = sorted((text.value for text in values.get("date", ())), key=lambda text: "T" in text)
    found = next((date for date in map(publication_date, texts) if date), None)
    if texts and found is None:
        findings.problem("published", f"date {shown(texts[0])} is no date between 1400 and 2100: left out")
    return found


def _format(values: _Values, container: Container) -> str:
    types = [text.value.lower() for text in values.get("type", ())]
    found = (name for text in types for part, name in _FORMATS if part in text)
    return next(found, "Article" if container.volume else "Unknown")


def _subjects(values: _Values) -> tuple[Subject, ...]:
    parts = (part.strip() for text in values.get("subject", ()) for part in text.value.split(";"))
    return tuple(dict.fromkeys(Subject(part) for part in parts if part))


def _languages(values: _Values, findings: Findings) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for text in values.get("language", ()):
        if code := language_code(text.value):
            codes[code] = None
        else:
            findings.problem("languages", f"unknown language {shown(text.value)}: left out")
    return tuple(codes)


_READERS = (
    ("doi", identifiers.doi),
    ("pmid", identifiers.pmid),
    ("pmcid", identifiers.pmcid),
    ("isbn", identifiers.isbn),
)


def _identifiers(values: _Values) -> tuple[Identifier, ...]:
    found = (_identifier(text.value) for text in values.get("identifier", ()))
    return tuple(dict.fromkeys(identifier for identifier in found if identifier))


def _identifier(text: str) -> Identifier | None:
    for scheme, reader in _READERS:
        if value := reader(text):
            return Identifier(scheme, value)
    if _ADDRESS.match(text):
        handle = text.partition("hdl.handle.net/")[2]
        return Identifier("handle", handle) if handle else None
    return None if _issn(text) else Identifier("other", text)


_ADDRESS = re.compile(r"https?://\S+$", re.I)


def _links(values: _Values) -> tuple[Link, ...]:
    addresses = [text.value for text in values.get("identifier", ()) if _ADDRESS.match(text.value)]
    others = [text.value for text in values.get("relation", ()) if _ADDRESS.match(text.value)]
    media = [text.value for text in values.get("format", ()) if re.fullmatch(r"[a-z]+/[\w.+-]+", text.value)]
    content_type = media[0] if len(media) == len(addresses) == 1 else ""
    links = [Link(url, content_type=content_type) for url in addresses]
    return tuple(dict.fromkeys([*links, *(Link(url, "other") for url in others if url not in addresses)]))


_CITATION = re.compile(
    r"(?P<title>.{1,300}?)[;,] vol(?:ume)?\.? ?(?P<volume>[^\s,;:(]{1,20})"
    r"(?:,? (?:no|iss|issue|núm|nº|n)\.? ?(?P<issue>[^\s,;:(]{1,20}))?"
    r"(?: \(\d{4}\))?(?:[,;:] (?:pp?\.? ?)?(?P<start>[\w.]{1,20})(?: ?[-–] ?(?P<end>[\w.]{1,20}))?)?.{0,200}",
    re.I,
)
"""How OJS and DOAJ print the place of an article: "Advances in Hematology; Vol 5, No 2 (2012): 1-10"."""


def _container(values: _Values) -> Container:
    texts = [text.value for text in values.get("source", ())]
    issns = [issn for text in values.get("source", []) + values.get("identifier", []) if (issn := _issn(text.value))]
    issns = [*dict.fromkeys(issns), "", ""]
    for text in texts:
        if match := _CITATION.fullmatch(text[:600]):
            return Container(
                title=match["title"],
                volume=match["volume"],
                issue=match["issue"] or "",
                start_page=match["start"] or "",
                end_page=match["end"] or "",
                issn=issns[0],
                eissn=issns[1],
            )
    title = next((text for text in texts if not _ADDRESS.match(text) and not _issn(text)), "")
    return Container(title=title, issn=issns[0], eissn=issns[1])


def _issn(text: str) -> str:
    issn = identifiers.issn(text) if len(text) < 30 else ""
    return issn if issn and identifiers.is_issn(issn) else ""


_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses/(by[a-z-]{0,10})|publicdomain/(zero))|\b(cc[ -]by[a-z-]{0,10}|cc0)\b", re.I
)


def _licence(values: _Values) -> str:
    """ "CC BY-NC", as DOAJ writes it, or the repository's own words."""
    texts = [text.value for text in values.get("rights", ())]
    for text in texts:
        if match := _CREATIVE_COMMONS.search(text):
            if match[2] or (match[3] or "").lower() == "cc0":
                return "CC0"
            terms = match[1] or re.sub("^cc[ -]", "", match[3], flags=re.I)
            return f"CC {terms.rstrip('-').upper()}"
    return next((text[:200] for text in texts if not text.startswith("info:eu-repo/")), "")


def _all_text(values: _Values, identifier: str, datestamp: str, findings: Findings) -> str:
    pieces = [text.value for texts in values.values() for text in texts]
    text = glued(f"{piece} " for piece in (identifier, datestamp, *pieces))
    if len(text) > MAX_ALL_TEXT:
        findings.problem("all_text", f"{len(text)} characters; the first {MAX_ALL_TEXT} are kept", "note")
    return text[:MAX_ALL_TEXT]
