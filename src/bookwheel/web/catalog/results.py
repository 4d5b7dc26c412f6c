"""The result page as a value: hits, facets, active filters, paging, and ways out when nothing was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from bookwheel.search.deadline import deadline
from bookwheel.search.offers import Offer
from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.suggestions import Suggestion
from bookwheel.search.url import filter_text
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import search_address
from bookwheel.web.catalog.facets import YEAR, ActiveFilter, FacetGroup, active_filters, facet_groups
from bookwheel.web.catalog.hits import HitView, hit_views
from bookwheel.web.catalog.paging import MAX_HITS, SIZES, Paging, paging
from bookwheel.web.catalog.years import Histogram, histogram
from bookwheel.web.library import Catalogue
from bookwheel.web.search.understood import UnderstoodPanel, understood_panel

FACET_LIMIT = 30
YEAR_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class WayOut:
    """A search that finds something; `number` is `count` as the reader's language writes it."""

    text: str
    number: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything the template shows. `permalink` is the canonical address of this very page.

    `kept` are filters that no facet has a box for, as `filter[]` carries them.
    """

    query: Query
    total: int
    hits: tuple[HitView, ...]
    groups: tuple[FacetGroup, ...]
    kept: tuple[str, ...]
    years: Histogram | None
    filters: tuple[ActiveFilter, ...]
    paging: Paging
    notes: tuple[str, ...]
    ways_out: tuple[WayOut, ...]
    spellings: tuple[WayOut, ...]
    panel: UnderstoodPanel | None
    permalink: str
    type_label: str
    sizes: tuple[int, ...] = SIZES
    most: int = MAX_HITS


def facet_requests(fields: Sequence[str]) -> tuple[FacetRequest, ...]:
    """What to ask for the shown facets: every year, and the most frequent values of the others."""
    return tuple(FacetRequest(field, YEAR_LIMIT if field == YEAR else FACET_LIMIT) for field in fields)


def results_page(catalogue: Catalogue, query: Query) -> ResultsPage:
    """Raises TooBroadError; what besides the hits would take too long is left out."""
    with deadline(catalogue.config.search_deadline_seconds):
        return _results_page(catalogue, query)


def _results_page(catalogue: Catalogue, query: Query) -> ResultsPage:
    fields = catalogue.facets
    result = catalogue.search(query)
    found = catalogue.understand(query, result) if query.text.strip() else None
    notes = found.notes if found else tuple(dict.fromkeys((*query.notes, *result.notes)))
    groups = tuple(facet_groups(query, result, fields))
    boxes = {group.field for group in groups}
    return ResultsPage(
        query=query,
        total=result.total,
        hits=tuple(hit_views(result.hits, found.tree if found else query.tree)),
        groups=groups,
        kept=tuple(filter_text(each) for each in query.filters if each.field not in boxes),
        years=histogram(result.facets[YEAR].values) if YEAR in result.facets else None,
        filters=tuple(active_filters(query)),
        paging=paging(query, result.total, len(result.hits)),
        # The panel says the rest, with its place in the text.
        notes=tuple(labels.remark(note) for note in notes if found is None or note.start is None),
        ways_out=() if result.total else tuple(_way_out(offer) for offer in catalogue.offers(query)),
        spellings=tuple(_spelling(query, each) for each in _telling(catalogue.suggestions(query, result)))
        if result.total
        else (),
        panel=understood_panel(query, found) if found else None,
        permalink=search_address(query),
        type_label=labels.search_type(query.search_type),
    )


def _way_out(offer: Offer) -> WayOut:
    address = search_address(replace(offer.query, syntax="") if offer.kind in _OTHER_WORDS else offer.query)
    return WayOut(_offer_text(offer), labels.number(offer.count), offer.count, address)


_OTHER_WORDS = ("spelling", "any-word")
"""Offers that are written in the language of the box."""


def _offer_text(offer: Offer) -> str:
    match offer.kind:
        case "without-filter" if offer.filter is not None:
            name = {
                "label": labels.field(offer.filter.field),
                "value": labels.value(offer.filter.field, offer.filter.value),
            }
            return gettext("Without the filter “%(label)s: %(value)s”") % name
        case "without-years":
            return gettext("Without the limit to years")
        case "unfiltered":
            return gettext("Without any filter")
        case "all-fields":
            return gettext("The same words in all fields")
        case "any-word":
            return gettext("Any of the words instead of all")
    return gettext("Search for “%(text)s” instead") % {"text": offer.query.text}


def _telling(suggestions: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """The suggestions without those that keep a word nobody wrote beside the other spelling: they find the same."""
    replaced = {each.count for each in suggestions if each.kind == "replace"}
    return [each for each in suggestions if each.kind == "replace" or each.count not in replaced]


def _spelling(query: Query, suggestion: Suggestion) -> WayOut:
    """Another spelling beside the results: in place of the words, or beside them."""
    other = replace(query, text=suggestion.text, syntax="", page=1)
    return WayOut(suggestion.text, labels.number(suggestion.count), suggestion.count, search_address(other))
