"""One line of a result list: what a reader sees of a record before opening it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from markupsafe import Markup

from bookwheel.search.document import from_document
from bookwheel.search.highlight import highlight, snippet
from bookwheel.search.query import Everything, Node
from bookwheel.search.results import Document, Hit
from bookwheel.web.catalog import labels, markup
from bookwheel.web.catalog.addresses import phrase_address, record_address
from bookwheel.web.machines.openurl import coins

AUTHORS_SHOWN = 6
SNIPPET_CHARACTERS = 280
_CHARACTERS_READ = 20_000
"""Of an abstract, in search of matched words: longer ones are whole books."""


EVERYTHING = Everything()


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class HitView:
    """`lang` is a tag for the `lang` attribute, empty when the language is not known or there are several. `coins`
    names the work for reference managers."""

    id: str
    address: str
    title: Markup
    lang: str
    authors: tuple[Name, ...]
    more_authors: int
    container: str
    year: str
    format: str
    snippet: Markup
    coins: str


def hit_views(hits: Iterable[Hit], tree: Node = EVERYTHING) -> list[HitView]:
    return [hit_view(hit, tree) for hit in hits]


def hit_view(hit: Hit, tree: Node = EVERYTHING) -> HitView:
    document = hit.document
    authors = (*document.get("author", ()), *document.get("author_corporate", ()), *document.get("author2", ()))
    languages = document.get("language", ())
    return HitView(
        id=hit.id,
        address=record_address(hit.id),
        title=_title(document, tree),
        lang=labels.tag(languages[0]) if len(languages) == 1 else "",
        authors=tuple(Name(name, phrase_address(name, "Author")) for name in authors[:AUTHORS_SHOWN]),
        more_authors=max(0, len(authors) - AUTHORS_SHOWN),
        container=_first(document, "container_title") or _first(document, "series"),
        year=_first(document, "publishDateSort"),
        format=labels.value("format", _first(document, "format")),
        snippet=_snippet(_first(document, "description"), tree),
        coins=coins(from_document(document), _host()),
    )


def _host() -> str:
    return urlsplit(settings.BOOKWHEEL.public_url).hostname or "bookwheel"


def _first(document: Document, field: str) -> str:
    return next(iter(document.get(field, ())), "")


def _title(document: Document, tree: Node) -> Markup:
    """Marks are set in titles without markup only: a mark across the border of two tags would break both."""
    title = _first(document, "title")
    if "<" in title:
        return markup.inline(title)
    text = markup.plain(title)
    return markup.marked(text, highlight(text, tree))


def _snippet(description: str, tree: Node) -> Markup:
    """The stretch of the abstract with the most matched words; its beginning when none matches."""
    text = " ".join(markup.plain(description[:_CHARACTERS_READ]).split())
    found = snippet(text, tree, SNIPPET_CHARACTERS)
    is_cut = found.start + len(found.text) < len(text)
    marked = markup.marked(found.text, found.spans)
    return Markup("{}{}{}").format("… " if found.start else "", marked, " …" if is_cut else "")
