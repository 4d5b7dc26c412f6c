"""What the catalogue holds, counted: records by source, format, language, year; readers' things as numbers alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.db.models import Sum

from bookwheel.search.query import FacetRequest, Query
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import filter_address, question, search_address, years_address
from bookwheel.web.library import Catalogue
from bookwheel.web.ops.models import EmptySearch

FIELDS = ("format", "language", "publishDateSort")
VALUES_SHOWN = 40

_READERS_THINGS = (
    ("accounts", "bookwheel.web.people.models", "Person"),
    ("lists", "bookwheel.web.lists.models", "ReadingList"),
    ("records in lists", "bookwheel.web.lists.models", "Item"),
    ("tags on records", "bookwheel.web.tags.models", "Tagging"),
    ("comments", "bookwheel.web.comments.models", "Comment"),
    ("saved searches", "bookwheel.web.searches.models", "SavedSearch"),
)
"""What is counted, and the model that is; one that is not there is left out."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many records bear a value; an empty address where no search finds them."""

    label: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """The values of one field, most frequent first, years by year; `most` is the greatest count."""

    field: str
    label: str
    counts: tuple[Count, ...]
    has_more: bool

    @property
    def most(self) -> int:
        return max((each.count for each in self.counts), default=0)


@dataclass(frozen=True, slots=True)
class Statistics:
    total: int
    tables: tuple[Table, ...]
    readers: tuple[tuple[str, int], ...]
    searches: tuple[Count, ...]


_kept: dict[str, tuple[str, tuple[Table, ...]]] = {}
"""Tables of the one catalogue of this process, by language, with the state of the index they were counted in."""


def statistics(catalogue: Catalogue, language: str) -> Statistics:
    """Counts of records are kept until the index changes."""
    state = catalogue.state
    kept = _kept.get(language)
    if kept is None or not state or kept[0] != state:
        kept = _kept[language] = (state, _tables(catalogue))
    return Statistics(catalogue.count(), (_by_source(catalogue), *kept[1]), _readers(), _empty_searches())


def _tables(catalogue: Catalogue) -> tuple[Table, ...]:
    result = catalogue.search(Query(size=0, facets=tuple(FacetRequest(field, VALUES_SHOWN) for field in FIELDS)))
    tables = []
    for field in FIELDS:
        facet = result.facets.get(field)
        values = facet.values if facet else ()
        ordered = sorted(values, key=lambda each: each.value, reverse=True) if field == "publishDateSort" else values
        counts = (Count(labels.value(field, each.value), _address(field, each.value), each.count) for each in ordered)
        tables.append(Table(field, labels.field(field), tuple(counts), bool(facet and facet.has_more)))
    return tuple(tables)


def _address(field: str, value: str) -> str:
    if field == "publishDateSort" and value.isdecimal():
        return years_address(int(value), int(value))
    return filter_address(field, value)


def _by_source(catalogue: Catalogue) -> Table:
    rows = sorted(catalogue.store.counts(), key=lambda each: (-each.live, each.source))
    return Table("source", "", tuple(Count(each.source, "", each.live) for each in rows), has_more=False)


def _empty_searches() -> tuple[Count, ...]:
    """Searches that found nothing, of all days that are kept."""
    found = EmptySearch.objects.values("text").annotate(total=Sum("times")).order_by("-total", "text")
    rows = [(each["text"], each["total"]) for each in found[:VALUES_SHOWN]]
    return tuple(Count(text, search_address(question(text)), total) for text, total in rows)


def _readers() -> tuple[tuple[str, int], ...]:
    return tuple(_counted(_READERS_THINGS))


def _counted(things: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, int]]:
    for label, module, name in things:
        model = getattr(import_module(module), name, None) if find_spec(module) else None
        if model is not None:
            yield label, model.objects.count()
