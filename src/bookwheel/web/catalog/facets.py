"""Facets as one form of checkboxes, and the active filters as removable labels (reliability B3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from bookwheel.search.query import Filter, Query, YearRange
from bookwheel.search.results import Facet, SearchResult
from bookwheel.search.url import filter_text
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import search_address

YEAR = "publishDateSort"
"""The one facet that is a range and not a list."""
ROWS_OPEN = 6


@dataclass(frozen=True, slots=True)
class FacetRow:
    """One value with its two boxes. `include` and `exclude` are what each box sends.

    `count` is empty when unknown; `results` is the count in words ("12 results"), `exclude_label` names the second box.
    The words are made here and not in the template: a page of 250 rows spent half its time on them there.
    """

    label: str
    count: str
    results: str
    exclude_label: str
    include: str
    exclude: str
    included: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """`rows` are always in sight, `more` on demand; `is_cut` says that even rarer values exist."""

    field: str
    label: str
    rows: tuple[FacetRow, ...]
    more: tuple[FacetRow, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in words, and the address of the search without it."""

    label: str
    value: str
    excluded: bool
    without: str


def facet_groups(query: Query, result: SearchResult, fields: Sequence[str]) -> list[FacetGroup]:
    """The facets that have something to choose from, in the catalogue's order."""
    shown = [field for field in fields if field != YEAR and field in result.facets]
    groups = [_group(query, result.facets[field]) for field in shown]
    return [group for group in groups if group.rows]


def active_filters(query: Query) -> list[ActiveFilter]:
    active = [
        ActiveFilter(
            labels.field(f.field),
            labels.value(f.field, f.value),
            f.mode == "none",
            search_address(query.without_filter(f)),
        )
        for f in query.filters
    ]
    if query.years != YearRange():
        without = search_address(replace(query, years=YearRange(), page=1))
        active.append(ActiveFilter(labels.field(YEAR), _years(query.years), False, without))
    return active


def _group(query: Query, facet: Facet) -> FacetGroup:
    """Chosen values come first, so that a choice never hides behind "more"."""
    chosen = {f.value: f for f in query.filters if f.field == facet.field}
    counts = {v.value: v.count for v in facet.values}
    values = [*chosen, *(value for value in counts if value not in chosen)]
    rows = tuple(_row(facet.field, value, counts.get(value), chosen.get(value)) for value in values)
    border = max(ROWS_OPEN, len(chosen))
    return FacetGroup(facet.field, labels.field(facet.field), rows[:border], rows[border:], facet.has_more)


def _row(field: str, value: str, count: int | None, chosen: Filter | None) -> FacetRow:
    """A box of a filter that came from a link keeps that filter's own form: VuFind's `field:"value"` stays as it is."""
    include = chosen if chosen and chosen.mode == "all" else Filter(field, value, "any")
    label = labels.value(field, value)
    number = "" if count is None else labels.number(count)
    return FacetRow(
        label,
        number,
        "" if count is None else ngettext("%(count)s result", "%(count)s results", count) % {"count": number},
        gettext("Exclude %(value)s") % {"value": label},
        filter_text(include),
        filter_text(Filter(field, value, "none")),
        bool(chosen and chosen.mode != "none"),
        bool(chosen and chosen.mode == "none"),
    )


def _years(years: YearRange) -> str:
    low = "" if years.low is None else str(years.low)
    high = "" if years.high is None else str(years.high)
    return low if low == high else f"{low}–{high}"
