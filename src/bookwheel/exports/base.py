"""What every export is given, and what it is: records in order, bytes as they come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bookwheel.records.model import Record

STYLE = "apa"
"""The citation style of a bibliography for which none is asked."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record on its way out; `url` is the absolute address of its page, "" where the catalogue has none."""

    id: str
    record: Record
    url: str = ""


class Writer(Protocol):
    def __call__(self, items: Iterable[Item]) -> Iterator[bytes]:
        """The items in their order, in constant memory.

        What is in pieces comes so: the beginning of the document, a piece for each item, its end; beginning and end
        may be empty. So a download that broke off can be gone on with behind the last whole piece. Office documents
        are in no such pieces.
        """
