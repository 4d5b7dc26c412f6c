"""The book bag: records that a browser remembers, with or without an account. The server keeps nothing of it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookwheel.search.results import Hit
from bookwheel.web.catalog.hits import HitView, hit_view
from bookwheel.web.library import library
from bookwheel.web.lists.gathering import MOST_CHOSEN, chosen_ids

MOST_TITLES = 50
"""Records asked for at once: an address with more is longer than servers take."""
_KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Bagged:
    """A record of the bag; `hit` is None for one that is gone."""

    id: str
    hit: HitView | None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page of the bag: a script fills it."""
    response = render(request, "lists/bag.html", {"most": MOST_CHOSEN, "piece": MOST_TITLES})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def titles(request: HttpRequest) -> HttpResponse:
    """A piece of the page: what the catalogue says of records by their ids, in the order asked for."""
    ids = chosen_ids(request)[:MOST_TITLES]
    found = library().found(ids)
    records = [Bagged(one, hit_view(Hit(one, 0.0, found[one].document)) if one in found else None) for one in ids]
    response = render(request, "lists/_titles.html", {"records": records})
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response
