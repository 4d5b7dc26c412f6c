"""The tests of `cs:if` and `cs:else-if`."""

from collections.abc import Callable

from lxml import etree

from bookwheel.exports.citing.entry import Entry
from bookwheel.exports.citing.numbers import is_numeric

Test = Callable[[Entry], bool]


def compiled(element: etree._Element) -> Test:
    """Whether a branch applies: all of its tests, any of them, or none, as `match` says."""
    tests = [
        _test(str(kind), value)
        for kind, values in element.attrib.items()
        if kind != "match"
        for value in str(values).split()
    ]
    match element.get("match"):
        case "any":
            return lambda entry: any(test(entry) for test in tests)
        case "none":
            return lambda entry: not any(test(entry) for test in tests)
    return lambda entry: all(test(entry) for test in tests)


def _test(kind: str, value: str) -> Test:
    match kind:
        case "type":
            return lambda entry: entry.item.get("type") == value
        case "variable":
            return lambda entry: entry.has(value)
        case "is-numeric":
            return lambda entry: is_numeric(str(entry.raw(value) or ""))
        case "is-uncertain-date":
            return lambda entry: _is_uncertain(entry, value)
        case "position":
            return lambda entry: entry.position == value
    # A record stands alone: nothing to tell apart, and no page of it is meant.
    return lambda entry: value == "false"


def _is_uncertain(entry: Entry, variable: str) -> bool:
    date = entry.raw(variable)
    return isinstance(date, dict) and bool(date.get("circa"))
