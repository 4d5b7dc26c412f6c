"""What became no record: the pieces with their reasons, and the bytes of one."""

from dataclasses import dataclass

from bookwheel.store.model import Quarantined
from bookwheel.web.library import Catalogue

ON_A_PAGE = 50
BYTES_SHOWN = 20_000
"""Of a piece; all of it can be downloaded."""
HEX_SHOWN = 2_048
"""Of a piece that is no text."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A page of pieces, oldest first. `next` goes on behind the last one; 0 when there are no more."""

    pieces: tuple[Quarantined, ...]
    sources: tuple[str, ...]
    next: int


@dataclass(frozen=True, slots=True)
class PieceView:
    """One piece. `text` are its bytes as text, or in hexadecimal (`is_hex`); `is_cut` says that there is more."""

    piece: Quarantined
    size: int
    text: str
    is_hex: bool
    is_cut: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is a payload that can be read again, not only bytes no payload could be cut from."""
        return bool(self.piece.format)


def pieces(catalogue: Catalogue, source: str, after: int) -> Pieces:
    """Pieces of one source, or of all."""
    found = catalogue.store.quarantined(source, ON_A_PAGE + 1, after)
    shown = tuple(found[:ON_A_PAGE])
    names = tuple(each.source for each in catalogue.store.counts() if each.quarantined)
    return Pieces(shown, names, shown[-1].id if len(found) > ON_A_PAGE else 0)


def piece(catalogue: Catalogue, number: int) -> Quarantined | None:
    """One piece by its number; None when it is there no more."""
    found = catalogue.store.quarantined(limit=1, after=number - 1)
    return found[0] if found and found[0].id == number else None


def piece_view(found: Quarantined) -> PieceView:
    text = _text(found.payload)
    is_hex = text is None
    shown = hex_lines(found.payload[:HEX_SHOWN]) if text is None else text[:BYTES_SHOWN]
    most = HEX_SHOWN if is_hex else BYTES_SHOWN
    return PieceView(found, len(found.payload), shown, is_hex, len(found.payload if text is None else text) > most)


def _text(payload: bytes) -> str | None:
    """The bytes as text; None when they are none."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def hex_lines(data: bytes) -> str:
    """Sixteen bytes a line: the offset, the bytes, and the ASCII among them.

    >>> print(hex_lines(b"ab\\xff"))
    000000  61 62 ff                                         ab.
    """
    lines = []
    for start in range(0, len(data), 16):
        part = data[start : start + 16]
        ascii_ = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:06x}  {part.hex(' '):<47}  {ascii_}")
    return "\n".join(lines)
