"""What is to be saved: records chosen one by one, or all that a search finds, in the order of its pages."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from django.http import HttpRequest

from bookwheel.jobs.exporting import hits
from bookwheel.search.query import Query
from bookwheel.web.library import library

if TYPE_CHECKING:
    from bookwheel.library import Found

MOST_CHOSEN = 2_000
"""Records chosen one by one, and in a book bag: what a form carries. A whole search has its own way."""
CHUNK = 1_000


def chosen_ids(request: HttpRequest) -> list[str]:
    """Ids a page was given: `id[]` (VuFind's `ids[]` too) in its address, or a JSON list in the field `ids`."""
    given = request.POST if request.method == "POST" else request.GET
    ids = [*given.getlist("id[]"), *given.getlist("ids[]"), *_listed(given.get("ids", ""))]
    # VuFind writes the index before the id: "Solr|doaj-art-…".
    return list(dict.fromkeys(one.removeprefix("Solr|") for one in ids if can_be_id(one)))[:MOST_CHOSEN]


def can_be_id(text: str) -> bool:
    """Whether a database can be asked for it: there is no NUL in it, and no half of a surrogate pair."""
    return bool(text) and "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def found(query: Query, most: int) -> Iterator[Mapping[str, "Found"]]:
    """All that a search finds, up to `most` records, in pieces that are small enough to be saved at once."""
    remaining = hits(library().search, query, 0, most)
    while piece := [hit.id for hit in islice(remaining, CHUNK)]:
        yield library().found(piece)


def _listed(text: str) -> list[str]:
    try:
        value = json.loads(text) if text else []
    except ValueError:
        return []
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
