"""OpenURL 1.0 (ANSI/NISO Z39.88): a record as key and value pairs, for COinS in pages and for link resolvers."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from bookwheel.exports import parts
from bookwheel.records import kinds
from bookwheel.records.model import Contributor, Record
from bookwheel.records.names import name_of

Pairs = list[tuple[str, str]]

_JOURNAL_GENRES: Mapping[str, str] = MappingProxyType({kinds.ARTICLE: "article", kinds.PREPRINT: "preprint"})
_BOOK_GENRES: Mapping[str, str] = MappingProxyType(
    {
        kinds.BOOK: "book",
        kinds.CHAPTER: "bookitem",
        kinds.CONFERENCE_PAPER: "proceeding",
        kinds.PROCEEDINGS: "conference",
        kinds.REPORT: "report",
    }
)
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        kinds.DATASET: "dataset",
        kinds.SOFTWARE: "computerProgram",
        kinds.AUDIO: "audioRecording",
        kinds.IMAGE: "artwork",
        kinds.MANUSCRIPT: "manuscript",
        kinds.MAP: "map",
        kinds.VIDEO: "videoRecording",
        kinds.WEBSITE: "webpage",
    }
)
"""What no other description is for, by the names Zotero has for them: it takes the rest of such works for web pages."""

_AUTHORS = 50
"""Named in full: what more there are would make addresses too long to send."""


def pairs(record: Record, referrer: str) -> Pairs:
    """The record's context object; `referrer` is the host that gives it."""
    found = [
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", f"info:sid/{referrer}"),
        *_identifiers(record),
        *_description(record),
    ]
    return [(name, value) for name, value in found if value]


def coins(record: Record, referrer: str) -> str:
    """What the title of a COinS span says, before HTML escapes it."""
    return urlencode(pairs(record, referrer))


def _identifiers(record: Record) -> Iterator[tuple[str, str]]:
    if doi := parts.doi(record):
        yield "rft_id", f"info:doi/{doi}"
    for pmid in parts.identifiers(record, "pmid")[:1]:
        yield "rft_id", f"info:pmid/{pmid}"
    for url in parts.links(record)[:1]:
        yield "rft_id", url


def _description(record: Record) -> Iterator[tuple[str, str]]:
    title = next((text.value for text in parts.titles(record)), "")
    if record.format in _BOOK_GENRES:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
        yield "rft.genre", _BOOK_GENRES[record.format]
        is_part = record.format in (kinds.CHAPTER, kinds.CONFERENCE_PAPER)
        yield "rft.btitle", parts.line(record.container.title) if is_part else title
        yield "rft.atitle", title if is_part else ""
    elif record.format == kinds.THESIS:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"
        yield "rft.title", title
        yield "rft.inst", parts.line(record.publisher)
    elif record.format in _JOURNAL_GENRES or (record.container.title and record.format not in _TYPES):
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
        yield "rft.genre", _JOURNAL_GENRES.get(record.format, "unknown")
        yield "rft.atitle", title
        yield "rft.jtitle", parts.line(record.container.title)
    else:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", _TYPES.get(record.format, "document")
        yield "rft.title", title
    yield from _where(record)
    yield from _people(record)


def _where(record: Record) -> Iterator[tuple[str, str]]:
    container = record.container
    yield "rft.date", parts.date(record)
    yield "rft.volume", parts.line(container.volume)
    yield "rft.issue", parts.line(container.issue)
    yield "rft.spage", parts.line(container.start_page)
    yield "rft.epage", parts.line(container.end_page)
    # An article number as well, where readers of COinS look: few know "artnum".
    yield "rft.pages", parts.place_in(record)
    yield "rft.artnum", parts.line(container.article_number)
    yield "rft.issn", parts.line(container.issn)
    yield "rft.eissn", parts.line(container.eissn)
    yield "rft.isbn", next(iter(parts.identifiers(record, "isbn")), "")
    yield "rft.pub", parts.line(record.publisher)
    yield "rft.place", parts.line(record.place)
    yield "rft.language", next(iter(record.languages), "")


def _people(record: Record) -> Iterator[tuple[str, str]]:
    authors = parts.authors(record)
    for first in authors[:1]:
        if not first.is_organisation:
            name = name_of(first)
            yield "rft.aulast", parts.line(name.family)
            yield "rft.aufirst", parts.line(name.given)
    for author in authors[:_AUTHORS]:
        yield ("rft.aucorp" if author.is_organisation else "rft.au"), _shown(author)


def _shown(author: Contributor) -> str:
    return parts.line(author.name if author.is_organisation else name_of(author).inverted)
