"""The record page: the seed's page in order and wording, and what stands beside it."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import ABSTRACT, SEED, SEED_ID, StubLibrary, sample, seed_library

from bookwheel.records.model import Contributor, Link, PublicationDate, Text
from bookwheel.web.library import use

ADDRESS = f"/Record/{SEED_ID}"


def test_page_of_the_seed_has_its_parts_in_order_and_wording(client: Client) -> None:
    text = Page(client.get(ADDRESS)).text()
    parts = [
        "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia",
        "The application of nucleoside analogue-based chemotherapy",
        "sequential therapeutic regimens are requi...",
        "Full description",
        "Saved in:",
        "Bibliographic Details",
        "Main Authors: Agostino Cortelezzi, Mariarita Sciumè, Gianluigi Reda",
        "Format: Article",
        "Language: English",
        "Published: Wiley 2012-01-01",
        "Series: Advances in Hematology",
        "Online Access: http://dx.doi.org/10.1155/2012/393864",
        "Tags: Add Tag",
        "No Tags, Be the first to tag this record!",
        "Description",
        "Similar Items",
        "Staff View",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_rows_of_the_core_table_are_the_seeds(client: Client) -> None:
    rows = Page(client.get(ADDRESS)).texts("//table[@class='core']//th")
    assert rows == [
        "Main Authors:",
        "Format:",
        "Language:",
        "Published:",
        "Series:",
        "Online Access:",
        "Tags:",
    ]


def test_teaser_is_three_hundred_characters_and_leads_on(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    assert page.text("//p[@class='teaser']") == ABSTRACT[:300] + "..."
    assert page.root.xpath("//a[.='Full description']/@href") == [f"{ADDRESS}/Description#tab"]


def test_short_abstract_stands_whole_without_a_link() -> None:
    record = sample(1, abstract=Text("Short."))
    with use(StubLibrary([record])):
        page = Page(Client().get("/Record/sample-1"))
    assert page.text("//p[@class='teaser']") == "Short."
    assert page.count("//a[.='Full description']") == 0


def test_block_beside_it_tells_journal_place_year_and_doi(client: Client) -> None:
    block = Page(client.get(ADDRESS)).text("//aside")
    assert "Advances in Hematology volume 2012, article 393864" in block
    assert "Year 2012 The source knows the year only." in block
    assert "DOI 10.1155/2012/393864" in block
    assert "Languages of the journal English" in block
    assert "Licence CC BY" in block


def test_date_known_to_the_day_is_shown_as_it_is() -> None:
    record = sample(1, published=PublicationDate("2012-03-15", "2012-03-15"))
    with use(StubLibrary([record])):
        block = Page(Client().get("/Record/sample-1")).text("//aside")
    assert "Date 2012-03-15" in block
    assert "source" not in block


def test_authors_carry_the_numbers_of_their_affiliations(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    assert page.texts("//ul[@class='people']/li/sup") == ["1", "1, 2", "1"]
    assert page.texts("//ol[@class='affiliations']/li") == [
        "Hematology and Transplantation Unit, Milan, Italy",
        "University of Milan",
    ]
    assert page.root.xpath("//a[@class='orcid']/@href") == ["https://orcid.org/0000-0002-1825-0097"]


def test_one_author_is_the_main_author() -> None:
    with use(StubLibrary([sample(1)])):
        assert "Main Author: Author 1" in Page(Client().get("/Record/sample-1")).text()


def test_two_hundred_authors_are_shown_of_more() -> None:
    crowd = tuple(Contributor(f"Person {number}") for number in range(250))
    with use(StubLibrary([sample(1, contributors=crowd)])):
        page = Page(Client().get("/Record/sample-1"))
    assert page.text("//table[@class='core']//tr[1]/td").endswith("Person 199 and 50 more")


def test_links_of_records_say_so_and_keep_to_themselves(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    assert page.root.xpath("//table//a[@class='url']/@rel") == ["noopener nofollow ugc"]


def test_authors_and_subjects_lead_to_searches(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    author = page.root.xpath("//table[@class='core']//a[.='Gianluigi Reda']/@href")[0]
    subject = page.root.xpath("//a[.='leukemia']/@href")[0]
    assert author == "/Search/Results?lookfor=%22Gianluigi+Reda%22&type=Author"
    assert subject == "/Search/Results?filter[]=~topic_facet%3A%22leukemia%22"
    assert Page(client.get(subject)).text("//p[@role='status']") == "1 result"


@pytest.mark.parametrize("tab", ["Description", "Cite", "Similar", "Versions", "Details"])
def test_each_tab_is_a_page_of_its_own(client: Client, tab: str) -> None:
    page = Page(client.get(f"{ADDRESS}/{tab}"))
    assert page.status == 200
    assert page.count("//nav[@class='tabs']//a[@aria-current='page']") == 1
    assert page.root.xpath("//link[@rel='canonical']/@href") == [ADDRESS]


def test_only_the_description_is_for_search_engines(client: Client) -> None:
    assert "X-Robots-Tag" not in client.get(ADDRESS)
    for tab in ("Cite", "Similar", "Versions", "Details"):
        assert client.get(f"{ADDRESS}/{tab}")["X-Robots-Tag"] == "noindex"


def test_other_versions_are_a_tab_only_where_there_are_any() -> None:
    twin = replace(SEED, id="twin", source_identifier="twin")
    with use(seed_library()):
        assert "Other Versions" not in Page(Client().get(ADDRESS)).texts("//nav[@class='tabs']//a")
    with use(seed_library([twin])):
        assert "Other Versions" in Page(Client().get(ADDRESS)).texts("//nav[@class='tabs']//a")
        assert Page(Client().get(f"{ADDRESS}/Versions")).root.xpath("//ol[@class='hits']//h3/a/@href") == [
            "/Record/twin"
        ]
        versions = Page(Client().get("/Search/Versions", {"id": SEED_ID}))
        assert versions.text("//p[@role='status']") == "1 other version"


def test_id_with_slashes_and_blanks_is_one_record() -> None:
    record = sample(1, id="a/b c?d")
    with use(StubLibrary([record])):
        assert Page(Client().get("/Record/a%2Fb%20c%3Fd")).text("//h1") == "Sample work number 1"
        page = Page(Client().get("/Record/a%2Fb%20c%3Fd/Details"))
    assert page.root.xpath("//link[@rel='canonical']/@href") == ["/Record/a%2Fb%20c%3Fd"]


def test_withdrawn_record_is_gone_with_its_last_known_citation() -> None:
    library = seed_library()
    library.deleted = frozenset({SEED_ID})
    with use(library):
        for tab in ("", "/Description", "/Similar", "/Details"):
            response = Client().get(ADDRESS + tab)
            assert response.status_code == 410
            assert response["X-Robots-Tag"] == "noindex"
        text = Page(response).text()
    assert "Agostino Cortelezzi, Mariarita Sciumè, Gianluigi Reda (2012)" in text
    assert "Advances in Hematology, volume 2012, article 393864" in text


def test_unknown_record_is_not_found(client: Client) -> None:
    assert client.get("/Record/nobody-knows").status_code == 404
    assert client.get("/Search/Versions?id=nobody-knows").status_code == 404
    assert client.get("/Search/Versions").status_code == 404


def test_title_and_abstract_carry_their_language() -> None:
    record = sample(1, title=Text("Über Bücher", "deu"), abstract=Text("Ein Text.", "deu"))
    with use(StubLibrary([record])):
        page = Page(Client().get("/Record/sample-1"))
    assert page.root.xpath("//h1/@lang") == ["de"]
    assert page.root.xpath("//h1/@dir") == ["auto"]
    assert page.root.xpath("//div[@class='abstract']/@lang") == ["de"]


def test_address_that_is_no_web_address_is_text() -> None:
    record = sample(1, links=(Link("javascript:alert(1)"), Link("https://example.org/a")))
    with use(StubLibrary([record])):
        page = Page(Client().get("/Record/sample-1"))
    assert page.root.xpath("//a[@class='url']/@href") == ["https://example.org/a"]
    assert "javascript:alert(1)" in page.text("//table[@class='core']")


def test_record_page_may_be_kept_for_a_minute_and_asked_again_cheaply(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "public, max-age=60"
    again = client.get(ADDRESS, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
