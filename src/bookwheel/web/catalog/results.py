"""The result page as a value: hits, facets, active filters, paging, and ways out when nothing was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from bookwheel.search.query import FacetRequest, Note, Query, YearRange
from bookwheel.search.results import SearchResult
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import search_address
from bookwheel.web.catalog.facets import YEAR, ActiveFilter, FacetGroup, active_filters, facet_groups
from bookwheel.web.catalog.hits import HitView, hit_views
from bookwheel.web.catalog.paging import MAX_HITS, SIZES, Paging, paging
from bookwheel.web.catalog.years import Histogram, histogram

FACET_LIMIT = 30
YEAR_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something to try when nothing was found."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything the template shows. `permalink` is the canonical address of this very page."""

    query: Query
    total: int
    hits: tuple[HitView, ...]
    groups: tuple[FacetGroup, ...]
    years: Histogram | None
    filters: tuple[ActiveFilter, ...]
    paging: Paging
    notes: tuple[Note, ...]
    ways_out: tuple[WayOut, ...]
    permalink: str
    type_label: str
    sizes: tuple[int, ...] = SIZES
    most: int = MAX_HITS


def facet_requests(fields: Sequence[str]) -> tuple[FacetRequest, ...]:
    """What to ask for the shown facets: every year, and the most frequent values of the others."""
    return tuple(FacetRequest(field, YEAR_LIMIT if field == YEAR else FACET_LIMIT) for field in fields)


def results_page(query: Query, result: SearchResult, fields: Sequence[str]) -> ResultsPage:
    return ResultsPage(
        query=query,
        total=result.total,
        hits=tuple(hit_views(result.hits, query.tree)),
        groups=tuple(facet_groups(query, result, fields)),
        years=histogram(result.facets[YEAR].values) if YEAR in result.facets else None,
        filters=tuple(active_filters(query)),
        paging=paging(query, result.total, len(result.hits)),
        notes=tuple(dict.fromkeys((*query.notes, *result.notes))),
        ways_out=() if result.total else tuple(_ways_out(query)),
        permalink=search_address(query),
        type_label=labels.search_type(query.search_type),
    )


def _ways_out(query: Query) -> list[WayOut]:
    """Without each filter, without all of them, in all fields: one step each, most careful first."""
    ways = []
    for active in active_filters(query):
        text = gettext("Without the filter “%(label)s: %(value)s”") % {"label": active.label, "value": active.value}
        ways.append(WayOut(text, active.without))
    if len(ways) > 1:
        bare = replace(query, filters=(), years=YearRange(), page=1)
        ways.append(WayOut(gettext("Without any filter"), search_address(bare)))
    if query.search_type != "AllFields":
        everywhere = replace(query, search_type="AllFields", page=1)
        ways.append(WayOut(gettext("The same words in all fields"), search_address(everywhere)))
    return ways
