"""Sets: a source, a journal, or what a search of the operator's finds."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from bookwheel.config import SetConfig
from bookwheel.jobs.providing import Provider
from bookwheel.search import url
from bookwheel.search.query import Query
from bookwheel.store.provision import Header, Span
from bookwheel.web.library import library
from bookwheel.web.oai.refusals import RefusedError

_SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
"""What a setSpec may hold; sources and searches of other names are no sets."""

SOURCE, JOURNAL, SEARCH = "source-", "journal-", "search-"


class Set(NamedTuple):
    """`spec` is its address in the protocol, `name` what people read."""

    spec: str
    name: str


class Chosen(NamedTuple):
    """What a setSpec asks for: part of the store, and the search that narrows it."""

    span: Span
    query: Query | None


def chosen(spec: str) -> Chosen:
    """What a set holds; everything for "". Raises RefusedError for a set that is none of ours."""
    if not spec:
        return Chosen(Span(), None)
    if spec.startswith(SEARCH) and (search := _searches().get(spec.removeprefix(SEARCH))):
        return Chosen(Span(), _query(search))
    if spec.startswith(SOURCE) and spec.removeprefix(SOURCE) in library().provider.sources():
        return Chosen(Span(source=spec.removeprefix(SOURCE)), None)
    if spec.startswith(JOURNAL) and _SPEC.fullmatch(spec):
        return Chosen(Span(journal=spec.removeprefix(JOURNAL)), None)
    raise RefusedError("badArgument", f"there is no set {spec[:60]!r}: ListSets names them all")


def named(provider: Provider) -> Iterator[Set]:
    """Sets that are few: sources and searches."""
    for source in provider.sources():
        if _SPEC.fullmatch(source):
            yield Set(SOURCE + source, f"Source: {source}")
    for name, search in _searches().items():
        yield Set(SEARCH + name, search.title or name)


def of_journals(provider: Provider, after: str, limit: int) -> list[Set]:
    """The next sets of journals behind an ISSN."""
    return [
        Set(JOURNAL + journal.issn, journal.title or f"ISSN {journal.issn}")
        for journal in provider.journals(after, limit)
    ]


def memberships(provider: Provider, headers: Sequence[Header]) -> dict[str, list[str]]:
    """The setSpecs of each record, by its id."""
    found = {header.id: list(_own(header)) for header in headers}
    for name, search in _searches().items():
        for record_id in provider.matching(_query(search), headers):
            found[record_id].append(SEARCH + name)
    return found


def _own(header: Header) -> Iterator[str]:
    if _SPEC.fullmatch(header.source):
        yield SOURCE + header.source
    if header.journal and _SPEC.fullmatch(header.journal):
        yield JOURNAL + header.journal


def _searches() -> dict[str, SetConfig]:
    return {name: search for name, search in library().config.oai.sets.items() if _SPEC.fullmatch(name)}


def _query(search: SetConfig) -> Query:
    return url.from_url(parse_qsl(search.query))
