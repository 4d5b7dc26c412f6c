"""An account from its first mail to its last page, with script and without, by mouse and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.mailbox import link_in
from tests.browser.people import PASSWORD, House, sign_in, sign_up
from tests.browser.test_every_page import AXE, AXE_FINDINGS, EVERYTHING
from tests.web.account.test_profile import code

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_an_account_from_beginning_to_end(visit: Visit, house: House, with_script: bool) -> None:
    page, email = visit(with_script=with_script), f"eva.{with_script}@example.org".lower()
    page.goto("/Search/Results?lookfor=leukemia&type=AllFields")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name").fill("Eva")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    page.goto(link_in(house.mail.last_to(email), "/account/email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page).to_have_url(re.compile("/Search/Results.lookfor=leukemia"))
    page.get_by_role("link", name="My account").click()
    expect(page.get_by_role("heading", name="Eva")).to_be_visible()

    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(page, email, "not this one")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.goto("/MyResearch/DeleteAccount")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("checkbox", name="Yes, delete everything").check()
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()


def test_signing_up_by_keyboard_alone(visit: Visit, house: House) -> None:
    page = visit()
    page.goto("/MyResearch/Account")
    page.get_by_label("E-mail address").focus()
    for text in ("kay@example.org", PASSWORD, "Kay"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(link_in(house.mail.last_to("kay@example.org"), "/account/email/"))
    while page.evaluate("document.activeElement.textContent.trim()") != "Yes, confirm it":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kay")).to_be_visible()


def test_no_step_of_an_account_has_a_barrier(visit: Visit, house: House) -> None:
    """Pages that show themselves on the way alone; those with addresses of their own are among the `states`."""
    page = visit()
    page.goto("/MyResearch/Account")
    page.get_by_label("E-mail address").fill("axel@example.org")
    page.get_by_label("Password").fill("password")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    faults = {"a refused password": _barriers(page)}
    sign_up(page, house, "axel@example.org")
    page.goto("/account/factor/on/")
    faults["saying who one is"] = _barriers(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    faults["second factor"] = _barriers(page)
    page.get_by_label("Code").fill(code(page.locator("code.key").inner_text()))
    page.get_by_role("button", name="Switch it on").click()
    faults["recovery codes"] = _barriers(page)
    assert {place: found for place, found in faults.items() if found} == {}


def _barriers(page: Page) -> list[str]:
    """What axe finds, and whether a telephone's page is wider than the telephone, in the light and in the dark."""
    page.evaluate(AXE)
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += page.evaluate(AXE_FINDINGS, EVERYTHING)
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than 320 px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found
