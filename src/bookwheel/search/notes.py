"""Makes notes, and gathers those on one text in the order of its places.

Texts of notes are English and found for translation (`web/locale`) by the names of the calls they stand in. What
differs from note to note is given by name: `lost("reference", "There is no line %(number)s to join.", number=7)`.
A value named `what` is a text to translate itself.
"""

from __future__ import annotations

from bookwheel.search.limits import MAX_NOTES
from bookwheel.search.query import Note


def remark(
    kind: str, text: str, start: int | None = None, end: int | None = None, *, honoured: bool = True, **values: object
) -> Note:
    """A note whose text names its values.

    >>> remark("limit", "A page holds at most %(most)s hits.", most=100).text
    'A page holds at most 100 hits.'
    """
    if not values:
        return Note(kind, text, start, end, honoured)
    named = tuple((name, str(value)) for name, value in values.items())
    return Note(kind, text % dict(named), start, end, honoured, text, named)


def translatable(text: str) -> str:
    """The text itself, found for translation where it stands outside a call that makes a note."""
    return text


class Notes:
    """Notes as they come up; the same remark on the same place is made once."""

    def __init__(self) -> None:
        self._found: dict[Note, None] = {}
        self._left_out = 0

    def add(
        self,
        kind: str,
        text: str,
        start: int | None = None,
        end: int | None = None,
        *,
        honoured: bool = True,
        **values: object,
    ) -> None:
        """A remark on `start` to `end` of the text, or on the whole."""
        note = remark(kind, text, start, end, honoured=honoured, **values)
        if note in self._found:
            return
        if len(self._found) < MAX_NOTES:
            self._found[note] = None
        else:
            self._left_out += 1

    def lost(self, kind: str, text: str, start: int | None = None, end: int | None = None, **values: object) -> None:
        """A remark on what was asked for and is done otherwise."""
        self.add(kind, text, start, end, honoured=False, **values)

    def all(self) -> tuple[Note, ...]:
        ordered = sorted(self._found, key=lambda note: (note.start is not None, note.start or 0))
        if self._left_out:
            text = translatable("%(number)s further remarks are not shown.")
            ordered.append(remark("more", text, honoured=False, number=self._left_out))
        return tuple(ordered)
