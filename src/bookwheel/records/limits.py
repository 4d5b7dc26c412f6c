"""How much of one record is kept and indexed; a cut is always told as a Problem (reliability 1.4)."""

MAX_CONTRIBUTORS = 5_000
"""Stored per record; hyper-authored physics papers stay below."""

MAX_INDEXED_ABSTRACT = 50_000
"""Bytes of UTF-8 of an abstract that are indexed; the record keeps all of it."""

MAX_ALL_TEXT = 200_000
"""Characters of the glued text."""


def cut_bytes(text: str, limit: int) -> str:
    """The longest beginning that takes at most `limit` bytes of UTF-8."""
    if len(text) * 4 <= limit:
        return text
    data = text.encode()
    return text if len(data) <= limit else data[:limit].decode(errors="ignore")
