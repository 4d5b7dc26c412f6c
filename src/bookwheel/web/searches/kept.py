"""A Query as it is kept, and the Query of what was kept.

The tree is the truth. The text beside it is what the reader typed; should a later version read that text otherwise,
the search still asks what it asked.
"""

from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from bookwheel.errors import KeptQueryError
from bookwheel.search import url
from bookwheel.search.codec import decode, encode
from bookwheel.search.parse import parse
from bookwheel.search.query import Query
from bookwheel.search.write import write
from bookwheel.web.catalog.addresses import search_address
from bookwheel.web.searches.models import SavedSearch


def settled(query: Query) -> Query:
    """The query without what belongs to one page of its results."""
    return replace(query, facets=(), notes=(), page=1, after="", size=settings.BOOKWHEEL.page_size)


def encoded(query: Query) -> str:
    """The query as JSON, without the size of a page, which is the catalogue's own business."""
    return encode(replace(settled(query), size=Query().size))


def key_of(query: Query) -> str:
    """The same text for questions that find the same records, however they were typed and are sorted."""
    filters = tuple(sorted(set(query.filters), key=repr))
    bare = replace(settled(query), text="", syntax="", sort="relevance", size=Query().size, filters=filters)
    return sha256(encode(bare).encode()).hexdigest()


def query_of(saved: SavedSearch) -> Query:
    """What was kept. Where this version cannot read the tree, what the address says."""
    try:
        return replace(decode(saved.query), size=settings.BOOKWHEEL.page_size)
    except KeptQueryError:
        return query_at(saved.address)


def is_readable(saved: SavedSearch) -> bool:
    """Whether the tree itself can be read."""
    try:
        decode(saved.query)
    except KeptQueryError:
        return False
    return True


def query_at(address: str) -> Query:
    """The query of an address of results; everything, where the address is none."""
    parameters = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    return settled(url.from_url(parameters, page_size=settings.BOOKWHEEL.page_size))


def address_of(query: Query) -> str:
    """Where the search is made again: by its text, or by its tree, where the text would be read otherwise today."""
    query = settled(query)
    if parse(query.text, query.search_type, query.syntax).tree == query.tree:
        return search_address(query)
    return search_address(replace(query, text=write(query.tree), syntax="box"))
