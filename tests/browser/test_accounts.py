"""An account from its first mail to its last page, with script and without, by mouse and by keyboard alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_every_page import AXE, AXE_FINDINGS, EVERYTHING
from tests.web.account.test_profile import code

pytestmark = pytest.mark.browser

PASSWORD = "many wheels of books"


@pytest.fixture
def letters(tmp_path_factory: pytest.TempPathFactory) -> "Letters":
    return Letters(tmp_path_factory.getbasetemp())


class Letters:
    """What the catalogue wrote into its folder for mail, as it has no server to send it through."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def link(self, to: str, part: str) -> str:
        """The newest link to an address in whose path `part` stands."""
        files = sorted(self._folder.glob("browser*/catalogue/mail/*"), key=lambda file: file.stat().st_mtime_ns)
        texts = [file.read_text() for file in files if f"To: {to}" in file.read_text()]
        found = re.findall(rf"^(http://127\.0\.0\.1:\d+/{part}\S+)", "".join(texts), re.MULTILINE)
        assert found, f"no letter to {to} with {part}"
        return str(found[-1])


def test_an_account_from_beginning_to_end(either_page: Page, letters: Letters, request: pytest.FixtureRequest) -> None:
    page, email = either_page, f"eva.{abs(hash(request.node.name))}@example.org"
    page.goto("/Search/Results?lookfor=leukemia&type=AllFields")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name").fill("Eva")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    page.goto(letters.link(email, "account/email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page).to_have_url(re.compile("/Search/Results.lookfor=leukemia"))
    page.get_by_role("link", name="My account").click()
    expect(page.get_by_role("heading", name="Eva")).to_be_visible()

    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/MyResearch/Login")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.goto("/MyResearch/Delete")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("checkbox", name="Yes, delete everything").check()
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()


def test_signing_up_by_keyboard_alone(page: Page, letters: Letters) -> None:
    page.goto("/MyResearch/Account")
    page.get_by_label("E-mail address").focus()
    for text in ("kay@example.org", PASSWORD, "Kay"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(letters.link("kay@example.org", "account/email/"))
    while page.evaluate("document.activeElement.textContent.trim()") != "Yes, confirm it":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kay")).to_be_visible()


def test_no_page_of_an_account_has_a_barrier(page: Page, letters: Letters) -> None:
    email = "axel@example.org"
    page.goto("/MyResearch/Account")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill("password")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    faults = {"a refused password": _barriers(page)}
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    page.goto(letters.link(email, "account/email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    page.goto("/account/factor/on/")
    faults["saying who one is"] = _barriers(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    faults["second factor"] = _barriers(page)
    page.get_by_label("Code").fill(code(page.locator("code.key").inner_text()))
    page.get_by_role("button", name="Switch it on").click()
    faults["recovery codes"] = _barriers(page)
    for place in (
        *(f"/MyResearch/{name}" for name in _OWN),
        "/account/email/",
        "/account/sessions/",
        "/account/factor/",
    ):
        page.goto(place)
        faults[place] = _barriers(page)
    page.context.clear_cookies()
    for place in ("/MyResearch/Login", "/MyResearch/Recover", "/account/email/x/", "/account/recover/1-x/"):
        page.goto(place)
        faults[place] = _barriers(page)
    assert {place: found for place, found in faults.items() if found} == {}


_OWN = (
    *(
        f"/MyResearch/{name}"
        for name in ("Home", "Profile", "ChangePassword", "TakeOut", "PutBack", "Delete", "Logout")
    ),
    *(f"/account/{name}/" for name in ("email", "sessions", "factor")),
)


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
