"""Addresses of kept searches and of the history."""

from bookwheel.search.query import Query
from bookwheel.web.catalog.addresses import search_address

ALL = "/MyResearch/Searches"
HISTORY = "/Search/History"
SAVE = "/MyResearch/SaveSearch"
EXPORT = "/MyResearch/Searches/Export"


def saved_address(number: int, part: str = "") -> str:
    """The page of a kept search, or one of its parts: Change, Delete."""
    return f"{ALL}/{number}" + (f"/{part}" if part else "")


def save_address(query: Query) -> str:
    """The form that saves a search."""
    return SAVE + search_address(query).removeprefix("/Search/Results")
