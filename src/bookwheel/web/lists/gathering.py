"""What is to be saved: records chosen one by one, or all that a search finds, in the order of its pages."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from django.http import HttpRequest

from bookwheel.jobs.exporting import hits
from bookwheel.search.query import Query
from bookwheel.search.results import Document
from bookwheel.web.library import library

MOST_CHOSEN = 2_000
"""Records chosen one by one, and in a book bag: what a form carries. A whole search has its own way."""
CHUNK = 1_000


def chosen_ids(request: HttpRequest) -> list[str]:
    """Ids a page was given: `id[]` (VuFind's `ids[]` too) in its address, or a JSON list in the field `ids`."""
    given = request.POST if request.method == "POST" else request.GET
    ids = [*given.getlist("id[]"), *given.getlist("ids[]"), *_listed(given.get("ids", ""))]
    # VuFind writes the index before the id: "Solr|doaj-art-…".
    return list(dict.fromkeys(one.removeprefix("Solr|") for one in ids if one and "\0" not in one))[:MOST_CHOSEN]


def chosen(ids: Sequence[str]) -> Mapping[str, Document]:
    """The documents of those that are records a reader can find, in the order given."""
    return library().documents(ids)


def found(query: Query, most: int) -> Iterator[Mapping[str, Document]]:
    """All that a search finds, up to `most` records, in pieces that are small enough to be saved at once."""
    remaining = hits(library().search, query, 0, most)
    while piece := {hit.id: hit.document for hit in islice(remaining, CHUNK)}:
        yield piece


def _listed(text: str) -> list[str]:
    try:
        value = json.loads(text) if text else []
    except ValueError:
        return []
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
