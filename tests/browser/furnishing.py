"""A house that is lived in: readers with tags, comments, lists, searches, mail and a piece in quarantine.

All of it is done as readers and operators do it, so that the pages are what they would see.
"""

import re
import subprocess
from collections.abc import Mapping

from playwright.sync_api import Page, expect
from tests.browser.arriving import SOURCE, Arrivals
from tests.browser.mailbox import link_in
from tests.browser.people import House, sign_up
from tests.browser.states import SEED

OWNER = "ada@example.org"
"""Who runs the catalogue, and has something on every page."""

NEIGHBOUR = "bo@example.org"

LONG_TITLE = "Everything on lenalidomide, rituximab and alemtuzumab for the seminar of the winter term"


def furnish(house: House, owner: Page, neighbour: Page, arrivals: Arrivals) -> Mapping[str, str]:
    """Furnish the house from two windows, which stay signed in; the parts of addresses that only now are known."""
    for page, email, name in ((owner, OWNER, "Ada Byron"), (neighbour, NEIGHBOUR, "Bo")):
        sign_up(page, house, email, name)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    command = house.command("user", "promote", OWNER, "operator")
    subprocess.run(command, env=house.environment, check=True, capture_output=True)
    places = {"search": _search(owner, "tuff"), **_words(owner, neighbour), **_lists(owner, neighbour)}
    return {**places, **_mail(house, owner, arrivals), "piece": _quarantine(owner)}


def _words(owner: Page, neighbour: Page) -> Mapping[str, str]:
    """Tags, one of them private; ratings; comments of both, one of them reported."""
    for page, text in ((neighbour, '"targeted therapy" leukemia'), (owner, 'leukemia, "to read", review, lymphocytes')):
        _submit(page, f"/Record/{SEED}/AddTag", "Add", {"Tags": text})
    owner.goto(f"/Record/{SEED}/AddTag")
    owner.get_by_label("Tags", exact=True).fill('"mine alone"')
    owner.get_by_label("Only I see these tags").check()
    owner.get_by_role("button", name="Add", exact=True).click()
    for page, text in (
        (neighbour, "Buy wheels at a low price!"),
        (owner, "A clear summary.\nTable 2 is worth a look."),
    ):
        _submit(page, f"/Record/{SEED}/UserComments", "Comment", {"Your comment": text})
        page.get_by_role("radio", name="4 stars").check()
        page.get_by_role("button", name="Rate").click()
    owner.get_by_role("button", name=re.compile("^Report.*by Bo")).click()
    return {"comment": str(owner.locator(".comments a").last.get_attribute("href")).rpartition("=")[2]}


def _lists(owner: Page, neighbour: Page) -> Mapping[str, str]:
    """A list with works, notes, a link, an invitation that was taken and a feed; one that is public; one of another."""
    _submit(owner, f"/Record/{SEED}/Save", "Save", {"Name of the list": LONG_TITLE, "Notes": "Read § 3 before Monday."})
    owner.goto("/Search/Results?lookfor=treatment&limit=5")
    for box in owner.locator("input[form=selection]").all():
        box.check()
    owner.get_by_role("button", name="Save chosen").click()
    owner.get_by_label(LONG_TITLE).check()
    owner.get_by_role("button", name="Save", exact=True).click()
    owner.goto("/MyResearch/Favorites")
    owner.get_by_role("link", name=LONG_TITLE).click()
    full = owner.url.rpartition("/")[2]
    sharing = f"/MyResearch/MyList/{full}/Sharing"
    owner.goto(sharing)
    owner.get_by_label("By link: everybody who has the link").check()
    owner.get_by_role("button", name="Keep", exact=True).click()
    owner.get_by_role("button", name="Make an invitation").click()
    owner.get_by_role("button", name="Make a feed address").click()
    invitation = owner.get_by_label("Invitation").input_value()
    shared = owner.get_by_label("Link to the list").input_value()
    neighbour.goto(invitation)
    neighbour.get_by_role("button", name="Join").click()
    _submit(neighbour, "/MyResearch/EditList/NEW", "Make the list", {"Title": "Wheels", "Description": "All kinds."})
    public = neighbour.url.rpartition("/")[2]
    neighbour.goto(f"/MyResearch/MyList/{public}/Sharing")
    neighbour.get_by_label("Public: everybody, and listed among the public lists").check()
    neighbour.get_by_role("button", name="Keep", exact=True).click()
    _submit(owner, "/MyResearch/EditList/NEW", "Make the list", {"Title": "Nothing yet"})
    return {
        "full": full,
        "empty": owner.url.rpartition("/")[2],
        "public": public,
        "shared": shared.partition("?")[2],
        "invitation": invitation.partition("?")[2],
    }


def _search(owner: Page, words: str) -> str:
    """The number of a search that is told of at each harvest; beside it stands one without an alert."""
    _submit(owner, "/MyResearch/SaveSearch?lookfor=leukemia&type=AllFields&filter[]=format:%22Article%22", "Save", {})
    owner.goto(f"/MyResearch/SaveSearch?lookfor={words}&type=Title")
    owner.get_by_label("Alert by e-mail").select_option("harvest")
    owner.get_by_role("button", name="Save", exact=True).click()
    owner.goto("/MyResearch/Searches")
    address = owner.get_by_role("link", name=re.compile(f"^Change.*{words}")).get_attribute("href")
    return str(address).rpartition("/")[2]


def _mail(house: House, owner: Page, arrivals: Arrivals) -> Mapping[str, str]:
    """A digest of two works, and the link in its mail that ends the alert. What cannot be read goes into quarantine."""
    for title in ("Tuff in the walls of old towns", "Weathering of tuff: a review"):
        arrivals.add(title)
    arrivals.add_broken()
    before = len(house.mail.all_to(OWNER))
    owner.goto(f"/Admin/Sources/{SOURCE}")
    owner.get_by_role("button", name=re.compile("^Harvest now")).click()
    mail = house.mail.last_to(OWNER, before)
    return {"ending": link_in(mail, "/Alerts/Unsubscribe/").rpartition("/")[2]}


def _quarantine(owner: Page) -> str:
    """The number of a piece that cannot be read."""
    owner.goto(f"/Admin/Quarantine?source={SOURCE}")
    address = owner.locator("th a").first.get_attribute("href")
    return str(address).rpartition("/")[2]


def _submit(page: Page, address: str, button: str, fields: Mapping[str, str]) -> None:
    page.goto(address)
    for label, text in fields.items():
        page.get_by_role("main").get_by_label(label, exact=True).fill(text)
    page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
