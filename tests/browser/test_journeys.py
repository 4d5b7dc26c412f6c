"""Search, facet, record, tab: as readers go, with script and without, by mouse and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.states import SEED

pytestmark = pytest.mark.browser

TITLE = "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"


def test_search_facet_record_tab(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.locator("input[name=lookfor]").fill("leukemia")
    page.get_by_role("button", name="Find").click()
    everything = _count(page)

    box = page.get_by_role("checkbox", name=re.compile("^DOAJ ?, 1 result$"))
    box.check()
    # Ticking alone asks for nothing: readers of a screen reader would be thrown about (WCAG 3.2.2).
    expect(page).not_to_have_url(re.compile("filter"))
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("filter"))
    assert _count(page) == 1 < everything
    expect(page.get_by_role("checkbox", name=re.compile("^DOAJ"))).to_be_checked()
    expect(page.locator("input[name=lookfor]")).to_have_value("leukemia")

    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page).to_have_url(re.compile(f"/Record/{SEED}$"))
    page.get_by_role("navigation", name="Parts of this record").get_by_role("link", name="Staff View").click()
    expect(page).to_have_url(re.compile(f"/Record/{SEED}/Details#tab$"))
    expect(page.get_by_role("heading", name="Index fields")).to_be_visible()

    page.go_back()
    page.go_back()
    expect(page.locator("input[name=lookfor]")).to_have_value("leukemia")
    expect(page.get_by_role("checkbox", name=re.compile("^DOAJ"))).to_be_checked()
    assert _count(page) == 1

    page.get_by_role("link", name="Remove the filter Collection DOAJ").click()
    assert _count(page) == everything


def test_years_narrow_the_results(either_page: Page) -> None:
    page = either_page
    page.goto("/Search/Results?lookfor=leukemia")
    everything = _count(page)
    page.get_by_role("textbox", name="from").fill("2012")
    page.get_by_role("textbox", name="to").fill("2012")
    page.get_by_role("button", name="Apply filters").click()
    assert 0 < _count(page) < everything
    years = page.locator(".hit .year").all_inner_texts()
    assert set(years) == {"2012"}


def test_a_value_is_wanted_or_unwanted_but_never_both(page: Page) -> None:
    page.goto("/Search/Results?lookfor=study")
    wanted, unwanted = page.locator(".choice").first.get_by_role("checkbox").all()
    wanted.check()
    unwanted.check()
    expect(wanted).not_to_be_checked()


def test_empty_years_stay_out_of_the_address(page: Page) -> None:
    page.goto("/")
    page.goto("/Search/Results?lookfor=leukemia")
    page.get_by_role("button", name="Apply filters").click()
    expect(page).not_to_have_url(re.compile("publishDate"))
    page.go_back()
    expect(page.get_by_role("textbox", name="from")).to_be_enabled()


def test_the_whole_way_by_keyboard(page: Page) -> None:
    page.goto("/")
    expect(page.locator("input[name=lookfor]")).to_be_focused()
    page.keyboard.type("leukemia")
    page.keyboard.press("Enter")
    expect(page.locator(".result-count[role=status]")).to_contain_text("results")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, "Skip the filters", most=3)
    _tab_to(page, "DOAJ, 1 result", most=150)
    page.keyboard.press("Space")
    _tab_to(page, "Apply filters", most=10)
    page.keyboard.press("Enter")
    expect(page.locator(".result-count[role=status]")).to_have_text("1 result")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, "Skip the filters", most=4)
    page.keyboard.press("Enter")
    # Sort, size, Update, six links of the search, what can be done with chosen results, the box of the first; itself.
    _tab_to(page, TITLE, most=16)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, "Staff View", most=40)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Index fields")).to_be_visible()


def test_slash_goes_to_the_search_box(page: Page) -> None:
    page.goto(f"/Record/{SEED}")
    page.keyboard.press("/")
    expect(page.locator("input[name=lookfor]")).to_be_focused()
    page.keyboard.type("and/or")
    expect(page.locator("input[name=lookfor]")).to_have_value("and/or")


@pytest.mark.parametrize(
    "link",
    [
        '/Search/Results?lookfor=lenalidomide+AND+rituximab+AND+alemtuzumab&type=AllFields&filter[]=format:"Article"&limit=20&sort=relevance',
        "/Search/Results?lookfor=Cortelezzi&type=Author",
        "/Search/Results?lookfor=10.1155%2F2012%2F393864&type=AllFields&submit=Find",
        '/Search/Results?filter[]=~collection:"DOAJ"&filter[]=~collection:"None"&view=list',
        "/Search/Results?lookfor=&type=ISN&lookfor=1687-9112&sort=year+asc",
        "/Search/Results?daterange[]=publishDate&publishDatefrom=2012&publishDateto=2012&lookfor=Lymphocytic",
    ],
)
def test_vufinds_own_addresses_find_the_record(page: Page, link: str) -> None:
    page.goto(link)
    assert _count(page) == 1
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible()


def test_vufinds_address_of_a_tab(page: Page) -> None:
    page.goto(f"/Record/{SEED}/Details#tabnav")
    expect(page.get_by_role("heading", name="Staff View")).to_be_visible()
    page.goto("/Search/Home")
    expect(page.locator("input[name=lookfor]")).to_be_focused()


def _count(page: Page) -> int:
    """How many works the result page says there are."""
    found = re.search(r"([\d,]+) results?$", page.locator(".result-count[role=status]").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def _tab_to(page: Page, name: str, most: int) -> None:
    """Press Tab until the thing of that name has the focus, as a reader without a mouse does."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(_NAME_OF_FOCUSED))
        if passed[-1] == name:
            return
    raise AssertionError(f"{most} presses of Tab did not lead to {name!r}, but to {passed}")


_NAME_OF_FOCUSED = """() => {
    const here = document.activeElement;
    return (here.labels?.[0] ?? here).textContent.replace(/ (\\d+)\\s*$/, "").replace(/\\s+/g, " ").trim();
}"""
