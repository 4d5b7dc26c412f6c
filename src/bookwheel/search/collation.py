"""Sort keys: the order of titles and names in result lists, the same in every engine.

With PyICU it is the order of the Unicode Collation Algorithm; without, code points of a text without case, accents
and signs, which is the same for most Latin titles.
"""

from __future__ import annotations

from base64 import b32hexencode
from functools import lru_cache

from bookwheel.records import icu
from bookwheel.records.text import sort_key as plain_key

MAX_BYTES = 50
"""Bytes of a key that count: about 50 Latin letters; texts that agree so far are ordered by id."""


@lru_cache(maxsize=50_000)
def sort_key(text: str) -> str:
    """Key of a text in digits and capitals (base 32, order kept): compare keys as plain strings.

    "" for a text of signs alone, which then sorts with records that lack the field: last.
    """
    plain = plain_key(text)
    if not plain:
        return ""
    collate = icu.collation_key()
    key = collate(text) if collate else plain.encode()
    return b32hexencode(key[:MAX_BYTES]).decode().rstrip("=")
