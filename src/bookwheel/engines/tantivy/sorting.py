"""Sort keys as text columns, each with the record's id at its end, so that every key is unique and ties stand by id.

A cursor is the key of the last hit. Years need no column of keys: `paging` walks through them one after the other.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bookwheel.search.added import seconds
from bookwheel.search.collation import sort_key
from bookwheel.search.ranking import SORTS

SORT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {f"sort_{sort.field}": sort.field for sort in SORTS.values() if sort.field and sort.field != "publishDateSort"}
)
"""Column -> the field it sorts by."""

_LONGEST_KEY = 80
"""Characters of a sort key that count: titles that agree so far are ordered by id."""

_LAST = "z"
"""Stands behind every sort key, which are hexadecimal, for records that lack the field."""

_END_OF_TIME = 10**12 - 1
"""Seconds since 1970 that no date reaches, of twelve digits."""

_UNQUOTED = re.compile(r"[0-9A-Za-z.-]+")
_QUOTED = re.compile(r"(?:_[0-9A-F]{2})+")
_KEY = re.compile(r"[0-9A-Za-z._-]{1,2000}")


def quoted(record_id: str) -> str:
    """A record id in the characters a key may have; ids of digits, letters, dots and hyphens stay as they are."""
    if _UNQUOTED.fullmatch(record_id):
        return record_id
    return "".join(
        character if _UNQUOTED.fullmatch(character) else "".join(f"_{byte:02X}" for byte in character.encode())
        for character in record_id
    )


def unquoted(key: str) -> str:
    """The record id that was quoted.

    >>> unquoted(quoted("a/é_b"))
    'a/é_b'
    """
    if "_" not in key:
        return key
    return _QUOTED.sub(lambda found: bytes.fromhex(found[0].replace("_", "")).decode(), key)


def text_key(value: str, record_id: str) -> str:
    """The key of a text: its sort key, then the id."""
    key = sort_key(value)[:_LONGEST_KEY] if value else ""
    return f"{key or _LAST}.{quoted(record_id)}"


def added_key(value: str, record_id: str) -> str:
    """The key of a first-seen date, the newest first: what is left of the time there is, then the id."""
    added = seconds(value)
    key = _LAST if added is None else f"{_END_OF_TIME - added:012}"
    return f"{key}.{quoted(record_id)}"


def is_key(text: str) -> bool:
    """Whether a text from outside may stand in a range of keys."""
    return _KEY.fullmatch(text) is not None
