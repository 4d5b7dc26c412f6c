"""The first page: what is here, and a few doors into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.results import Facet, SearchResult
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import filter_address, years_address
from bookwheel.web.catalog.facets import YEAR
from bookwheel.web.catalog.hits import HitView, hit_views
from bookwheel.web.catalog.years import Histogram, histogram
from bookwheel.web.library import Catalogue

KEPT_SECONDS = 600
"""How long counts on the first page may be old (reliability B1: landing pages are kept ten minutes)."""
_JOURNALS_COUNTED = 50_000
_DOORS = 12
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Door:
    """One value to enter by."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """`years` is None where no record has one. `journals_cut` says that there are more than were counted."""

    records: int
    journals: int
    journals_cut: bool
    years: Histogram | None
    decades: tuple[Door, ...]
    subjects: tuple[Door, ...]
    languages: tuple[Door, ...]
    newest: tuple[HitView, ...]


class _Kept:
    """The last answer per catalogue; labels are made anew for each reader, since they differ by language."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.catalogue: Catalogue | None = None
        self.until = 0.0
        self.result = SearchResult(0)

    def answer(self, catalogue: Catalogue) -> SearchResult:
        with self.lock:
            # An empty catalogue is asked again each time: it is about to be filled.
            if self.catalogue is not catalogue or monotonic() > self.until or not self.result.total:
                self.result = catalogue.search(_QUESTION)
                self.catalogue, self.until = catalogue, monotonic() + KEPT_SECONDS
            return self.result


_QUESTION = Query(
    sort="newest",
    size=_NEWEST,
    facets=(
        FacetRequest(YEAR, 1000),
        FacetRequest("topic_facet", _DOORS),
        FacetRequest("language", _DOORS),
        FacetRequest("container_title_str", _JOURNALS_COUNTED),
    ),
)
_kept = _Kept()


def newest_and_frequent(catalogue: Catalogue) -> SearchResult:
    """The newest records and the most frequent years, subjects, languages and journals, up to ten minutes old."""
    return _kept.answer(catalogue)


def home_page(catalogue: Catalogue) -> HomePage:
    result = newest_and_frequent(catalogue)
    journals = result.facets.get("container_title_str", Facet("", ()))
    years = histogram(result.facets.get(YEAR, Facet(YEAR, ())).values)
    return HomePage(
        records=result.total,
        journals=len(journals.values),
        journals_cut=journals.has_more,
        years=years,
        decades=_decades(result),
        subjects=_doors(result, "topic_facet"),
        languages=_doors(result, "language"),
        newest=tuple(hit_views(result.hits)),
    )


def _doors(result: SearchResult, field: str) -> tuple[Door, ...]:
    values = result.facets.get(field, Facet(field, ())).values[:_DOORS]
    return tuple(Door(labels.value(field, v.value), v.count, filter_address(field, v.value)) for v in values)


def _decades(result: SearchResult) -> tuple[Door, ...]:
    """A door for each decade, newest first."""
    counts: dict[int, int] = {}
    for value in result.facets.get(YEAR, Facet(YEAR, ())).values:
        if value.value.isdecimal():
            decade = int(value.value) // 10 * 10
            counts[decade] = counts.get(decade, 0) + value.count
    newest_first: Sequence[int] = sorted(counts, reverse=True)[:_DOORS]
    return tuple(Door(f"{d}–{d + 9}", counts[d], years_address(d, d + 9)) for d in newest_first)
