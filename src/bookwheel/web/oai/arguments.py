"""Arguments of a request, checked as the protocol wants: which belong to a verb, and what dates look like."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from bookwheel.web.oai.refusals import RefusedError


class _Rule(NamedTuple):
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    is_list: bool = False


_SELECTIVE = ("from", "until", "set")
VERBS: Mapping[str, _Rule] = MappingProxyType(
    {
        "Identify": _Rule(),
        "ListMetadataFormats": _Rule(optional=("identifier",)),
        "ListSets": _Rule(is_list=True),
        "GetRecord": _Rule(required=("identifier", "metadataPrefix")),
        "ListIdentifiers": _Rule(required=("metadataPrefix",), optional=_SELECTIVE, is_list=True),
        "ListRecords": _Rule(required=("metadataPrefix",), optional=_SELECTIVE, is_list=True),
    }
)


def verb(parameters: Sequence[tuple[str, str]]) -> str:
    """The verb. Raises RefusedError without one, with several and for a foreign one."""
    given = [text for name, text in parameters if name == "verb"]
    if len(given) != 1:
        raise RefusedError("badVerb", f"one verb is needed, not {len(given)}")
    if given[0] not in VERBS:
        raise RefusedError("badVerb", f"{given[0][:40]!r} is none of {', '.join(VERBS)}")
    return given[0]


def arguments(asked: str, parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The verb's arguments by name. Raises RefusedError for missing, foreign and repeated ones."""
    rule = VERBS[asked]
    pairs = [(name, text) for name, text in parameters if name != "verb"]
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError("badArgument", "an argument is repeated")
    if rule.is_list and "resumptionToken" in found:
        if len(found) > 1:
            raise RefusedError("badArgument", "resumptionToken stands alone")
        return found
    if foreign := found.keys() - {*rule.required, *rule.optional}:
        raise RefusedError("badArgument", f"{asked} takes no {min(foreign)[:40]!r}")
    if missing := [name for name in rule.required if not found.get(name)]:
        raise RefusedError("badArgument", f"{asked} needs {missing[0]}")
    return found


class Dates(NamedTuple):
    """First and last moment asked for, both included: ISO 8601 UTC with seconds, "" for no bound."""

    since: str
    until: str


def dates(given: Mapping[str, str]) -> Dates:
    """`from` and `until`. Raises RefusedError for what is no date, for two kinds of dates, and for an inverted span."""
    since, until = given.get("from", ""), given.get("until", "")
    for name, text in (("from", since), ("until", until)):
        if name in given and not _is_date(text):
            raise RefusedError("badArgument", f"{name} is neither a date (2012-01-31) nor a moment in UTC")
    if since and until and len(since) != len(until):
        raise RefusedError("badArgument", "from and until have different granularity")
    if since and until and since > until:
        raise RefusedError("badArgument", "from is later than until")
    return Dates(_moment(since, "T00:00:00Z"), _moment(until, "T23:59:59Z"))


_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _moment(text: str, time: str) -> str:
    return text + time if len(text) == len("2012-01-31") else text
