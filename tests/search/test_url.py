from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.added import ADDED, Span, span_text
from bookwheel.search.engine import MAX_OFFSET
from bookwheel.search.parse import parse
from bookwheel.search.query import FacetRequest, Filter, Query, YearRange
from bookwheel.search.ranking import SEARCH_TYPES, SORTS
from bookwheel.search.url import MAX_FILTERS, MAX_PAGE_SIZE, filter_text, from_url, to_url

PLAIN = st.text(max_size=40).map(str.strip).filter(lambda text: "\0" not in text)


def read(address: str) -> Query:
    return from_url(parse_qsl(address, keep_blank_values=True))


def kinds(query: Query) -> list[str]:
    return [note.kind for note in query.notes]


@st.composite
def queries(draw: st.DrawFn) -> Query:
    # Lines end in \n however a browser sent them.
    text = draw(PLAIN.filter(lambda text: "\r" not in text))
    search_type = draw(st.sampled_from(list(SEARCH_TYPES)))
    size = draw(st.integers(1, MAX_PAGE_SIZE))
    value = st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text)
    mode = st.sampled_from(("all", "any", "none"))
    filters = st.builds(Filter, st.sampled_from(("format", "author_facet", "topic_facet")), value, mode)
    years = st.builds(Filter, st.just("publishDateSort"), st.sampled_from(("1999", "2012")), mode)
    moments = st.none() | st.integers(0, 4 * 10**9)
    added = st.builds(lambda low, high, m: Filter(ADDED, span_text(Span(low, high)), m), moments, moments, mode)
    year = st.none() | st.integers(1000, 1900), st.none() | st.integers(1900, 9999)
    return Query(
        text=text,
        tree=parse(text, search_type).tree,
        search_type=search_type,
        filters=tuple(draw(st.lists(filters | years | added, max_size=5, unique=True))),
        years=YearRange(*draw(st.tuples(*year))),
        sort=draw(st.sampled_from(list(SORTS))),
        page=draw(st.integers(1, MAX_OFFSET // size)),
        size=size,
        after=draw(st.from_regex(r"[0-9A-Za-z._=-]{0,30}", fullmatch=True)),
        synonyms=draw(st.sampled_from((None, True, False))),
    )


@given(query=queries())
def test_an_address_is_read_as_its_query(query: Query) -> None:
    assert read(to_url(query)) == query
    assert read(to_url(query, page_size=50)) == query or query.size == 50


@given(
    params=st.lists(
        st.tuples(
            st.sampled_from(
                (
                    "lookfor",
                    "type",
                    "filter[]",
                    "filter[0]",
                    "filter",
                    "sort",
                    "page",
                    "page[]",
                    "limit",
                    "after",
                    "join",
                    "lookfor0[]",
                    "type0[]",
                    "bool0[]",
                    "lookfor1[]",
                    "publishDatefrom",
                    "publishDateto",
                    "nonsense",
                    "",
                )
            ),
            st.text(st.characters(exclude_categories=()), max_size=30)
            | st.sampled_from(
                ("-1", "0", "NaN", "1e9", "9" * 5000, "²", "١", "2.5", "10" * 9, "year", 'format:"Article"')
            )
            | st.sampled_from(
                ('-publishDate:"[1 TO 2]"', 'publishDate:"[2012 TO *]"', "~:", ":", "NOT", "Title", "a OR b")
            ),
        ),
        max_size=8,
    )
)
def test_any_parameters_make_a_query_with_one_address(params: list[tuple[str, str]]) -> None:
    query = from_url(params)
    address = to_url(query)
    assert to_url(read(address)) == address
    assert 1 <= query.size <= MAX_PAGE_SIZE
    assert 0 <= query.offset <= MAX_OFFSET - query.size


def test_reads_what_vufind_writes() -> None:
    query = read(
        "lookfor=lenalidomide+leukemia&type=Title&filter%5B%5D=~format%3A%22Article%22&filter[]=-language:%22French%22"
        "&filter[]=institution:%22OA+Journals%22&filter[]=publishDate:%22[2010+TO+2012]%22&sort=year&page=3&limit=50&view=list"
    )
    assert query == Query(
        text="lenalidomide leukemia",
        tree=parse("lenalidomide leukemia", "Title").tree,
        search_type="Title",
        filters=(
            Filter("format", "Article", "any"),
            Filter("language", "French", "none"),
            Filter("institution", "OA Journals"),
        ),
        years=YearRange(2010, 2012),
        sort="newest",
        page=3,
        size=50,
    )
    assert query.notes == ()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        (Query(), ""),
        (Query(text="a b"), "lookfor=a+b&type=AllFields"),
        (Query(filters=(Filter("format", "Article", "any"),)), "filter[]=~format%3A%22Article%22"),
        (Query(years=YearRange(None, 2012)), "filter[]=publishDate%3A%22%5B%2A+TO+2012%5D%22"),
        (Query(text="x[ti]", syntax="pubmed"), "lookfor=x%5Bti%5D&type=AllFields&syntax=pubmed"),
        (Query(text="x", synonyms=False), "lookfor=x&type=AllFields&synonyms=0"),
        (Query(text="x", sort="title", page=2, size=50), "lookfor=x&type=AllFields&sort=title&page=2&limit=50"),
    ],
)
def test_writes_only_what_differs(query: Query, address: str) -> None:
    assert to_url(query) == address


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("filter[]=format:Article", Filter("format", "Article")),
        ('filter[]=topic_facet:"a "b" c"', Filter("topic_facet", 'a "b" c')),
        ('filter[]=topic_facet:"a \\"b\\" \\\\ c"', Filter("topic_facet", 'a "b" \\ c')),
        ('filter[3]=~publishDate:"2012-01-01"', Filter("publishDateSort", "2012", "any")),
        ('filter[]=author_facet:"-x"', Filter("author_facet", "-x")),
        ('filter[]=first_indexed:"[2026-11-01 TO *]"', Filter(ADDED, "[2026-11-01T00:00:00Z TO *]")),
        ("filter[]=first_indexed:[* TO 2026-11-01T01:00:00%2B01:00]", Filter(ADDED, "[* TO 2026-11-01T00:00:00Z]")),
        ('filter[]=-first_indexed:"2026-11-01T00:00:00Z"', Filter(ADDED, "2026-11-01T00:00:00Z", "none")),
    ],
)
def test_filters(address: str, wanted: Filter) -> None:
    query = read(address)
    assert query.filters == (wanted,)
    assert read(f"filter[]={filter_text(wanted)}").filters == (wanted,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format",
        "format:",
        "nowhere:x",
        "description:x",
        "a b:c",
        "{!tag=x}format:x",
        '-publishDate:"[1 TO 2]"',
        "publishDate:never",
        "format:" + "x" * 2000,
        "_query_:x",
        'first_indexed:"[soon TO *]"',
        'first_indexed:"[NOW-5DAY TO NOW]"',
        'last_indexed:"[2026-11-01 TO *]"',
    ],
)
def test_filters_that_cannot_be_read_are_left_out_with_a_note(text: str) -> None:
    query = from_url([("filter[]", text)])
    assert (query.filters, query.years, kinds(query)) == ((), YearRange(), ["filter"])


def test_filters_are_capped() -> None:
    query = from_url([("filter[]", f"format:{number}") for number in range(50)])
    assert (len(query.filters), kinds(query)) == (MAX_FILTERS, ["filters"])


@pytest.mark.parametrize(
    ("address", "years"),
    [
        ("daterange[]=publishDate&publishDatefrom=2010&publishDateto=2012", YearRange(2010, 2012)),
        ("publishDatefrom=2012&publishDateto=2010", YearRange(2010, 2012)),
        ("publishDatefrom=99&publishDateto=", YearRange(1999, None)),
        ("publishDatefrom=soon&publishDateto=850", YearRange(None, 850)),
        ("publishDatefrom=20101", YearRange()),
        ('filter[]=publishDate:"[* TO 2012]"', YearRange(None, 2012)),
        ("filter[]=publishDate:[2010 TO *]", YearRange(2010, None)),
        ('filter[]=publishDateSort:"[2012 TO 2010]"', YearRange(2010, 2012)),
    ],
)
def test_years(address: str, years: YearRange) -> None:
    query = read(address)
    assert (query.years, query.filters, query.notes) == (years, (), ())


@pytest.mark.parametrize(
    ("address", "page", "size", "note"),
    [
        ("page=2&limit=10", 2, 10, []),
        ("page=-1", 1, 20, ["page"]),
        ("page=NaN", 1, 20, ["page"]),
        ("page=0", 1, 20, ["page"]),
        ("page=1.5", 1, 20, ["page"]),
        (f"page={10**18}", 500, 20, ["page"]),
        (f"page={'9' * 5000}", 500, 20, ["page"]),
        ("limit=1000000", 1, MAX_PAGE_SIZE, ["limit"]),
        ("limit=-20", 1, 20, ["limit"]),
        ("page=&limit=", 1, 20, []),
        ("page[]=3", 3, 20, []),
        ("page=3&page=4", 4, 20, []),
    ],
)
def test_pages(address: str, page: int, size: int, note: list[str]) -> None:
    query = read(address)
    assert (query.page, query.size, kinds(query)) == (page, size, note)


@pytest.mark.parametrize(
    ("address", "sort"),
    [
        ("sort=year", "newest"),
        ("sort=year+asc", "oldest"),
        ("sort=title", "title"),
        ("sort=first_indexed+desc", "added"),
        ("sort=last_indexed+desc", "added"),
        ("sort=", "relevance"),
    ],
)
def test_sorts_have_vufinds_names_too(address: str, sort: str) -> None:
    assert (read(address).sort, read(address).notes) == (sort, ())


def test_unknown_types_and_sorts_are_notes() -> None:
    query = read("lookfor=a&type=nope&sort=shoe")
    assert (query.search_type, query.sort, kinds(query)) == ("AllFields", "relevance", ["type", "sort"])


def test_notes_of_the_text_are_notes_of_the_query() -> None:
    assert kinds(read("lookfor=le*")) == ["short-prefix"]
    long = read(f"lookfor={'leukemia+' * 100}")
    assert kinds(long) == ["text-cut"]
    assert len(long.text) <= 500


def test_facets_and_page_size_come_from_the_catalogue() -> None:
    query = from_url([("lookfor", "a")], facets=[FacetRequest("format", 5)], page_size=50)
    assert (query.facets, query.size) == ((FacetRequest("format", 5),), 50)


def test_lines_of_a_form_end_as_lines_do() -> None:
    query = read("lookfor=a%5Bti%5D%0D%0Ab%5Bti%5D%0D%231+AND+%232")
    assert query.text == "a[ti]\nb[ti]\n#1 AND #2"
