"""Why is it not here? The recall of a search over papers a reader knows, and a sentence for each one it misses."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext

from bookwheel.search.query import Query, YearRange
from bookwheel.search.why import Inquiry, Verdict
from bookwheel.search.write import write
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import record_address, search_address, why_address


@dataclass(frozen=True, slots=True)
class VerdictView:
    """`address` leads to the record, `mend` to the search without what keeps the paper out; each may be empty."""

    text: str
    is_found: bool
    reason: str
    code: str
    address: str
    mend: str


@dataclass(frozen=True, slots=True)
class WhyPage:
    """`recall` is in percent of the papers the catalogue has; None before anything was asked."""

    query: Query
    search: str
    address: str
    papers: str
    asked: int
    found: int
    in_catalogue: int
    recall: int | None
    missing: tuple[VerdictView, ...]
    present: tuple[VerdictView, ...]
    is_cut: bool


def why_page(query: Query, papers: str, inquiry: Inquiry | None) -> WhyPage:
    verdicts = inquiry.verdicts if inquiry else ()
    views = [_view(query, verdict) for verdict in verdicts]
    known = inquiry.in_catalogue if inquiry else 0
    found = inquiry.found if inquiry else 0
    return WhyPage(
        query=query,
        search=search_address(query),
        address=why_address(query),
        papers=papers,
        asked=len(verdicts),
        found=found,
        in_catalogue=known,
        recall=round(100 * found / known) if known else None,
        missing=tuple(view for view in views if not view.is_found),
        present=tuple(view for view in views if view.is_found),
        is_cut=bool(inquiry and inquiry.is_cut),
    )


def _view(query: Query, verdict: Verdict) -> VerdictView:
    reason, code, mend = _reason(query, verdict)
    address = record_address(verdict.record_id) if verdict.record_id else ""
    return VerdictView(verdict.wanted.text, verdict.cause == "found", reason, code, address, mend)


def _reason(query: Query, verdict: Verdict) -> tuple[str, str, str]:
    """A sentence, what it points to in code, and the address of a search that would find the paper."""
    match verdict.cause:
        case "found":
            return gettext("Found."), "", ""
        case "clause" if verdict.clause is not None:
            return gettext("The record does not match this part of the search:"), write(verdict.clause), ""
        case "years":
            years = _years(query)
            return gettext("The words match; the years leave it out:"), years, search_address(_without_years(query))
        case "filter" if verdict.restriction is not None:
            restriction = verdict.restriction
            name = f"{labels.field(restriction.field)}: {labels.value(restriction.field, restriction.value)}"
            if restriction.mode == "none":
                name = gettext("not %(filter)s") % {"filter": name}
            mend = search_address(query.without_filter(restriction))
            return gettext("The words match; this filter leaves it out:"), name, mend
        case "removed":
            day = verdict.detail[:10]
            return gettext("Its source withdrew it on %(day)s.") % {"day": day}, "", ""
        case "quarantined":
            return gettext("It was harvested but could not be read; it waits in quarantine:"), verdict.detail, ""
    return gettext("It is not in this catalogue."), "", ""


def _years(query: Query) -> str:
    low, high = ("" if year is None else str(year) for year in (query.years.low, query.years.high))
    return f"{low}–{high}"


def _without_years(query: Query) -> Query:
    return replace(query, years=YearRange(), page=1)
