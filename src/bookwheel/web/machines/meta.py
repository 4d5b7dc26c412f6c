"""`<meta>` elements of a record page: Highwire's `citation_*`, which scholarly crawlers read, and Dublin Core."""

from collections.abc import Iterator
from typing import NamedTuple

from bookwheel.exports import parts
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.model import Record
from bookwheel.records.names import name_of
from bookwheel.web.machines.schema_org import orcid_address


class Meta(NamedTuple):
    name: str
    content: str
    language: str = ""


def elements(record: Record, address: str) -> list[Meta]:
    """Every element with something to say; `address` is the record page's, absolute."""
    return [meta for meta in (*_highwire(record, address), *_dublin_core(record, address)) if meta.content]


def _highwire(record: Record, address: str) -> Iterator[Meta]:
    """Google Scholar's inclusion guidelines: title, each author in a tag of its own, date with slashes, where it is."""
    container = record.container
    for title in list(parts.titles(record))[:1]:
        yield Meta("citation_title", title.value, language_tag(title.language))
    for author in parts.authors(record):
        yield Meta("citation_author", _name(author.is_organisation, author.name, name_of(author).inverted))
        for affiliation in author.affiliations:
            yield Meta("citation_author_institution", parts.line(affiliation))
        if author.orcid:
            yield Meta("citation_author_orcid", orcid_address(author.orcid))
    for editor in parts.others(record, "editor"):
        yield Meta("citation_editor", _name(editor.is_organisation, editor.name, name_of(editor).inverted))
    yield Meta("citation_publication_date", parts.date(record).replace("-", "/"))
    journal = {kinds.CHAPTER: "citation_inbook_title", kinds.CONFERENCE_PAPER: "citation_conference_title"}
    yield Meta(journal.get(record.format, "citation_journal_title"), parts.line(container.title))
    yield Meta("citation_journal_abbrev", parts.line(container.abbreviation))
    for issn in parts.issns(record):
        yield Meta("citation_issn", issn)
    for isbn in parts.identifiers(record, "isbn"):
        yield Meta("citation_isbn", isbn)
    yield Meta("citation_volume", parts.line(container.volume))
    yield Meta("citation_issue", parts.line(container.issue))
    yield Meta("citation_firstpage", parts.line(container.start_page) or parts.line(container.article_number))
    yield Meta("citation_lastpage", parts.line(container.end_page))
    yield Meta("citation_doi", parts.doi(record))
    yield Meta("citation_pmid", next(iter(parts.identifiers(record, "pmid")), ""))
    yield Meta(_PUBLISHERS.get(record.format, "citation_publisher"), parts.line(record.publisher))
    for code in record.languages[:1]:
        yield Meta("citation_language", language_tag(code))
    for subject in parts.subjects(record):
        yield Meta("citation_keywords", subject)
    for abstract in list(parts.abstracts(record))[:1]:
        yield Meta("citation_abstract", abstract.value, language_tag(abstract.language))
    yield Meta("citation_abstract_html_url", address)
    yield from _full_text(record)


_PUBLISHERS = {
    kinds.THESIS: "citation_dissertation_institution",
    kinds.REPORT: "citation_technical_report_institution",
}


def _full_text(record: Record) -> Iterator[Meta]:
    for link in record.links:
        url = parts.iri(parts.line(link.url))
        if url and (link.content_type == "application/pdf" or url.lower().partition("?")[0].endswith(".pdf")):
            yield Meta("citation_pdf_url", url)
            return
    for link in record.links:
        if link.kind == "fulltext" and (url := parts.iri(parts.line(link.url))):
            yield Meta("citation_fulltext_html_url", url)
            return


def _dublin_core(record: Record, address: str) -> Iterator[Meta]:
    for title in parts.titles(record):
        yield Meta("DC.title", title.value, language_tag(title.language))
    for author in parts.authors(record):
        yield Meta("DC.creator", _name(author.is_organisation, author.name, name_of(author).inverted))
    yield Meta("DC.publisher", parts.line(record.publisher))
    yield Meta("DC.date", parts.date(record))
    yield Meta("DC.type", record.format)
    if doi := parts.doi(record):
        yield Meta("DC.identifier", parts.doi_url(doi))
    yield Meta("DC.identifier", address)
    for code in record.languages:
        yield Meta("DC.language", language_tag(code))
    yield Meta("DC.rights", parts.line(record.licence))


def _name(is_organisation: bool, printed: str, inverted: str) -> str:
    return parts.line(printed if is_organisation else inverted)
