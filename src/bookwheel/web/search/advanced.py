"""The advanced search form as a value: rows in groups, what limits the search, and what changes its shape."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_noop

from bookwheel.search import url
from bookwheel.search.advanced import MAX_GROUPS, Form, Group, Row, form_from, form_of
from bookwheel.search.query import FacetRequest, Query, YearRange
from bookwheel.search.ranking import SORTS
from bookwheel.search.results import Facet
from bookwheel.search.syntaxes import SYNTAXES, detect
from bookwheel.search.url import filter_text
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.facets import ActiveFilter, active_filters
from bookwheel.web.library import Catalogue

TYPES = (
    "AllFields",
    "Title",
    "Author",
    "Subject",
    "abstract",
    "JournalTitle",
    "publisher",
    "affiliation",
    "ISN",
    "DOI",
    "year",
)
"""Search types of a row, in order."""

LIMITS = ("format", "language")
"""Facets that limit an advanced search from the start, all their values in sight."""
_VALUES = 40

ROWS = 3
"""Rows of a fresh group."""
MOST_ROWS = 10
MOST_GROUPS = 5

ROW_JOINS = (
    ("AND", gettext_noop("all of these")),
    ("OR", gettext_noop("any of these")),
    ("NOT", gettext_noop("none of these")),
)
GROUP_JOINS = (("AND", gettext_noop("all groups")), ("OR", gettext_noop("any group")))

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list or a box; `sends` is its value in the address."""

    sends: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    text: str
    types: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    number: int
    rows: tuple[RowView, ...]
    joins: tuple[Choice, ...]
    can_grow: bool


@dataclass(frozen=True, slots=True)
class LimitView:
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AdvancedPage:
    """`kept` are filters of the search that the form has no boxes for; they go along and can be taken off.

    `strategy` is the search's text where it is in the language of a database, which rows cannot hold.
    """

    query: Query
    groups: tuple[GroupView, ...]
    joins: tuple[Choice, ...]
    can_grow: bool
    limits: tuple[LimitView, ...]
    years: YearRange
    kept: tuple[tuple[str, ActiveFilter], ...]
    sorts: tuple[Choice, ...]
    strategy: str
    syntaxes: tuple[Choice, ...]


def advanced_page(catalogue: Catalogue, parameters: Parameters, page_size: int) -> AdvancedPage:
    """The form an address describes: VuFind's groups, or a search's text, which opens as far as it fits."""
    query = url.from_url(parameters, page_size=page_size)
    syntax = query.syntax or detect(query.text)
    strategy = query.text if syntax != "box" else ""
    # The place of empty rows is kept: a reader who adds a row has not written it yet.
    form = _form(parameters, replace(query, text="") if strategy else query)
    groups = tuple(_group(number, group) for number, group in enumerate(form.groups))
    chosen = {filter_text(each) for each in query.filters}
    limits = _limits(catalogue, chosen)
    in_boxes = {choice.sends for limit in limits for choice in limit.choices}
    active = active_filters(replace(query, years=YearRange()))
    pairs = ((filter_text(each), view) for each, view in zip(query.filters, active, strict=True))
    return AdvancedPage(
        query=query,
        groups=groups,
        joins=_choices(GROUP_JOINS, form.join),
        can_grow=len(groups) < MOST_GROUPS,
        limits=limits,
        years=query.years,
        kept=tuple(pair for pair in pairs if pair[0] not in in_boxes),
        strategy=strategy,
        syntaxes=tuple(Choice(name, gettext(each.label), name == query.syntax) for name, each in SYNTAXES.items()),
        sorts=tuple(Choice(name, labels.sort(name), name == query.sort) for name in SORTS),
    )


def _form(parameters: Parameters, query: Query) -> Form:
    names = [(name.partition("[")[0], value) for name, value in parameters]
    numbers = sorted({name[7:] for name, _ in names if name.startswith("lookfor") and name[7:].isdecimal()}, key=int)
    if numbers:
        groups = [_group_as_sent(names, number) for number in numbers[:MAX_GROUPS]]
        form = Form(tuple(groups), form_from(names).join)
    else:
        form = form_of(query.text, query.search_type)
    if not form.groups:
        form = Form((Group(()),), form.join)
    return _grown(form, dict(parameters).get("add", ""))


def _group_as_sent(names: Parameters, number: str) -> Group:
    texts = [value for name, value in names if name == f"lookfor{number}"][:MOST_ROWS]
    types = [value for name, value in names if name == f"type{number}"]
    types += ["AllFields"] * (len(texts) - len(types))
    join = next((value for name, value in names if name == f"bool{number}"), "AND")
    rows = tuple(Row(text, kind) for text, kind in zip(texts, types, strict=False))
    return Group(rows, "OR" if join == "OR" else "NOT" if join == "NOT" else "AND")


def _grown(form: Form, add: str) -> Form:
    """The form with what a button without script asked for: one row more in a group, or one group more."""
    groups = [replace(group, rows=_padded(group.rows)) for group in form.groups]
    if add == "group" and len(groups) < MOST_GROUPS:
        groups.append(Group(_padded(())))
    elif add.isdecimal() and int(add) < len(groups) and len(groups[int(add)].rows) < MOST_ROWS:
        number = int(add)
        groups[number] = replace(groups[number], rows=(*groups[number].rows, Row("")))
    return replace(form, groups=tuple(groups))


def _padded(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return (*rows, *(Row("") for _ in range(ROWS - len(rows))))


def _group(number: int, group: Group) -> GroupView:
    return GroupView(
        number,
        tuple(RowView(row.text, _types(row.search_type)) for row in group.rows),
        _choices(ROW_JOINS, group.join),
        len(group.rows) < MOST_ROWS,
    )


def _types(chosen: str) -> tuple[Choice, ...]:
    names = TYPES if chosen in TYPES else (*TYPES, chosen)
    return tuple(Choice(name, labels.search_type(name), name == chosen) for name in names)


def _choices(joins: Sequence[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, gettext(label), name == chosen) for name, label in joins)


def _limits(catalogue: Catalogue, chosen: set[str]) -> tuple[LimitView, ...]:
    requests = tuple(FacetRequest(field, _VALUES) for field in LIMITS)
    facets = catalogue.search(Query(size=0, facets=requests)).facets
    views = (_limit(field, facets.get(field, Facet(field, ())), chosen) for field in LIMITS)
    return tuple(view for view in views if view.choices)


def _limit(field: str, facet: Facet, chosen: set[str]) -> LimitView:
    choices = []
    for value in facet.values:
        text = f'~{field}:"{value.value}"' if '"' not in value.value else ""
        if text:
            choices.append(Choice(text, labels.value(field, value.value), text in chosen))
    return LimitView(labels.field(field), tuple(choices))
