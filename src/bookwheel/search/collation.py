"""Sort keys: the order of titles and names in result lists, the same in every engine.

With PyICU it is the order of the Unicode Collation Algorithm; without, code points of a text without case, accents
and signs, which is the same for most Latin titles.
"""

from __future__ import annotations

from base64 import b32hexencode
from functools import lru_cache

from bookwheel.records import icu
from bookwheel.records.text import sort_key as plain_key
from bookwheel.records.text import title_sort

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


def title_place(title: str) -> str:
    """Key of the place a title, or the beginning of one, has in a list of titles: that of its field `title_sort`.

    Not its own sort key, which knows articles, and with PyICU capitals too: "The Who" stands at "who".
    """
    return sort_key(title_sort(title))
