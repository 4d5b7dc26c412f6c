"""A Query as the address of its result page, and back: VuFind's parameters, so VuFind's links keep working.

`from_url(parse_qsl(to_url(query))) == query`. Nothing in an address is an error: unknown parameters fall away, numbers
out of range become the nearest that can be honoured, and notes say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote_plus

from bookwheel.search.added import ADDED, span_of, span_text
from bookwheel.search.advanced import groups_text
from bookwheel.search.engine import MAX_OFFSET
from bookwheel.search.fields import field_named
from bookwheel.search.limits import MAX_STRATEGY_CHARACTERS
from bookwheel.search.notes import remark, translatable
from bookwheel.search.parse import longest, parse
from bookwheel.search.prefixes import YEAR
from bookwheel.search.query import FacetRequest, Filter, FilterMode, Note, Query, YearRange
from bookwheel.search.ranking import SEARCH_TYPES, SORT_ALIASES, SORTS
from bookwheel.search.syntaxes import SYNTAXES, detect

MAX_FILTERS = 32
MAX_PAGE_SIZE = 100
"""Both: reliability 1.4."""
PAGE_SIZE = 20

Parameters = Sequence[tuple[str, str]]


def from_url(
    params: Iterable[tuple[str, str]], *, facets: Iterable[FacetRequest] = (), page_size: int = PAGE_SIZE
) -> Query:
    """The query of an address. `params` are names and values, decoded, in order; the last of a name counts.

    `facets` are what to count beside the hits and are no part of the address. `page_size` is meant by no `limit`.
    """
    given = [(_plain_name(name), _readable(value)) for name, value in params]
    notes: list[Note] = []
    syntax = _syntax(given, notes)
    text, search_type = _question(given, syntax, notes)
    parsed = parse(text, search_type, syntax)
    notes += parsed.notes
    filters, years = _restrictions(given, notes)
    query = Query(
        text=text,
        tree=parsed.tree,
        search_type=search_type,
        filters=filters,
        years=years,
        facets=tuple(facets),
        sort=_sort(_last(given, "sort"), notes),
        after=_last(given, "after")[:_LONGEST_CURSOR],
        syntax=syntax,
        synonyms=_SWITCH.get(_last(given, "synonyms")),
    )
    return replace(_paged(query, given, page_size, notes), notes=tuple(dict.fromkeys(notes)))


def to_url(query: Query, *, page_size: int = PAGE_SIZE) -> str:
    """The query as the part of an address behind "?", always in the same order; "" for the query of no settings."""
    found: list[tuple[str, str]] = []
    if query.text or query.search_type != "AllFields":
        found += [("lookfor", query.text), ("type", query.search_type)]
    if query.syntax:
        found.append(("syntax", query.syntax))
    if query.synonyms is not None:
        found.append(("synonyms", "1" if query.synonyms else "0"))
    found += [("filter[]", filter_text(restriction)) for restriction in query.filters]
    if query.years != YearRange():
        low, high = ("*" if year is None else str(year) for year in (query.years.low, query.years.high))
        found.append(("filter[]", f'publishDate:"[{low} TO {high}]"'))
    if query.sort != "relevance":
        found.append(("sort", query.sort))
    if query.page > 1:
        found.append(("page", str(query.page)))
    if query.size != page_size:
        found.append(("limit", str(query.size)))
    if query.after:
        found.append(("after", query.after))
    return "&".join(f"{quote_plus(name, safe='[]')}={quote_plus(value)}" for name, value in found)


def filter_text(restriction: Filter) -> str:
    """A filter as `filter[]` carries it: `format:"Article"`, with ~ before it for `any`, - for `none`."""
    value = restriction.value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{_SIGNS[restriction.mode]}{restriction.field}:"{value}"'


_SIGNS: dict[FilterMode, str] = {"all": "", "any": "~", "none": "-"}
_MODES: dict[str, FilterMode] = {"~": "any", "-": "none"}
_SWITCH = {"0": False, "1": True}
_LONGEST_CURSOR = 2_000
_LONGEST_VALUE = 1_000
"""Characters of a filter's value: more than any facet value has."""


def _plain_name(name: str) -> str:
    """`filter[]`, `filter[0]` and `filter` are one parameter; `lookfor0[]` keeps its number."""
    return re.sub(r"\[[0-9]{0,3}\]$", "", name[:50])


def _readable(value: str) -> str:
    """The value without half surrogate pairs and NUL, which no address and no database takes."""
    return value.encode("utf-8", "ignore").decode().replace("\0", "")


def _all(given: Parameters, name: str) -> list[str]:
    return [value for key, value in given if key == name]


def _last(given: Parameters, name: str) -> str:
    return next((value for key, value in reversed(given) if key == name), "")


def _syntax(given: Parameters, notes: list[Note]) -> str:
    """The language the reader chose for the text; "" leaves it to the text."""
    name = _last(given, "syntax").strip().lower()
    if name and name not in SYNTAXES:
        notes.append(
            remark("syntax", "There is no syntax “%(name)s”; the text itself shows which it is.", name=name[:50])
        )
        return ""
    return name


def _question(given: Parameters, syntax: str, notes: list[Note]) -> tuple[str, str]:
    """The search text and its type; the groups of an advanced search become the text that asks the same."""
    groups = groups_text(given)
    # Forms send the lines of a textarea with \r\n.
    text = groups or _last(given, "lookfor").replace("\r\n", "\n").replace("\r", "\n").strip()
    most = longest(text, syntax or detect(text[:MAX_STRATEGY_CHARACTERS]))
    if len(text) > most:
        notes.append(
            remark("text-cut", "Only the first %(most)s characters of the search were used.", honoured=False, most=most)
        )
        text = text[:most].rstrip()
    search_type = "AllFields" if groups else _last(given, "type") or "AllFields"
    if search_type not in SEARCH_TYPES:
        notes.append(
            remark("type", "There is no search of type “%(name)s”; all fields were searched.", name=search_type[:50])
        )
        search_type = "AllFields"
    return text, search_type


def _restrictions(given: Parameters, notes: list[Note]) -> tuple[tuple[Filter, ...], YearRange]:
    filters: dict[Filter, None] = {}
    years = _date_form(given)
    for text in _all(given, "filter"):
        found = _restriction(text)
        if isinstance(found, YearRange):
            years = found
        elif found is None:
            notes.append(remark("filter", "The filter %(filter)s cannot be read and was left out.", filter=text[:80]))
        elif len(filters) >= MAX_FILTERS:
            notes.append(remark("filters", "Only the first %(most)s filters were used.", most=MAX_FILTERS))
        else:
            filters[found] = None
    return tuple(filters), years


def _restriction(text: str) -> Filter | YearRange | None:
    """One value of `filter[]`."""
    mode = _MODES.get(text[:1], "all")
    name, colon, value = text[mode != "all" :].partition(":")
    if not colon or not _FIELD_NAME.fullmatch(name):
        return None
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = re.sub(r'\\(["\\])', r"\1", value[1:-1])
    if name == "publishDate":
        name = YEAR
    row = field_named(name)
    if row is None or row.kind not in ("exact", "isn", "year", "date") or not 0 < len(value) <= _LONGEST_VALUE:
        return None
    if name == YEAR and (bounds := _RANGE.fullmatch(value)):
        return _years(bounds[1], bounds[2]) if mode == "all" else None
    if name == YEAR:
        match = _DATE.fullmatch(value)
        return Filter(name, match[1], mode) if match else None
    if row.kind == "date" and value.startswith("["):
        span = span_of(value) if name == ADDED else None
        return Filter(name, span_text(span), mode) if span else None
    return Filter(name, value, mode)


_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,50}")
_RANGE = re.compile(r"\[\s?([0-9]{1,4}|\*)(?:-[0-9]{2}){0,2} TO ([0-9]{1,4}|\*)(?:-[0-9]{2}){0,2}\s?\]")
_DATE = re.compile(r"([0-9]{4})(?:-[0-9]{2}){0,2}")


def _years(low: str, high: str) -> YearRange:
    first, last = (int(bound) if bound.isascii() and bound.isdigit() else None for bound in (low, high))
    if first is not None and last is not None and first > last:
        first, last = last, first
    return YearRange(first, last)


def _date_form(given: Parameters) -> YearRange:
    """`publishDatefrom` and `publishDateto` as VuFind's form sends them: two digits are of the last century."""
    bounds = (_last(given, "publishDatefrom").strip(), _last(given, "publishDateto").strip())
    low, high = (f"19{bound}" if len(bound) == 2 else bound if len(bound) <= 4 else "" for bound in bounds)
    return _years(low, high)


def _sort(name: str, notes: list[Note]) -> str:
    name = SORT_ALIASES.get(name, name or "relevance")
    if name in SORTS:
        return name
    notes.append(remark("sort", "There is no order “%(name)s”; results are sorted by relevance.", name=name[:50]))
    return "relevance"


def _paged(query: Query, given: Parameters, page_size: int, notes: list[Note]) -> Query:
    """The query with page and size, inside what can be paged through."""
    size = _whole_number(_last(given, "limit"), page_size, "limit", notes)
    if size > MAX_PAGE_SIZE:
        notes.append(remark("limit", "A page holds at most %(most)s hits.", most=MAX_PAGE_SIZE))
        size = MAX_PAGE_SIZE
    page = _whole_number(_last(given, "page"), 1, "page", notes)
    if page * size > MAX_OFFSET:
        page = max(1, MAX_OFFSET // size)
        notes.append(
            remark("page", "Only the first %(most)s hits can be leafed through; narrow the search.", most=MAX_OFFSET)
        )
    return replace(query, page=page, size=size)


def _whole_number(text: str, otherwise: int, name: str, notes: list[Note]) -> int:
    """A number from 1; one too long to be meant is as good as the largest."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit():
        number = int(digits[:12]) if len(digits) <= 12 else 10**12
        if number >= 1:
            return number
    if digits:
        text = translatable("%(name)s must be a whole number from 1; %(used)s was used.")
        notes.append(remark(name, text, name=name, used=otherwise))
    return otherwise
