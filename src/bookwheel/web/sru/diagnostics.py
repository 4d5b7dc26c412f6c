"""What an SRU server cannot do, by the numbers of the standard's list (info:srw/diagnostic/1)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bookwheel.search.query import Note

TITLES: Mapping[int, str] = MappingProxyType(
    {
        1: "General system error",
        4: "Unsupported operation",
        5: "Unsupported version",
        6: "Unsupported parameter value",
        7: "Mandatory parameter not supplied",
        10: "Query syntax error",
        15: "Unsupported context set",
        16: "Unsupported index",
        19: "Unsupported relation",
        20: "Unsupported relation modifier",
        38: "Too many Boolean operators in query",
        61: "First record position out of range",
        66: "Unknown schema for retrieval",
        71: "Unsupported record packing",
        80: "Sort not supported",
        235: "Unsupported scan start",
    }
)

_NUMBERS: Mapping[str, int] = MappingProxyType(
    {"index": 16, "relation": 19, "modifier": 20, "prefix": 15, "sort": 80, "clauses": 38, "nesting": 38}
)
"""Kinds of notes on a query that have a number of their own; all others are errors in the query."""


class DiagnosticError(Exception):
    """A request that gets a diagnostic in place of records. `details` are for the client's programmer."""

    def __init__(self, number: int, details: str = "") -> None:
        super().__init__(TITLES[number])
        self.number = number
        self.details = details


def refused(query: str, notes: Iterable[Note]) -> DiagnosticError | None:
    """A diagnostic for the first thing in a query that cannot be honoured, in the query's words; None when all can.

    A program cannot read remarks: it gets no answer to another question than its own.
    """
    lost = next((note for note in notes if not note.honoured), None)
    return DiagnosticError(_NUMBERS.get(lost.kind, 10), query[lost.start : lost.end][:100]) if lost else None
