"""What can be kept without an account: hits chosen across pages, and a book bag in the browser."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def new_page(page: Page) -> Page:
    """A page of a browser that remembers nothing."""
    page.goto("/Help/Home")
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    return page


FOUND = "/Search/Results?lookfor=treatment&type=AllFields&limit=10"


def test_a_choice_lasts_across_pages_and_is_exported_whole(new_page: Page) -> None:
    page = new_page
    page.goto(FOUND)
    page.locator("input[form=selection]").first.check()
    page.goto(f"{FOUND}&page=2")
    page.locator(".choose-all input").check()
    expect(page.locator(".chosen-count")).to_have_text("11 chosen")
    page.get_by_role("button", name="Export or cite").click()
    expect(page.locator(".carried")).to_have_text("11 works")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.path().read_text(encoding="utf-8").count("ER  -") == 11


def test_a_choice_is_given_up_with_one_key(new_page: Page) -> None:
    page = new_page
    page.goto(FOUND)
    page.locator(".choose-all input").check()
    page.get_by_role("button", name="Choose none").press("Enter")
    expect(page.locator("input[form=selection]:checked")).to_have_count(0)
    expect(page.locator(".chosen-count")).to_have_text("")


def test_the_bag_keeps_works_is_counted_and_is_emptied_one_by_one(new_page: Page) -> None:
    page = new_page
    page.goto(FOUND)
    page.locator("input[form=selection]").nth(0).check()
    page.locator("input[form=selection]").nth(1).check()
    page.get_by_role("button", name="Into the book bag").click()
    expect(page.locator(".bag-count")).to_have_text("2")
    page.get_by_role("link", name="Book bag").click()
    expect(page.locator(".bag-list li")).to_have_count(2)
    page.get_by_role("button", name="Take out").first.press("Enter")
    expect(page.locator(".bag-total")).to_have_text("1 work")
    page.get_by_role("button", name="Take out").click()
    expect(page.locator(".bag-nothing")).to_be_visible()
    expect(page.locator(".bag-count")).to_be_hidden()


def test_a_record_is_put_into_the_bag_and_taken_out_on_its_page(new_page: Page) -> None:
    page = new_page
    page.goto("/Record/sample-0000002")
    page.get_by_role("button", name="Put into the book bag").click()
    page.reload()
    page.get_by_role("button", name="Take out of the book bag").click()
    expect(page.locator(".bag-count")).to_be_hidden()


def test_without_script_a_choice_is_exported_from_its_page(page_without_script: Page) -> None:
    page = page_without_script
    page.goto(FOUND)
    page.locator("input[form=selection]").nth(3).check()
    page.get_by_role("button", name="Export or cite").click()
    assert page.locator(".carried").inner_text() == "1 work"


def test_without_script_the_bag_says_what_can_be_done_instead(page_without_script: Page) -> None:
    page_without_script.goto("/Cart/Home")
    assert "scripts are switched off" in page_without_script.locator("main").inner_text()
