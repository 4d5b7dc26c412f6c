"""Field prefixes of the search box: what `title:`, `ti:`, `author_facet:` or `doi:` in front of a word ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.records import identifiers
from bookwheel.search.fields import FIELDS
from bookwheel.search.ranking import SEARCH_TYPES, TEXT_COLUMNS


@dataclass(frozen=True, slots=True)
class Target:
    """Where a prefix leads: to a search type, to whole values of `exact` fields, to a field of years, or to headings.

    `normal` brings a typed value into the form the index holds, or gives "" when it is none.
    `is_one_value`: the text is one value, blanks and all (a work key, a heading).
    """

    search_type: str = ""
    exact: tuple[str, ...] = ()
    year: str = ""
    heading: bool = False
    exploded: bool = True
    normal: Callable[[str], str] = str
    is_one_value: bool = False


def target_named(name: str) -> Target | None:
    """What a prefix means, in any case of letters; None for one nobody knows, which is then part of a word."""
    return _TARGETS.get(name) or _TARGETS_FOLDED.get(name.lower())


YEAR = "publishDateSort"

_SHORT_NAMES = {
    "all": "AllFields", "allfields": "AllFields",
    "title": "Title", "ti": "Title",
    "journal": "JournalTitle", "container_title": "JournalTitle", "jo": "JournalTitle", "so": "JournalTitle",
    "author": "Author", "au": "Author", "author2": "Author", "author_corporate": "Author",
    "subject": "Subject", "su": "Subject", "keyword": "Subject", "kw": "Subject",
    "abstract": "abstract", "ab": "abstract", "description": "abstract",
    "affiliation": "affiliation", "ad": "affiliation", "series": "Series",
    "tiab": "TitleAbstract", "tw": "TextWord",
}  # fmt: skip


def _targets() -> dict[str, Target]:
    found = {name: Target(exact=(name,)) for name, row in FIELDS.items() if row.kind in ("exact", "isn", "date")}
    sources = {source for column in TEXT_COLUMNS.values() for source in column.sources}
    found |= {name: Target(name) for name, row in FIELDS.items() if row.kind in ("text", "words") and name in sources}
    for kind in SEARCH_TYPES.values():
        found[kind.name] = Target(kind.name) if kind.columns else Target(exact=kind.exact)
    found |= {name: Target(kind) for name, kind in _SHORT_NAMES.items()}
    for name in ("id", "ParentID", "WorkKeys", "TopicBrowse", "AuthorBrowse", "CallNumber", "DeweyBrowse", "LccBrowse"):
        found[name] = Target(exact=found[name].exact, is_one_value=True)
    found |= {name: Target(year=YEAR) for name in (YEAR, "publishDate", "year", "date", "py", "dp")}
    for scheme, normal in _NORMAL.items():
        found[scheme] = Target(exact=(_IDENTIFIER_FIELDS[scheme],), normal=normal)
    found["DOI"] = found["doi"]
    found["mh"], found["mh_noexp"] = Target(heading=True), Target(heading=True, exploded=False)
    return found


_NORMAL: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "doi": lambda text: identifiers.doi(text) or text.lower(),
        "orcid": lambda text: identifiers.orcid(text) or text,
        "pmid": lambda text: identifiers.pmid(f"pmid:{text}") or text,
        "pmcid": lambda text: identifiers.pmcid(text) or text,
    }
)
_IDENTIFIER_FIELDS = {
    "doi": "doi_str_mv",
    "orcid": "orcid_str_mv",
    "pmid": "pmid_str_mv",
    "pmcid": "pmcid_str_mv",
    "issn": "issn",
    "isbn": "isbn",
}

_TARGETS = _targets()
_TARGETS_FOLDED = {name.lower(): target for name, target in reversed(_TARGETS.items())}


def identifier_field(scheme: str) -> str:
    """The index field that holds identifiers of a scheme of `records.identifiers.detect`; "" when none does."""
    return _IDENTIFIER_FIELDS.get(scheme, "")
