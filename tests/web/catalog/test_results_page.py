"""The result page: what was found, how to narrow it, and what to do when nothing was."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary, sample

from bookwheel.search.query import Note
from bookwheel.web.library import use

ALL = "/Search/Results"


def test_hits_tell_title_authors_journal_year_and_format(client: Client) -> None:
    page = Page(client.get(f"{ALL}?lookfor=lenalidomide&type=AllFields"))
    assert page.text("//p[@role='status']") == "1 result"
    hit = "//li[@class='hit']"
    assert page.text(f"{hit}//h2") == "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
    assert page.text(f"{hit}//p[@class='hit-authors']") == "Agostino Cortelezzi, Mariarita Sciumè, Gianluigi Reda"
    assert page.text(f"{hit}//cite") == "Advances in Hematology"
    assert page.text(f"{hit}//span[@class='year']") == "2012"
    assert page.text(f"{hit}//span[@class='format']") == "Article"


def test_matched_words_are_marked_also_in_other_forms(client: Client) -> None:
    page = Page(client.get(f"{ALL}?lookfor=therapy&type=AllFields"))
    assert "therapies" in page.texts("//p[@class='hit-snippet']/mark")


def test_facets_are_one_form_of_checkboxes_with_counts_and_a_button(client: Client) -> None:
    page = Page(client.get(ALL))
    boxes = page.root.xpath("//fieldset[legend='Format']//label[@class='include']/input")
    assert [(box.get("name"), box.get("value"), box.get("form")) for box in boxes] == [
        ("filter[]", '~format:"Article"', "search")
    ]
    assert page.text("//fieldset[legend='Format']//label[@class='include']") == "Article, 61 results 61"
    assert page.count("//button[.='Apply filters'][@form='search']") == 1
    # Nothing for a crawler to follow: the filters hold no link but the one that skips them.
    assert page.root.xpath("//div[@class='sidebar']//a/@href") == ["#hits"]


def test_each_value_can_be_excluded(client: Client) -> None:
    page = Page(client.get(f'{ALL}?filter[]=-language:"German"'))
    assert page.text("//p[@role='status']") == "1–20 of 41 results"
    box = page.root.xpath("//fieldset[legend='Language']//label[@class='exclude']/input")[0]
    assert (box.get("value"), box.get("checked")) == ('-language:"German"', "checked")
    assert page.text("//a[contains(@class, 'chip')]") == "Remove the filter Language not German ×"


def test_values_of_one_field_widen_and_fields_narrow(client: Client) -> None:
    one = Page(client.get(f'{ALL}?filter[]=~publisherStr:"Publisher+1"')).text("//p[@role='status']")
    two = Page(client.get(f'{ALL}?filter[]=~publisherStr:"Publisher+1"&filter[]=~publisherStr:"Publisher+2"'))
    both = f'{ALL}?filter[]=~publisherStr:"Publisher+1"&filter[]=~language:"German"'
    assert one == "15 results"
    assert two.text("//p[@role='status']") == "1–20 of 30 results"
    assert Page(client.get(both)).text("//p[@role='status']") == "5 results"


def test_chosen_value_is_ticked_and_can_be_taken_back(client: Client) -> None:
    page = Page(client.get(f'{ALL}?filter[]=~language:"German"'))
    assert page.root.xpath("//label[@class='include']/input[@checked]/@value") == ['~language:"German"']
    assert page.root.xpath("//a[contains(@class, 'chip')]/@href") == [ALL]


def test_filter_of_a_vufind_link_keeps_its_form(client: Client) -> None:
    page = Page(client.get(f'{ALL}?filter[]=language:"German"'))
    assert page.root.xpath("//label[@class='include']/input[@checked]/@value") == ['language:"German"']


def test_years_are_two_fields_a_drawing_and_a_table(client: Client) -> None:
    page = Page(client.get(ALL))
    years = "//fieldset[@class='years']"
    assert page.count(f"{years}//*[local-name()='rect']") == 30
    assert page.texts(f"{years}//tbody/tr[1]/*") == ["2019", "2"]
    assert page.root.xpath(f"{years}//label/input/@name") == ["publishDatefrom", "publishDateto"]


def test_range_of_years_narrows_and_is_a_filter(client: Client) -> None:
    response = client.get(f"{ALL}?daterange[]=publishDate&publishDatefrom=2010&publishDateto=2011", follow=True)
    page = Page(response)
    assert page.text("//p[@role='status']") == "4 results"
    assert "Year 2010–2011" in page.text("//a[contains(@class, 'chip')]")
    assert page.root.xpath("//fieldset[@class='years']//label/input/@value") == ["2010", "2011"]


@pytest.mark.parametrize(
    "address",
    [
        "?lookfor=sample",
        "?lookfor=sample&type=AllFields&page=1",
        "?type=AllFields&lookfor=sample&utm_source=mail",
        "?lookfor=sample&type=AllFields&sort=relevance&limit=20&daterange[]=publishDate&publishDatefrom=&publishDateto=",
        "?lookfor=+sample+&type=AllFields",
    ],
)
def test_every_other_way_to_write_a_search_leads_to_one_address(client: Client, address: str) -> None:
    response = client.get(ALL + address)
    assert (response.status_code, response["Location"]) == (301, f"{ALL}?lookfor=sample&type=AllFields")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "remark"),
    [
        ("?lookfor=sample&type=Nonsense", "There is no search of type “Nonsense”; all fields were searched."),
        ("?lookfor=sample&filter[]=floor:2", "The filter floor:2 cannot be read and was left out."),
        (f"?lookfor={'a+' * 300}", "Only the first 500 characters of the search were used."),
    ],
)
def test_an_address_that_cannot_be_followed_says_so(client: Client, address: str, remark: str) -> None:
    """Leading on to the canonical address would drop a part of what was asked without a word."""
    page = Page(client.get(ALL + address))
    assert remark in page.texts("//p[@class='remark']")


def test_permalink_is_the_address_of_the_page(client: Client) -> None:
    address = f"{ALL}?lookfor=sample&type=Title&sort=newest&page=2&limit=10"
    (link,) = Page(client.get(address)).root.xpath("//a[@class='permalink']/@href")
    assert link == address


def test_form_sends_words_type_order_and_size_together(client: Client) -> None:
    page = Page(client.get(f"{ALL}?lookfor=sample&type=Title&sort=newest&limit=50"))
    selected = {s.get("name"): s.xpath("option[@selected]/@value") for s in page.root.xpath("//select")}
    assert selected == {"type": ["Title"], "sort": ["newest"], "limit": ["50"]}
    fields = page.root.xpath("//main//select | //main//input[not(@form='selection' or ancestor::form)]")
    assert all(e.get("form") == "search" for e in fields)


def test_pages_lead_on_and_back_and_crawlers_are_asked_not_to_follow(client: Client) -> None:
    page = Page(client.get(f"{ALL}?page=2"))
    assert page.text("//p[@role='status']") == "21–40 of 61 results"
    links = page.root.xpath("//nav[@class='paging']//a")
    assert all("nofollow" in link.get("rel") for link in links)
    assert page.text("//nav[@class='paging']//a[@aria-current='page']") == "Page 2"
    assert page.root.xpath("//a[.='Previous']/@href") == [ALL]
    assert page.root.xpath("//a[.='Next']/@href") == [f"{ALL}?page=3"]


def test_page_after_the_last_says_so(client: Client) -> None:
    page = Page(client.get(f"{ALL}?page=9"))
    assert page.status == 200
    assert "the results end earlier" in page.text()


def test_nothing_found_says_what_was_searched_and_offers_ways_out(client: Client) -> None:
    filters = '&filter[]=~format:"Book"&filter[]=~language:"German"'
    page = Page(client.get(f"{ALL}?lookfor=lenalidomide&type=Title{filters}"))
    assert page.text("//p[@role='status']") == "Nothing found"
    assert "No work matches “lenalidomide” in Title with these filters." in page.text()
    ways = {
        li.xpath("string(a)"): (dict(parse_qsl(urlsplit(li.xpath("string(a/@href)")).query)), li.xpath("string(span)"))
        for li in page.root.xpath("//div[@class='nothing']//li[a]")
    }
    # What leads nowhere is not offered: without one of the filters there is still nothing.
    assert ways.pop("Without any filter") == ({"lookfor": "lenalidomide", "type": "Title"}, "1 result")
    assert not any(text.startswith("Without the filter") for text in ways)


def test_offers_lead_to_as_many_hits_as_they_say(client: Client) -> None:
    page = Page(client.get(f'{ALL}?lookfor=sciume&type=Title&filter[]=~format:"Book"'))
    offered = page.root.xpath("//div[@class='nothing']//li[span[@class='count']]")
    for offer in offered:
        status = Page(client.get(offer.xpath("string(a/@href)"))).text("//p[@role='status']")
        assert status == offer.xpath("string(span)")


def test_a_search_without_any_way_on_offers_none(client: Client) -> None:
    page = Page(client.get(f"{ALL}?lookfor=zzyzx&type=AllFields"))
    assert page.count("//div[@class='nothing']//span[@class='count']") == 0


def test_remarks_on_how_the_search_was_read_are_shown(client: Client) -> None:
    text = Page(client.get(f"{ALL}?lookfor=%22sample&type=AllFields")).text("//p[@class='remark']")
    assert text == "A quotation mark without its partner was left out."


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("?page=51", 400, "1,000"),
        ("?page=11&limit=100", 400, "1,000"),
        ("?page=" + "9" * 18, 400, "1,000"),
        ("?page=-1", 400, "whole number"),
        ("?page=0", 400, "whole number"),
        ("?page=1.5", 400, "whole number"),
        ("?page=NaN", 400, "whole number"),
        ("?page=" + "9" * 5000, 400, "whole number"),
        ("?limit=101", 400, "100"),
        ("?limit=x", 400, "whole number"),
        ("?" + "&".join(f'filter[]=format:"{n}"' for n in range(9)), 414, "8 filters"),
    ],
)
def test_request_beyond_a_cap_is_refused_by_name_without_a_search(
    client: Client, catalogue: StubLibrary, address: str, status: int, word: str
) -> None:
    page = Page(client.get(ALL + address))
    assert page.status == status
    assert word in page.text("//h1")
    assert page.count("//main//a[@href]") == 1
    assert catalogue.asked == []


def test_last_page_that_can_be_reached_says_why() -> None:
    with use(StubLibrary([sample(number) for number in range(1001)])):
        page = Page(Client().get(f"{ALL}?page=10&limit=100"))
    assert "the first 1,000 results can be paged through" in page.text()
    assert page.count("//a[.='Next']") == 0


def test_results_are_no_matter_for_search_engines_and_kept_a_minute(client: Client) -> None:
    response = client.get(ALL)
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "public, max-age=60"
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].replace(" ", "").split(","))


def test_odd_parameters_never_break_the_page(client: Client) -> None:
    for query in (
        "lookfor[]=a&lookfor[]=b",
        "page[]=2&page=3",
        "filter=x&filter[]=&filter[]=:::",
        "lookfor=%00%FF%D8&type=%00",
        "lookfor=%E2%80%AEabc",
        "lookfor0[]=a&type0[]=Title&bool0[]=AND&join=AND",
        "publishDatefrom=abc&publishDateto=99999&daterange[]=publishDate",
        "sort[]=x&limit[]=y&lookfor=" + "x" * 3000,
        "lookfor=%0D%0ASet-Cookie:+a=b",
        "&&&===",
    ):
        response = client.get(f"{ALL}?{query}", follow=True)
        assert response.status_code in (200, 400), query
        assert len(response.redirect_chain) <= 1, query


def test_other_spellings_are_offered_once() -> None:
    """The word nobody wrote finds nothing beside the other spelling, so that form is not offered as well."""
    from bookwheel.search.query import Query
    from bookwheel.search.results import SearchResult
    from bookwheel.search.url import from_url
    from bookwheel.web.catalog.results import results_page

    class Asking(StubLibrary):
        def search(self, query: Query) -> SearchResult:
            return self.engine.search(query)

    query = from_url([("lookfor", "smaple OR 1995")])
    page = results_page(Asking(tuple(sample(number) for number in range(60))), query)
    assert [way.text for way in page.spellings] == ["sample OR 1995"]


def test_notes_of_the_engine_are_shown_once() -> None:
    from bookwheel.search.query import Query
    from bookwheel.search.results import SearchResult
    from bookwheel.web.catalog.results import results_page

    note = Note("similar", "Not here.")

    class Noting(StubLibrary):
        def search(self, query: Query) -> SearchResult:
            return SearchResult(0, notes=(note,))

    assert results_page(Noting(()), Query(notes=(note,))).notes == ("Not here.",)
