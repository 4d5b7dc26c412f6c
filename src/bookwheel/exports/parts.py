"""What every format needs of a record: clean lines, people by role, where it stands, when it appeared."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bookwheel.records.markup import plain
from bookwheel.records.model import Contributor, Record, Text
from bookwheel.records.text import clean


def line(text: str) -> str:
    """One line of plain text: no markup, no control characters, nothing that XML or a line-based format refuses."""
    if not text:
        return ""
    return clean(plain(text)) if "<" in text or "&" in text else clean(text)


def authors(record: Record) -> list[Contributor]:
    return [person for person in record.contributors if person.role == "author" and is_named(person)]


def others(record: Record, *roles: str) -> list[Contributor]:
    """People of these roles; without any, everybody who is no author."""
    return [
        person
        for person in record.contributors
        if (person.role in roles if roles else person.role != "author") and is_named(person)
    ]


def is_named(person: Contributor) -> bool:
    """Whether there is a name to print."""
    return bool(line(person.name or person.family))


def titles(record: Record) -> Iterator[Text]:
    """Title, then titles in other languages, those that say something."""
    return _lines((record.title, *record.other_titles))


def abstracts(record: Record) -> Iterator[Text]:
    return _lines((record.abstract, *record.other_abstracts))


def _lines(texts: tuple[Text, ...]) -> Iterator[Text]:
    for text in texts:
        if value := line(text.value):
            yield Text(value, text.language)


def pages(record: Record, dash: str = "-") -> str:
    """First and last page, or the first alone: "45-67"."""
    first, last = line(record.container.start_page), line(record.container.end_page)
    return f"{first}{dash}{last}" if first and last and first != last else first or last


def place_in(record: Record, dash: str = "-") -> str:
    """Pages, else the article number: where one looks for it in its journal."""
    return pages(record, dash) or line(record.container.article_number)


def issns(record: Record) -> list[str]:
    """Print first, each once."""
    return list(dict.fromkeys(line(n) for n in (record.container.issn, record.container.eissn) if line(n)))


def identifiers(record: Record, scheme: str) -> list[str]:
    return [value for i in record.identifiers if i.scheme == scheme and (value := line(i.value))]


def doi(record: Record) -> str:
    return line(record.doi)


_IN_ADDRESS = "/:;()._-~!$'*,=@+"


def doi_url(doi: str) -> str:
    """The DOI as a link. Its own characters are kept where an address may hold them (DOI Handbook 2.5.2.4).

    >>> doi_url("10.1002/(sici)1<2::aid>3.0.co;2-0")
    'https://doi.org/10.1002/(sici)1%3C2::aid%3E3.0.co;2-0'
    """
    return f"https://doi.org/{quote(doi, safe=_IN_ADDRESS)}"


def year(record: Record) -> str:
    return record.published.value[:4] if record.published else ""


def date(record: Record) -> str:
    """As precise as it is known: "2012", "2012-03", "2012-03-15"; "" for none."""
    return line(record.published.value) if record.published else ""


def subjects(record: Record) -> list[str]:
    """Keywords and headings, each once."""
    return list(dict.fromkeys(value for subject in record.subjects if (value := line(subject.value))))


def links(record: Record) -> list[str]:
    """Addresses of the work, full text first."""
    ordered = sorted(record.links, key=lambda link: link.kind != "fulltext")
    return list(dict.fromkeys(value for link in ordered if (value := line(link.url))))


@lru_cache(maxsize=1000)
def is_web_address(url: str) -> bool:
    """Whether it leads somewhere over http(s), so that it may be made a link."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and " " not in url
    except ValueError:
        return False


_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]")


def iri(url: str) -> str:
    """The address with percent signs for what an IRI may not hold (RFC 3987); "" for what is no web address."""
    return _NO_IRI.sub(lambda sign: quote(sign[0], safe=""), url) if is_web_address(url) else ""


def retraction(record: Record) -> str:
    """What a reader must know of a withdrawn work in one line, with the notice where one is known; else ""."""
    if not record.is_retracted:
        return ""
    notice = next((r for r in record.relations if r.kind == "retraction"), None)
    where = line(notice.value or notice.title) if notice else ""
    if notice and notice.scheme == "doi" and line(notice.value):
        where = doi_url(where)
    return f"Retracted: see {where}" if where else "Retracted"
