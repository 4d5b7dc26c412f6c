"""Alphabetical lists of authors, titles, subjects and journals as values: where one starts, and both ways on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_noop

from bookwheel.search.engine import TITLES, Stretch
from bookwheel.search.results import FacetValue
from bookwheel.web.catalog.addresses import filter_address, phrase_address
from bookwheel.web.library import Catalogue

ROWS = 25
MAX_CHARACTERS = 200
"""Of the text a list starts from."""


@dataclass(frozen=True, slots=True)
class Source:
    """One of the lists, by VuFind's name."""

    name: str
    field: str
    label: str


SOURCES = (
    Source("author", "author_facet", gettext_noop("Authors")),
    Source("title", TITLES, gettext_noop("Titles")),
    Source("topic", "topic_facet", gettext_noop("Subjects")),
    Source("journal", "container_title_str", gettext_noop("Journals")),
)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to change to."""

    name: str
    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """`start` is where the reader asked to start. `previous` and `next` are empty at the ends."""

    source: Source
    title: str
    start: str
    choices: tuple[Choice, ...]
    letters: tuple[Choice, ...]
    rows: tuple[Row, ...]
    previous: str
    next: str


def source_named(name: str) -> Source | None:
    return next((source for source in SOURCES if source.name == name), None)


def browse_page(catalogue: Catalogue, source: Source, start: str = "", after: str = "", before: str = "") -> BrowsePage:
    """A page of a list from a text on, behind a value or before one. One value more than shown is asked for."""
    asked = Stretch(start[:MAX_CHARACTERS], ROWS + 1, after, before)
    values = list(catalogue.browse(source.field, asked))
    has_more = len(values) > ROWS
    values = values[-ROWS:] if before else values[:ROWS]
    has_previous = bool(after) or (has_more if before else bool(start) and _is_any_before(catalogue, source, values))
    has_next = bool(before) or has_more
    return BrowsePage(
        source=source,
        title=gettext(source.label),
        start=start,
        choices=tuple(_choice(each, each.name == source.name) for each in SOURCES),
        letters=tuple(Choice(letter, letter, browse_address(source, start=letter), False) for letter in LETTERS),
        rows=tuple(_row(source, value) for value in values),
        previous=browse_address(source, before=values[0].value) if has_previous and values else "",
        next=browse_address(source, after=values[-1].value) if has_next and values else "",
    )


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def browse_address(source: Source, **place: str) -> str:
    """The address of a list from `start` on (VuFind's `from`), behind `after` or before `before`."""
    names = {"start": "from"}
    parameters = {"source": source.name} | {names.get(name, name): text for name, text in place.items() if text}
    return f"/Alphabrowse/Home?{urlencode(parameters)}"


def choices() -> tuple[Choice, ...]:
    """Every list, for the page that leads to them."""
    return tuple(_choice(source, False) for source in SOURCES)


def _is_any_before(catalogue: Catalogue, source: Source, values: list[FacetValue]) -> bool:
    return bool(values) and bool(catalogue.browse(source.field, Stretch(before=values[0].value, size=1)))


def _choice(source: Source, is_current: bool) -> Choice:
    return Choice(source.name, gettext(source.label), browse_address(source), is_current)


def _row(source: Source, value: FacetValue) -> Row:
    if source.field == TITLES:
        return Row(value.value, value.count, phrase_address(value.value, "Title"))
    return Row(value.value, value.count, filter_address(source.field, value.value))
