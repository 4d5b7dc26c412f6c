"""All that a reader does in the life of an account, as one journey: by pointing, without script, by keyboard alone.

Pages, mail and the harvest are real: `bookwheel serve` with its worker, a mail server and a source on loopback.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.arriving import SOURCE, Arrivals, arriving_at
from tests.browser.conftest import Visit
from tests.browser.hands import Hands, Keyboard, Pointer
from tests.browser.mailbox import link_in, text_of
from tests.browser.people import PASSWORD, House, sign_in
from tests.browser.states import SEED

pytestmark = pytest.mark.browser

TITLE = "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"


@pytest.fixture(scope="module")
def arrivals(house: House) -> Iterator[Arrivals]:
    with arriving_at(house) as opened:
        yield opened


class Reader(NamedTuple):
    """Who makes the journey. `word` is in the titles that only this reader waits for."""

    page: Page
    hands: Hands
    house: House
    email: str
    word: str

    def press(self, name: str, role: str = "button") -> None:
        self.hands.press(self.main(role, name))

    def follow(self, name: str) -> None:
        self.press(name, "link")

    def write(self, label: str, text: str) -> None:
        self.hands.write(self.page.get_by_role("main").get_by_label(label, exact=True), text)

    def main(self, role: str, name: str) -> Locator:
        """What the page has of that role and name in its main part."""
        found = self.page.get_by_role("main").get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        return found.first


@pytest.mark.parametrize("way", ["with script", "without script", "by keyboard alone"])
def test_the_life_of_an_account(visit: Visit, house: House, arrivals: Arrivals, way: str) -> None:
    page = visit(with_script=way != "without script")
    hands: Hands = Keyboard(page) if way == "by keyboard alone" else Pointer()
    word = {"with script": "bluestone", "without script": "greywacke", "by keyboard alone": "obsidian"}[way]
    reader = Reader(page, hands, house, f"{word}@example.org", word)
    stranger = visit(with_script=way != "without script")

    signs_up_to_tag_a_record(reader)
    saves_it_to_two_lists(reader)
    shared = shares_a_list(reader, stranger)
    saves_a_search(reader)
    mail = hears_of_what_a_harvest_brings(reader, arrivals)
    ends_the_alert_signed_out(reader, stranger, mail)
    takes_everything_out(reader)
    deletes_the_account(reader)
    leaves_no_trace(reader, stranger, shared)


def signs_up_to_tag_a_record(reader: Reader) -> None:
    """From a stranger's "Add Tag" through a mail back to the form for tags."""
    page = reader.page
    page.goto(f"/Record/{SEED}")
    reader.follow("Add Tag")
    reader.follow("Sign up")
    reader.write("E-mail address", reader.email)
    reader.write("Password", PASSWORD)
    reader.write("Name (optional)", f"Reader {reader.word}")
    reader.press("Sign up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(link_in(reader.house.mail.last_to(reader.email), "/account/email/"))
    reader.press("Yes, confirm it")

    expect(page.get_by_role("heading", level=1)).to_have_text("Add Tag")
    reader.write("Tags", f'"{reader.word} age", leukemia')
    reader.press("Add")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("table.core .tags .mine")).to_have_count(2)


def saves_it_to_two_lists(reader: Reader) -> None:
    """One list after the other, then one record to both at once."""
    page = reader.page
    reader.follow("Save to a list")
    reader.write("Name of the list", f"To read on {reader.word}")
    reader.write("Notes", "Before the seminar.")
    reader.press("Save")
    reader.follow("Save to another list")
    reader.write("New list", "Thesis, chapter 2")
    reader.press("Save")
    expect(page.locator(".saved-lists a")).to_have_text(["Thesis, chapter 2", f"To read on {reader.word}"])

    page.goto("/Record/sample-0000002")
    reader.follow("Save to a list")
    boxes = page.get_by_role("group", name="Lists").get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        reader.hands.tick(box)
    reader.press("Save")
    expect(page.locator(".saved-lists a")).to_have_count(2)


def shares_a_list(reader: Reader, stranger: Page) -> str:
    """The address by which a stranger sees the list, who did not see it before."""
    page = reader.page
    page.goto("/MyResearch/Favorites")
    reader.follow(f"To read on {reader.word}")
    address = page.url
    refused = stranger.goto(address)
    assert refused is not None
    assert refused.status == 404 or "/MyResearch/Login" in stranger.url
    reader.follow("Share")
    reader.hands.tick(reader.page.get_by_role("radio").nth(1))
    reader.press("Keep")
    shared = page.get_by_label("Link to the list").first.input_value()
    stranger.goto(shared)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(f"To read on {reader.word}")
    expect(stranger.locator(".hit-title")).to_have_count(2)
    expect(stranger.get_by_text("Before the seminar.")).to_be_visible()
    return shared


def saves_a_search(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/Search/Results?lookfor={reader.word}&type=Title")
    expect(page.locator(".nothing")).to_be_visible()
    reader.follow("Save this search")
    reader.hands.choose(page.get_by_label("Alert by e-mail"), "Whenever new records have come")
    reader.press("Save")
    expect(page.locator(".kept h2")).to_contain_text(reader.word)


def hears_of_what_a_harvest_brings(reader: Reader, arrivals: Arrivals) -> EmailMessage:
    house, before = reader.house, len(reader.house.mail.all_to(reader.email))
    arrivals.add(f"The <{reader.word}> & its quarries")
    subprocess.run(house.command("jobs", "run", f"harvest:{SOURCE}"), env=house.environment, check=True)
    mail = house.mail.last_to(reader.email, before)
    assert len(house.mail.all_to(reader.email)) == before + 1
    assert reader.word in mail["Subject"]
    assert mail.get_content_type() == "multipart/alternative"
    assert f"* The <{reader.word}> & its quarries" in text_of(mail)
    assert f"The &lt;{reader.word}&gt; &amp; its quarries" in text_of(mail, "html")
    links = re.findall(r"https?://[^\s\"<>]+", text_of(mail) + text_of(mail, "html"))
    assert {link for link in links if not link.startswith(house.address + "/")} <= {house.address}
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return mail


def ends_the_alert_signed_out(reader: Reader, stranger: Page, mail: EmailMessage) -> None:
    """By the link in the mail, with a question; and all alerts as a program for mail does, without one (RFC 8058)."""
    page = reader.page
    stranger.goto(link_in(mail, "/Alerts/Unsubscribe/"))
    page.goto("/MyResearch/Searches")
    expect(page.locator(".kept")).to_contain_text("Whenever new records have come")
    stranger.get_by_role("button", name="End this alert").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("The alert has ended")
    page.reload()
    expect(page.locator(".kept")).not_to_contain_text("Whenever new records have come")

    reader.hands.press(page.get_by_role("link", name=re.compile("^Change")))
    reader.hands.choose(page.get_by_label("Alert by e-mail"), "Daily")
    reader.press("Keep")
    # A key only begins what a click waits for.
    expect(page.get_by_role("main").get_by_role("status").first).to_be_visible()
    one_click = Request(mail["List-Unsubscribe"].strip(" <>"), urlencode({"List-Unsubscribe": "One-Click"}).encode())
    with urlopen(one_click) as answer:
        assert answer.status == 200
    page.goto("/MyResearch/Searches")
    expect(page.locator(".kept")).not_to_contain_text("Daily")


def takes_everything_out(reader: Reader) -> None:
    reader.page.goto("/MyResearch/TakeOut")
    with reader.page.expect_download() as download:
        reader.follow("Everything")
    taken = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert taken["profile"]["email"] == reader.email
    assert {each["title"] for each in taken["lists"]} == {f"To read on {reader.word}", "Thesis, chapter 2"}
    assert {each["tag"] for each in taken["tags"]} == {f"{reader.word} age", "leukemia"}
    assert [each["name"] for each in taken["searches"]]


def deletes_the_account(reader: Reader) -> None:
    page = reader.page
    page.goto("/MyResearch/Profile")
    reader.follow("Delete the account")
    expect(page.get_by_role("button", name=re.compile("^(Go on|Delete the account)$"))).to_be_visible()
    if page.get_by_label("Password").count():
        reader.write("Password", PASSWORD)
        reader.press("Go on")
    reader.hands.tick(page.get_by_label("Yes, delete everything"))
    reader.press("Delete the account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is deleted")


def leaves_no_trace(reader: Reader, stranger: Page, shared: str) -> None:
    sign_in(reader.page, reader.email)
    expect(reader.page.get_by_role("alert")).to_contain_text("do not belong together")
    gone = stranger.goto(shared)
    assert gone is not None
    assert gone.status == 404
    for place in (f"/Record/{SEED}", "/Browse/Tag", "/List/Browse", "/Record/sample-0000002"):
        stranger.goto(place)
        assert reader.word not in stranger.content()
