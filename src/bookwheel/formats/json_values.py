"""Values of decoded JSON of any type as what a format expects, and the account of which became a field."""

from collections.abc import Iterator
from typing import Any

import msgspec

from bookwheel.formats.elements import Rules
from bookwheel.formats.reading import Findings
from bookwheel.records.raw import RawRecord

Json = dict[str, Any]


def decoded(raw: RawRecord) -> tuple[Json, str]:
    """The object in a payload, or an empty one and what was wrong with it."""
    try:
        found = msgspec.json.decode(raw.payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return {}, f"no well-formed JSON: {error}"
    return (found, "") if isinstance(found, dict) else ({}, "no JSON object")


def dictionary(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def dictionaries(value: object) -> list[Json]:
    """The objects of a list; one object alone is a list of one."""
    values = value if isinstance(value, list) else [value]
    return [entry for entry in values if isinstance(entry, dict)]


def string(value: object) -> str:
    """Text as it is, a number as text, the first of a list; anything else empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return next(iter(strings(value)), "")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def strings(value: object) -> list[str]:
    """The texts of a list, or one text alone, without blank ones."""
    values = value if isinstance(value, list) else [value]
    return [text for entry in values if not isinstance(entry, list) and (text := string(entry)) and not text.isspace()]


def everything(value: object, skipped: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text and number below a value, in the payload's order, but none below the keys in `skipped`."""
    return (text for leaf in _leaves(value, skipped) if (text := string(leaf)))


def _leaves(value: object, skipped: frozenset[str] = frozenset()) -> Iterator[object]:
    """What is no list or object. A stack of our own, since a payload may be nested deeper than Python calls."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting.extend(reversed([found for key, found in part.items() if key not in skipped]))
        elif isinstance(part, list):
            waiting.extend(reversed(part))
        else:
            yield part


def trace(item: Json, rules: Rules, findings: Findings) -> None:
    """Put the rules of what has a value, and the topmost paths nobody knows, into the findings."""
    for path in dict.fromkeys(_paths(item, "", rules)):
        if known := rules.by_path.get(path):
            findings.rules.extend(known)
        else:
            findings.unused.append(path)


def _paths(item: Json, before: str, rules: Rules) -> Iterator[str]:
    for key, value in item.items():
        path = f"{before}{key}"
        if path in rules.groups:
            parts = dictionaries(value)
            for part in parts:
                yield from _paths(part, f"{path}/", rules)
            if not parts and _says_something(value):
                yield path
        elif _says_something(value):
            yield path


def _says_something(value: object) -> bool:
    return any(leaf is not None and leaf != "" for leaf in _leaves(value))
