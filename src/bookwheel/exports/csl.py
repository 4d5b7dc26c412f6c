"""A record as a CSL-JSON item (1.0.2): what citation styles, Zotero and pandoc read."""

import re
from typing import Any

from bookwheel.exports import parts
from bookwheel.exports.abbreviation import abbreviated
from bookwheel.exports.base import Item
from bookwheel.records import kinds
from bookwheel.records.languages import language_tag
from bookwheel.records.markup import TAG, is_markup
from bookwheel.records.model import Contributor, Record
from bookwheel.records.names import name_of

_TYPES = {
    kinds.ARTICLE: "article-journal",
    kinds.BOOK: "book",
    kinds.CHAPTER: "chapter",
    kinds.CONFERENCE_PAPER: "paper-conference",
    kinds.PROCEEDINGS: "book",
    kinds.DATASET: "dataset",
    kinds.JOURNAL: "periodical",
    kinds.PREPRINT: "article",
    kinds.REPORT: "report",
    kinds.SOFTWARE: "software",
    kinds.THESIS: "thesis",
    kinds.AUDIO: "song",
    kinds.IMAGE: "graphic",
    kinds.MANUSCRIPT: "manuscript",
    kinds.MAP: "map",
    kinds.SCORE: "musical_score",
    kinds.VIDEO: "motion_picture",
    kinds.WEBSITE: "webpage",
}
_ROLES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "compiler": "compiler",
    "composer": "composer",
    "contributor": "contributor",
    "director": "director",
    "illustrator": "illustrator",
    "interviewer": "interviewer",
    "narrator": "narrator",
    "performer": "performer",
    "producer": "producer",
}
_KINDS_OF_GENRE = {kinds.PREPRINT: "Preprint", kinds.THESIS: "Thesis", kinds.REPORT: ""}
"""Kinds of which styles print the genre, and what stands there when the payload gives none."""
_TAGS = {"i": "i", "em": "i", "b": "b", "strong": "b", "sub": "sub", "sup": "sup"}
_CAPITALS = re.compile(r"[A-Z]{2,3}")
_PAGES = re.compile(r"\b(\d+)\s*(?:p|pp|pages|S|Seiten)\b\.?")


def to_csl(item: Item) -> dict[str, Any]:
    """The item with every variable the record can fill; nothing empty. Texts may hold `<i> <b> <sub> <sup>`."""
    record = item.record
    filled: dict[str, Any] = {
        "id": item.id,
        "type": _type(record),
        "title": _marked(_without_full_stop(_title(record))),
        **_people(record),
        **_published_in(record),
        "issued": _issued(record),
        "publisher": _publisher(record),
        "publisher-place": parts.line(record.place),
        "edition": parts.line(record.edition),
        "genre": _genre(record),
        "number-of-pages": found[1] if (found := _PAGES.search(record.extent)) else "",
        "DOI": parts.doi(record),
        "PMID": parts.line(record.identifier("pmid")),
        "PMCID": parts.line(record.identifier("pmcid")),
        "ISBN": parts.line(record.identifier("isbn")),
        "URL": _address(record),
        "language": _language(record),
        "abstract": parts.line(record.abstract.value),
        "keyword": ", ".join(parts.subjects(record)),
        "note": parts.retraction(record),
    }
    return {name: value for name, value in filled.items() if value}


def _type(record: Record) -> str:
    known = _TYPES.get(record.format)
    if known is None:
        return "article-journal" if record.container.issn or record.container.eissn else "document"
    return known


def _people(record: Record) -> dict[str, list[dict[str, str]]]:
    people: dict[str, list[dict[str, str]]] = {}
    for person in record.contributors:
        role = _ROLES.get(person.role)
        if role and (name := _name(person)):
            people.setdefault(role, []).append(name)
    return people


def _name(person: Contributor) -> dict[str, str]:
    """A person in parts, initials with full stops so that "IP" is taken for two names; a body's name whole."""
    if person.is_organisation:
        body = parts.line(name_of(person).family)
        return {"literal": body} if body else {}
    name = name_of(person)
    given = ". ".join(name.given) + "." if _CAPITALS.fullmatch(name.given) else name.given
    named = {"family": parts.line(name.family), "given": parts.line(given), "suffix": parts.line(name.suffix)}
    return {key: value for key, value in named.items() if value} if named["family"] else {}


def _published_in(record: Record) -> dict[str, str]:
    """Journal or book, and the place in it. A preprint's server is its publisher, not a journal."""
    container = record.container
    series = record.series[0] if record.series else None
    is_preprint = record.format == kinds.PREPRINT
    return {
        "container-title": "" if is_preprint else parts.line(container.title),
        "container-title-short": _short_title(record),
        "volume": parts.line(container.volume),
        "issue": parts.line(container.issue),
        "page": parts.pages(record),
        "number": parts.line(container.article_number),
        "ISSN": ", ".join(parts.issns(record)),
        "collection-title": parts.line(series.title) if series else "",
        "collection-number": parts.line(series.number) if series else "",
    }


def _title(record: Record) -> str:
    """The title, with its markup, or the first in another language."""
    return next((text.value for text in (record.title, *record.other_titles) if parts.line(text.value)), "")


def _short_title(record: Record) -> str:
    """A journal's short title as the payload gives it, else as ISO 4 makes it where that is certain."""
    if record.format == kinds.PREPRINT:
        return ""
    given = parts.line(record.container.abbreviation)
    return given or (abbreviated(parts.line(record.container.title)) if _type(record) == "article-journal" else "")


def _publisher(record: Record) -> str:
    if record.format == kinds.PREPRINT:
        return parts.line(record.container.title or record.publisher)
    return parts.line(record.publisher)


def _issued(record: Record) -> dict[str, list[list[int]]]:
    numbers = [int(number) for number in parts.date(record).split("-") if number.isdigit()]
    return {"date-parts": [numbers]} if numbers and numbers[0] else {}


def _genre(record: Record) -> str:
    if record.format not in _KINDS_OF_GENRE:
        return ""
    return parts.line(record.genres[0]) if record.genres else _KINDS_OF_GENRE[record.format]


def _address(record: Record) -> str:
    """The DOI's address, else the first of the work's own that a browser may open."""
    if doi := parts.doi(record):
        return parts.doi_url(doi)
    return next((url for url in parts.links(record) if parts.is_web_address(url)), "")


def _language(record: Record) -> str:
    """The title's language, the work's, or a journal's that does not publish in English: its titles keep their case."""
    own = record.title.language or next(iter(record.languages), "")
    journal = record.container.languages
    return language_tag(own or ("" if "eng" in journal or not journal else journal[0]))


def _without_full_stop(title: str) -> str:
    """Without the full stop that catalogues of medicine end titles with; styles set their own mark there."""
    title = title.rstrip()
    return title if title.endswith(("..", "…")) else title.removesuffix(".")


def _marked(title: str) -> str:
    """The title in one line, its tags in CSL's spelling and others taken out."""
    if "<" not in title:
        return parts.line(title)
    kept: list[str] = []
    place = 0
    for tag in TAG.finditer(title):
        if not is_markup(tag):
            continue
        kept.append(parts.line(f"x{title[place : tag.start()]}x")[1:-1])
        name = _TAGS.get(tag[1].lower().removeprefix("jats:"), "")
        kept.append(f"<{'/' if tag[0].startswith('</') else ''}{name}>" if name else "")
        place = tag.end()
    kept.append(parts.line(f"x{title[place:]}x")[1:-1])
    return " ".join("".join(kept).split())
