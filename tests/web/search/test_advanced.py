"""The advanced form: what it shows for an address, how it grows without script, where it leads."""

from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from tests.web.page import Page

PATH = "/Search/Advanced"


def rows(page: Page) -> list[tuple[str, str]]:
    """Words and field of the rows that have words."""
    found = []
    for row in page.root.xpath("//li[@class='row']"):
        words = row.xpath("string(input/@value)")
        if words:
            found.append((words, row.xpath("string(select/option[@selected]/@value)")))
    return found


def sent(page: Page) -> list[tuple[str, str]]:
    """What a browser sends for the form as it stands, by its button "Find"."""
    found = []
    for field in page.root.xpath("//form[@id='advanced']//*[self::input or self::select]"):
        if field.get("type") == "checkbox" and field.get("checked") is None:
            continue
        value = field.get("value") if field.tag == "input" else field.xpath("string(option[@selected]/@value)")
        found.append((field.get("name"), value or ("on" if field.get("type") == "checkbox" else "")))
    return [*found, ("find", "1")]


def test_an_empty_form_has_three_rows_for_all_fields(client: Client) -> None:
    page = Page(client.get(PATH))
    assert page.count("//li[@class='row']") == 3
    assert page.texts("//li[@class='row']/select/option[@selected]") == ["All fields"] * 3


@pytest.mark.parametrize(
    "address",
    [
        "lookfor0[]=lenalidomide&type0[]=Title&bool0[]=AND&join=AND",
        "lookfor0[]=leukemia+treatment&type0[]=Title&lookfor0[]=reda&type0[]=Author&bool0[]=OR&join=AND",
        "lookfor0[]=a&lookfor0[]=b&bool0[]=OR&lookfor1[]=c&type1[]=Subject&lookfor1[]=d&bool1[]=NOT&join=AND",
    ],
)
def test_a_form_search_reopens_unchanged(client: Client, address: str) -> None:
    form = Page(client.get(f"{PATH}?{address}"))
    response = client.get(f"{PATH}?{urlencode(sent(form))}")
    assert response.status_code == 302
    results = response["Location"]
    again = Page(client.get(results.replace("/Search/Results", PATH)))
    assert rows(again) == rows(form) != []
    joins = "//form[@id='advanced']//label[@class='join']//option[@selected]"
    assert again.texts(joins) == form.texts(joins)


def test_any_text_opens(client: Client) -> None:
    page = Page(client.get(f"{PATH}?lookfor=title:leukemia+AND+(author:reda+OR+milan)&type=AllFields"))
    assert rows(page) == [("leukemia", "Title"), ("reda", "Author"), ("milan", "AllFields")]
    assert rows(Page(client.get(f"{PATH}?lookfor=a+OR+b+AND+c&type=AllFields"))) == [("a OR b AND c", "AllFields")]
    assert rows(Page(client.get(f"{PATH}?lookfor=leukemia&type=Subject"))) == [("leukemia", "Subject")]


def test_a_strategy_opens_as_it_is(client: Client) -> None:
    strategy = "leukemia[ti]\nreda[au]\n#1 AND #2"
    page = Page(client.get(f"{PATH}?{urlencode({'lookfor': strategy, 'syntax': 'pubmed'})}"))
    assert rows(page) == []
    assert page.root.xpath("string(//textarea)").strip() == strategy
    assert page.texts("//select[@name='syntax']/option[@selected]") == ["PubMed"]


def test_filters_years_and_order_go_along(client: Client) -> None:
    given = 'lookfor=sample&filter[]=~language:"German"&filter[]=-publisherStr:"Publisher 1"'
    page = Page(client.get(f'{PATH}?{given}&sort=newest&filter[]=publishDate:"[1995 TO *]"'))
    location = client.get(f"{PATH}?{urlencode(sent(page))}")["Location"]
    assert parse_qsl(location.partition("?")[2]) == [
        ("lookfor", "sample"),
        ("type", "AllFields"),
        ("filter[]", '~language:"German"'),
        ("filter[]", '-publisherStr:"Publisher 1"'),
        ("filter[]", 'publishDate:"[1995 TO *]"'),
        ("sort", "newest"),
    ]


def test_rows_and_groups_are_added_without_script(client: Client) -> None:
    grown = Page(client.get(f"{PATH}?lookfor0[]=a&lookfor0[]=b&lookfor0[]=c&type0[]=Title&bool0[]=OR&add=0"))
    assert grown.count("//li[@class='row']") == 4
    assert rows(grown) == [("a", "Title"), ("b", "AllFields"), ("c", "AllFields")]
    assert Page(client.get(f"{PATH}?lookfor0[]=a&add=group")).texts("//legend")[:2] == ["Group 1", "Group 2"]
    for odd in ("x", "99", "-1", ""):
        assert client.get(f"{PATH}?lookfor0[]=a&add={odd}").status_code == 200


def test_the_result_page_leads_to_the_form(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=sample&type=AllFields"))
    assert f"{PATH}?lookfor=sample&type=AllFields" in page.root.xpath("//a/@href")
