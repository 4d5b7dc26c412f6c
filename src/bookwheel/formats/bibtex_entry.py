"""One piece of a BibTeX file as its entries: the reference, the strings it names, the entry it refers to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
_KEY = re.compile(r"\s*([^\s,={}\"#%]*[^\s,={}\"#%])\s*,")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_WORD = re.compile(r"[^\s,#{}\"()=]+")
_MONTHS = dict(
    zip(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        strict=True,
    )
)
"""What every style defines."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind` and names of fields are in small letters; values are TeX, joined where "#" joins them."""

    kind: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)


def entries(text: str) -> Iterator[Entry]:
    """The entries in order. Raises ValueError, saying where, for one whose braces or quotes have no end."""
    strings = dict(_MONTHS)
    position = 0
    while match := _ENTRY.search(text, position):
        kind = match[1].lower()
        position = match.end()
        if kind in ("comment", "preamble"):
            continue
        key = _KEY.match(text, position) if kind != "string" else None
        position = key.end() if key else position
        fields, position = _fields(text, position, strings)
        if kind == "string":
            strings |= fields
        else:
            yield Entry(kind, key[1] if key else "", fields)


def _fields(text: str, position: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while match := _FIELD.match(text, position):
        value, position = _value(text, match.end(), strings)
        found.setdefault(match[1].lower(), value)
    return found, position


def _value(text: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    """A value and where it ends: groups, quotes, numbers and names of strings, joined by "#"."""
    pieces: list[str] = []
    while position < len(text):
        sign = text[position]
        if sign == "{":
            end = _end(text, position + 1, "}")
            pieces.append(text[position + 1 : end])
            position = end + 1
        elif sign == '"':
            end = _end(text, position + 1, '"')
            pieces.append(text[position + 1 : end])
            position = end + 1
        elif word := _WORD.match(text, position):
            pieces.append(strings.get(word[0].lower(), word[0]))
            position = word.end()
        joined = _JOINED.match(text, position)
        if joined is None:
            break
        position = joined.end()
    return "".join(pieces), position


_JOINED = re.compile(r"\s*#\s*")
_BRACES = re.compile(r'\\.|[{}"]', re.DOTALL)


def _end(text: str, position: int, closing: str) -> int:
    depth = 0
    for match in _BRACES.finditer(text, position):
        if match[0] == closing and depth == 0:
            return match.start()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            break
    raise ValueError(f"a value that begins with {text[position : position + 40]!r} has no end")
