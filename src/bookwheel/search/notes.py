"""Gathers the notes on one text, in the order of its places."""

from __future__ import annotations

from bookwheel.search.limits import MAX_NOTES
from bookwheel.search.query import Note


class Notes:
    """Notes as they come up; the same remark on the same place is made once."""

    def __init__(self) -> None:
        self._found: dict[Note, None] = {}
        self._left_out = 0

    def add(
        self, kind: str, text: str, start: int | None = None, end: int | None = None, *, honoured: bool = True
    ) -> None:
        """A remark on `start` to `end` of the text, or on the whole."""
        note = Note(kind, text, start, end, honoured)
        if note in self._found:
            return
        if len(self._found) < MAX_NOTES:
            self._found[note] = None
        else:
            self._left_out += 1

    def lost(self, kind: str, text: str, start: int | None = None, end: int | None = None) -> None:
        """A remark on what was asked for and is done otherwise."""
        self.add(kind, text, start, end, honoured=False)

    def all(self) -> tuple[Note, ...]:
        ordered = sorted(self._found, key=lambda note: (note.start is not None, note.start or 0))
        if self._left_out:
            ordered.append(Note("more", f"{self._left_out} further remarks are not shown.", honoured=False))
        return tuple(ordered)
