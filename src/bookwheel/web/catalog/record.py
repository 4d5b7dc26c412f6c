"""The record page as a value: VuFind's core table first, then what more is known of the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext
from markupsafe import Markup

from bookwheel.records.model import Container, Contributor, PublicationDate, Record, Text
from bookwheel.search.document import facet_heading
from bookwheel.search.results import Document
from bookwheel.web.catalog import labels, markup
from bookwheel.web.catalog.addresses import filter_address, phrase_address, record_address
from bookwheel.web.catalog.details import Detail, details
from bookwheel.web.catalog.hits import Name

TEASER_CHARACTERS = 300
AUTHORS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class WebLink:
    """`address` is empty where it is no http(s) address: then the text is shown and leads nowhere."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class AuthorView:
    """`marks` are the numbers of the author's affiliations, from 1."""

    name: str
    address: str
    orcid: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AbstractView:
    """An abstract or title with its language."""

    html: Markup
    lang: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Values of every part shown on each tab of a record. Empty parts are left out by the template."""

    id: str
    address: str
    title: Markup
    plain_title: str
    lang: str
    teaser: str
    has_more: bool
    # The core table, VuFind's rows
    main_authors: tuple[Name, ...]
    corporate_authors: tuple[Name, ...]
    other_authors: tuple[Name, ...]
    more_authors: int
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    published: tuple[str, ...]
    other_titles: tuple[AbstractView, ...]
    edition: str
    series: tuple[Name, ...]
    links: tuple[WebLink, ...]
    # What more is known
    journal: Name | None
    place: str
    date: str
    date_is_partial: bool
    doi: WebLink | None
    authors: tuple[AuthorView, ...]
    affiliations: tuple[str, ...]
    subjects: tuple[Name, ...]
    classes: tuple[Name, ...]
    licence: WebLink | None
    issns: tuple[str, ...]
    journal_languages: tuple[str, ...]
    abstracts: tuple[AbstractView, ...]
    details: tuple[Detail, ...]
    is_retracted: bool
    citation: str


def record_page(record: Record, document: Document) -> RecordPage:
    abstract = " ".join(markup.plain(record.abstract.value).split())
    affiliations = tuple(dict.fromkeys(a for person in record.contributors for a in person.affiliations))
    main = document.get("author", ())
    return RecordPage(
        id=record.id,
        address=record_address(record.id),
        title=markup.inline(record.title.value or gettext("Untitled")),
        plain_title=markup.plain(record.title.value),
        lang=_lang(record.title, record),
        teaser=abstract[:TEASER_CHARACTERS].strip() + "..." if len(abstract) > TEASER_CHARACTERS else abstract,
        has_more=len(abstract) > TEASER_CHARACTERS,
        main_authors=_names(main),
        corporate_authors=_names(document.get("author_corporate", ())),
        other_authors=_names(document.get("author2", ())),
        more_authors=max(0, len(main) - AUTHORS_SHOWN),
        formats=tuple(labels.value("format", name) for name in document.get("format", ())),
        languages=tuple(labels.language(name) for name in document.get("language", ())),
        published=_published(document),
        other_titles=tuple(AbstractView(markup.inline(t.value), labels.tag(t.language)) for t in record.other_titles),
        edition=record.edition,
        series=tuple(Name(s, phrase_address(s, "JournalTitle")) for s in document.get("series", ())),
        links=tuple(web_link(link.url) for link in record.links),
        journal=_journal(record.container),
        place=place(record.container),
        date=record.published.value if record.published else "",
        date_is_partial=_is_partial(record.published),
        doi=WebLink(record.doi, f"https://doi.org/{_path(record.doi)}") if record.doi else None,
        authors=tuple(_author(person, affiliations) for person in record.contributors[:AUTHORS_SHOWN]),
        affiliations=affiliations,
        subjects=_subjects(record, classes=False),
        classes=_subjects(record, classes=True),
        licence=_licence(record.licence),
        issns=tuple(dict.fromkeys(n for n in (record.container.issn, record.container.eissn) if n)),
        journal_languages=tuple(labels.language(code) for code in record.container.languages),
        abstracts=tuple(
            AbstractView(markup.block(text.value), _lang(text, record))
            for text in (record.abstract, *record.other_abstracts)
            if text.value
        ),
        details=details(record),
        is_retracted=record.is_retracted,
        citation=citation(record),
    )


def web_link(url: str) -> WebLink:
    """A link from a stranger's record leads somewhere only over http(s) (reliability S2).

    >>> web_link("javascript:alert(1)").address
    ''
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        safe = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        safe = False
    # Blanks and control characters have no place in an address, and browsers differ on what they do with them.
    return WebLink(url, url if safe and url.isprintable() and " " not in url else "")


def place(container: Container) -> str:
    """Where in the journal: "volume 12, issue 3, pages 45–67", only what is known."""
    parts = []
    if container.volume:
        parts.append(gettext("volume %(number)s") % {"number": container.volume})
    if container.issue:
        parts.append(gettext("issue %(number)s") % {"number": container.issue})
    if container.start_page and container.end_page and container.end_page != container.start_page:
        pages = f"{container.start_page}–{container.end_page}"
        parts.append(gettext("pages %(pages)s") % {"pages": pages})
    elif container.start_page:
        parts.append(gettext("page %(page)s") % {"page": container.start_page})
    if container.article_number:
        parts.append(gettext("article %(number)s") % {"number": container.article_number})
    return ", ".join(parts)


def citation(record: Record) -> str:
    """One line to recognise the work by, also after it is gone: authors (year). Title. Journal, place."""
    names = [person.name for person in record.contributors]
    authors = ", ".join(names[:6]) + (" et al." if len(names) > 6 else "")
    year = record.published.value[:4] if record.published else ""
    head = " ".join(part for part in (authors, f"({year})" if year else "") if part)
    journal = ", ".join(part for part in (record.container.title, place(record.container)) if part)
    return ". ".join(part.rstrip(".") for part in (head, markup.plain(record.title.value), journal, record.doi) if part)


def _names(names: Sequence[str]) -> tuple[Name, ...]:
    return tuple(Name(name, phrase_address(name, "Author")) for name in names[:AUTHORS_SHOWN])


def _published(document: Document) -> tuple[str, ...]:
    """VuFind's row "Published": the first publisher with the first date, the second with the second, until all end."""
    publishers, dates = document.get("publisher", ()), document.get("publishDate", ())
    lines = []
    for i in range(max(len(publishers), len(dates))):
        lines.append(" ".join([*publishers[i : i + 1], *dates[i : i + 1]]))
    return tuple(lines)


def _journal(container: Container) -> Name | None:
    return Name(container.title, filter_address("container_title_str", container.title)) if container.title else None


def _is_partial(date: PublicationDate | None) -> bool:
    """Whether the source wrote a day or month that it did not know."""
    return bool(date and date.source and len(date.value) < len(date.source))


def _author(person: Contributor, affiliations: Sequence[str]) -> AuthorView:
    marks = tuple(affiliations.index(a) + 1 for a in dict.fromkeys(person.affiliations))
    return AuthorView(person.name, phrase_address(person.name, "Author"), person.orcid, marks)


def _subjects(record: Record, *, classes: bool) -> tuple[Name, ...]:
    """Keywords and headings, or (`classes`) the headings of a classification."""
    chosen = {s.value: facet_heading(s) for s in record.subjects if (s.scheme == "LCC") == classes}
    return tuple(Name(value, filter_address("topic_facet", heading)) for value, heading in chosen.items())


def _licence(licence: str) -> WebLink | None:
    return web_link(licence) if licence else None


def _lang(text: Text, record: Record) -> str:
    """The text's own language; else the only one of the work or its journal; empty where there are several."""
    languages = record.languages or record.container.languages
    return labels.tag(text.language or (languages[0] if len(languages) == 1 else ""))


def _path(doi: str) -> str:
    return quote(doi, safe="/:;()._-")
