"""What the feed and the JSON of DOAJ share: one Article as its elements say, and the Record made from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bookwheel.formats.reading import Findings, plain, shown
from bookwheel.records import identifiers
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
from bookwheel.records.raw import RawRecord

COLLECTION = "DOAJ"
ID_PREFIX = "doaj-art-"


@dataclass(slots=True)
class Author:
    name: str
    orcid: str = ""
    affiliations: tuple[str, ...] = ()


@dataclass(slots=True)
class Article:
    """An article as DOAJ tells it, values still as they came. `issns` and `eissns` are in the payload's order."""

    id: str
    datestamp: str = ""
    titles: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    journal: str = ""
    publisher: str = ""
    country: str = ""
    languages: list[str] = field(default_factory=list)
    issns: list[str] = field(default_factory=list)
    eissns: list[str] = field(default_factory=list)
    published: PublicationDate | None = None
    volume: str = ""
    issue: str = ""
    start_page: str = ""
    end_page: str = ""
    doi: str = ""
    publisher_record_id: str = ""
    authors: list[Author] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    licence: str = ""
    all_text: str = ""


def to_record(article: Article, raw: RawRecord, findings: Findings) -> Record | None:
    """The Record of an article; None when it has no id or nothing a reader could know it by."""
    titles = [title for title in map(plain, article.titles) if title]
    abstracts = [abstract for abstract in map(plain, article.abstracts) if abstract]
    contributors = _contributors(article.authors, findings)
    doi = _doi(article.doi, findings)
    publisher_id = plain(article.publisher_record_id)
    if not article.id:
        findings.problem("id", "no identifier in the header: the record has no address", "error")
        return None
    if not (titles or contributors or doi or article.links):
        findings.problem("title", "neither title, author, DOI nor link: nothing to show", "error")
        return None
    if not titles:
        findings.problem("title", "no title", "error")
    if abstracts and len(abstracts[0]) * 4 > MAX_INDEXED_ABSTRACT < len(abstracts[0].encode()):
        findings.problem("abstract", f"longer than {MAX_INDEXED_ABSTRACT} bytes; only its beginning is indexed", "note")
    return Record(
        id=article.id,
        source=raw.source,
        source_identifier=raw.identifier,
        datestamp=article.datestamp,
        format="Article",
        record_format="Article",
        title=Text(titles[0] if titles else ""),
        other_titles=tuple(map(Text, titles[1:])),
        contributors=contributors,
        container=_container(article, doi, publisher_id, findings),
        published=article.published,
        publisher=plain(article.publisher),
        abstract=Text(abstracts[0] if abstracts else ""),
        other_abstracts=tuple(map(Text, abstracts[1:])),
        subjects=_subjects(article),
        identifiers=_identifiers(doi, publisher_id),
        links=tuple(article.links),
        licence=plain(article.licence),
        all_text=_all_text(article.all_text, findings),
    )


def _contributors(authors: list[Author], findings: Findings) -> tuple[Contributor, ...]:
    if len(authors) > MAX_CONTRIBUTORS:
        findings.problem("contributors", f"{len(authors)} authors; the first {MAX_CONTRIBUTORS} are kept")
    return tuple(
        [
            Contributor(
                name,
                orcid=_orcid(author, findings) if author.orcid else "",
                affiliations=tuple([text for text in map(plain, author.affiliations) if text]),
            )
            for author in authors[:MAX_CONTRIBUTORS]
            if (name := plain(author.name))
        ]
    )


def _orcid(author: Author, findings: Findings) -> str:
    orcid = identifiers.orcid(author.orcid)
    if not orcid:
        findings.problem("contributors.orcid", f"{shown(author.orcid)} is no ORCID: left out")
    return orcid


def _doi(text: str, findings: Findings) -> str:
    if not (text := text.strip()):
        return ""
    doi = identifiers.doi(text)
    if not doi:
        findings.problem("identifiers.doi", f"{shown(text)} is no DOI: left out")
    return doi


def _container(article: Article, doi: str, publisher_id: str, findings: Findings) -> Container:
    start_page, end_page = plain(article.start_page), plain(article.end_page)
    article_number = ""
    if not start_page and not end_page and _is_article_number(publisher_id, doi):
        article_number = publisher_id
    return Container(
        title=plain(article.journal),
        volume=plain(article.volume),
        issue=plain(article.issue),
        start_page=start_page,
        end_page=end_page,
        article_number=article_number,
        issn=_issn("issn", article.issns, findings),
        eissn=_issn("eissn", article.eissns, findings),
        country=plain(article.country),
        languages=_languages(article.languages, findings),
    )


def _is_article_number(publisher_id: str, doi: str) -> bool:
    """Whether the publisher's id may stand for pages: "393864", "e0123456", the DOI's own last part."""
    if not publisher_id or len(publisher_id) > 40:
        return False
    if doi and publisher_id.lower() == doi.rpartition("/")[2]:
        return True
    digits = publisher_id.removeprefix("e").removeprefix("E")
    return digits.isascii() and digits.isdecimal() and len(digits) <= 9


def _issn(name: str, values: list[str], findings: Findings) -> str:
    values = [value for value in values if value.strip()]
    if not values:
        return ""
    if len(values) > 1:
        findings.problem(f"container.{name}", f"{len(values)} values; the first is kept", "note")
    issn = identifiers.issn(values[0])
    if not issn:
        findings.problem(f"container.{name}", f"{shown(values[0])} is no ISSN; kept as it is")
        return plain(values[0])[:40]
    if not identifiers.is_issn(issn):
        findings.problem(f"container.{name}", f"{issn} has a wrong check digit; kept as it is")
    return issn


def _languages(values: Iterable[str], findings: Findings) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for value in values:
        if code := language_code(value):
            codes[code] = None
        elif value.strip():
            findings.problem("container.languages", f"unknown language {shown(value)}: left out")
    return tuple(codes)


@lru_cache(maxsize=20_000)
def _keyword(text: str) -> Subject:
    return Subject(text)


def _subjects(article: Article) -> tuple[Subject, ...]:
    keywords = [_keyword(text) for text in map(plain, article.keywords) if text]
    return tuple(dict.fromkeys((*keywords, *article.subjects)))


def _identifiers(doi: str, publisher_id: str) -> tuple[Identifier, ...]:
    found = (Identifier("doi", doi) if doi else None, Identifier("publisher", publisher_id) if publisher_id else None)
    return tuple([identifier for identifier in found if identifier])


def _all_text(text: str, findings: Findings) -> str:
    if len(text) > MAX_ALL_TEXT:
        findings.problem("all_text", f"{len(text)} characters; the first {MAX_ALL_TEXT} are kept", "note")
    return text[:MAX_ALL_TEXT]


def link(url: str, content_type: str = "", kind: str = "fulltext") -> Link | None:
    """A link with the scheme VuFind would add ("http://") where it lacks one; None for a blank address."""
    url = plain(url).replace(" ", "%20")
    if not url:
        return None
    content_type = plain(content_type).lower()
    return Link(url if "://" in url else f"http://{url}", kind, _CONTENT_TYPES.get(content_type, content_type))


_CONTENT_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xml": "application/xml",
    "epub": "application/epub+zip",
}
"""Short names that publishers give instead of a media type."""
