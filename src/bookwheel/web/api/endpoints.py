"""Every endpoint with its parameters, once: requests are checked by this table, and the documents are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext_noop

from bookwheel.search.fields import FACETS, FIELDS
from bookwheel.search.limits import MAX_STRATEGY_CHARACTERS
from bookwheel.search.ranking import SEARCH_TYPES, SORT_ALIASES, SORTS
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.search.url import MAX_FILTERS, MAX_PAGE_SIZE
from bookwheel.web.api import schemas
from bookwheel.web.api.parameters import Parameter
from bookwheel.web.api.schemas import Schema

MAX_PAGE = 10_000
MAX_IDS = 100
MAX_FACET_PAGE = 10
_GROUPS = 5
_ROWS = 10


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address below /api/v1. `scope` is what a key must be for.

    An answer `of_index` changes with the index alone, so that its ETag is known before the search. VuFind has those
    that are `of_vufind`, which say errors in its words.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Schema
    scope: str
    of_index: bool = True
    of_vufind: bool = False
    is_found: bool = False
    """Whether it asks for what there may be none of, records or a cursor: 404."""


def _filter_pattern() -> str:
    """`field:"value"` with ~ or - before it, of a field that filters; years are four digits or a range."""
    names = "|".join(
        name for name, row in FIELDS.items() if row.kind in ("exact", "isn", "date") and name not in _DATES
    )
    dynamic = r"[A-Za-z][A-Za-z0-9_]{0,30}_(str|str_mv|date|isn|isn_mv)"
    value = r'("[^\u0000-\u001f]{1,500}"|[^\u0000-\u001f"][^\u0000-\u001f]{0,500})'
    bound = r"([0-9]{1,4}|\*)"
    years = rf'[~-]?publishDate(Sort)?:("[0-9]{{4}}"|[0-9]{{4}})|publishDate(Sort)?:"\[{bound} TO {bound}\]"'
    return rf"[~-]?({names}|{dynamic}):{value}|{years}"


_DATES = ("publishDate", "publishDateSort")
_NAME = r"[A-Za-z0-9_-]{1,60}"
_RECORD_ID = r"[^\u0000-\u001f\u007f]{1,300}"

_ID = Parameter("id", gettext_noop("The record's id."), pattern=_RECORD_ID, most=300, is_required=True)
_IDS = Parameter(
    "id[]", gettext_noop("Ids of records."), pattern=_RECORD_ID, most=300, repeats=MAX_IDS, is_required=True
)
_FIELD = Parameter(
    "field[]",
    gettext_noop("Fields of each record, by VuFind's names; those it does not have are left out."),
    pattern=_NAME,
    repeats=60,
)
_COMMON = (
    Parameter(
        "lng",
        gettext_noop("Language of translated values; otherwise the one your program accepts."),
        pattern=r"[A-Za-z]{2,3}(-[A-Za-z]{2,8})?",
        most=12,
    ),
    Parameter("prettyPrint", gettext_noop("Whether the answer is indented."), choices=("0", "1", "true", "false")),
)
QUESTION = (
    Parameter(
        "lookfor",
        gettext_noop("The search as it would be typed: words, a strategy of PubMed, Ovid or CQL, a DOI."),
        most=MAX_STRATEGY_CHARACTERS,
    ),
    Parameter(
        "type", gettext_noop("Where the words are looked for."), choices=tuple(SEARCH_TYPES), default="AllFields"
    ),
    Parameter(
        "filter[]",
        gettext_noop('A facet value to keep, field:"value"; ~ before it: one of these, -: none of these.'),
        pattern=_filter_pattern(),
        most=1_000,
        repeats=MAX_FILTERS,
    ),
    Parameter("publishDatefrom", gettext_noop("First year."), pattern=r"[0-9]{4}|", most=4),
    Parameter("publishDateto", gettext_noop("Last year."), pattern=r"[0-9]{4}|", most=4),
    Parameter("daterange[]", gettext_noop("VuFind sends it with the years."), choices=("publishDate",), repeats=1),
    Parameter("syntax", gettext_noop("Language of the text; otherwise the text shows it."), choices=("", *SYNTAXES)),
    Parameter("synonyms", gettext_noop("Whether words are also searched by their synonyms."), choices=("0", "1")),
    Parameter(
        "lookfor[]", gettext_noop("A row of an advanced search, by group."), numbered=_GROUPS, repeats=_ROWS, most=500
    ),
    Parameter(
        "type[]",
        gettext_noop("Where the words of a row are looked for."),
        numbered=_GROUPS,
        repeats=_ROWS,
        choices=tuple(SEARCH_TYPES),
    ),
    Parameter(
        "bool[]", gettext_noop("How the rows of a group are joined."), numbered=_GROUPS, choices=("AND", "OR", "NOT")
    ),
    Parameter("join", gettext_noop("How the groups are joined."), choices=("AND", "OR")),
)
"""What a search is made of, wherever one is asked for."""
_SIZE = gettext_noop("Records of an answer; 0 counts alone.")

_TABLE = (
    Endpoint(
        "search",
        gettext_noop("Records that a search finds, in order, with their number and facets."),
        (
            *QUESTION,
            Parameter(
                "sort",
                gettext_noop("The order."),
                choices=tuple(dict.fromkeys((*SORTS, *SORT_ALIASES))),
                default="relevance",
            ),
            Parameter(
                "page",
                gettext_noop("The page, up to record 10,000; `after` goes on from there."),
                "number",
                most=MAX_PAGE,
                least=1,
                default="1",
            ),
            Parameter("limit", _SIZE, "number", most=MAX_PAGE_SIZE, default="20"),
            Parameter(
                "after",
                gettext_noop("`next` of the answer before, with the same search: the page behind it, without end."),
                pattern=r"[A-Za-z0-9_:-]{1,3000}",
                most=3_000,
            ),
            Parameter("facet[]", gettext_noop("Facets to count, up to 100 values each."), pattern=_NAME, repeats=20),
            _FIELD,
            *_COMMON,
        ),
        schemas.SEARCH,
        "search",
        of_vufind=True,
        is_found=True,
    ),
    Endpoint(
        "record",
        gettext_noop("Records by their ids."),
        (_IDS, _FIELD, *_COMMON),
        schemas.RECORDS,
        "records",
        of_index=False,
        of_vufind=True,
        is_found=True,
    ),
    Endpoint(
        "facets",
        gettext_noop("Values of one facet within a search, by count or by alphabet."),
        (
            Parameter("facet", gettext_noop("The facet."), choices=FACETS, is_required=True),
            Parameter("contains", gettext_noop("Words the values have, the last one a beginning."), most=100),
            Parameter(
                "facetsort",
                gettext_noop("By falling count, or by alphabet."),
                choices=("count", "index"),
                default="count",
            ),
            Parameter("limit", gettext_noop("Values of an answer."), "number", most=100, least=1, default="50"),
            Parameter(
                "page",
                gettext_noop("The page of a list by count."),
                "number",
                most=MAX_FACET_PAGE,
                least=1,
                default="1",
            ),
            Parameter("after", gettext_noop("In a list by alphabet, the value before those wanted."), most=1_000),
            *QUESTION,
            *_COMMON,
        ),
        schemas.FACETS,
        "search",
    ),
    Endpoint(
        "suggest",
        gettext_noop("Titles, authors, subjects and journals for the beginning of a search."),
        (
            Parameter("q", gettext_noop("What was typed so far, from three letters on."), is_required=True, most=200),
            Parameter(
                "type",
                gettext_noop("Where the words are looked for."),
                choices=tuple(SEARCH_TYPES),
                default="AllFields",
            ),
            Parameter("limit", gettext_noop("Suggestions of an answer."), "number", most=20, least=1, default="10"),
            *_COMMON,
        ),
        schemas.SUGGESTIONS,
        "search",
    ),
    Endpoint(
        "similar",
        gettext_noop("Records on the same matter as one, best first."),
        (
            _ID,
            Parameter("limit", gettext_noop("Records of an answer."), "number", most=50, least=1, default="5"),
            _FIELD,
            *_COMMON,
        ),
        schemas.SIMILAR,
        "records",
        of_index=False,
        is_found=True,
    ),
    Endpoint(
        "cite",
        gettext_noop("Records cited in a style, as text and as HTML."),
        (
            _IDS,
            Parameter(
                "style",
                gettext_noop("The style by its name: apa, mla, vancouver, or one of this catalogue's own."),
                pattern=_NAME,
                default="apa",
            ),
            *_COMMON,
        ),
        schemas.CITATIONS,
        "records",
        of_index=False,
        is_found=True,
    ),
    Endpoint(
        "export",
        gettext_noop("Where records are downloaded from in each format: those of the ids, or all a search finds."),
        (
            Parameter("id[]", gettext_noop("Ids of records."), pattern=_RECORD_ID, most=300, repeats=MAX_IDS),
            *QUESTION,
            *_COMMON,
        ),
        schemas.EXPORTS,
        "search",
        of_index=False,
    ),
)

ENDPOINTS: Mapping[str, Endpoint] = MappingProxyType({endpoint.name: endpoint for endpoint in _TABLE})
