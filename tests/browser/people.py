"""Journeys of people with accounts: a catalogue that sends mail to a real server, and the steps that journeys share.

Everything is done as a reader does it, by labels and buttons; so it works with script and without.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.mailbox import Mailbox, link_in, mail_server
from tests.serving import plain_environment, served

from bookwheel.cli.serve import free_port
from bookwheel.config import FILE_NAME

PASSWORD = "seventeen quiet wheels"

PROVIDER = """
[login.university]
title = "The university"
issuer = "http://127.0.0.1:9"
client_id = "bookwheel"
"""
"""Where readers could sign in too. Nobody listens there: its button is what pages have of it."""


@dataclass(frozen=True, slots=True)
class House:
    """A served catalogue whose readers can have accounts."""

    address: str
    folder: Path
    mail: Mailbox

    def command(self, *arguments: str) -> list[str]:
        """A command of `bookwheel` on this catalogue, for subprocess.run with `environment`."""
        return [sys.executable, "-m", "bookwheel", *arguments, "--catalogue", str(self.folder)]

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.address, self.mail)


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Serve a catalogue with mail, comments, ratings and a provider, at the address that its mail names."""
    port = free_port("127.0.0.1", 0)
    with (folder / FILE_NAME).open("a", encoding="utf-8") as settings:
        settings.write(PROVIDER)
    with mail_server() as mail, served(folder, environment(f"http://127.0.0.1:{port}", mail), port) as address:
        yield House(address, folder, mail)


def environment(address: str, mail: Mailbox) -> dict[str, str]:
    """What every process of the catalogue is told; it wins over the catalogue's file."""
    return {
        **plain_environment(),
        "BOOKWHEEL_PUBLIC_URL": address,
        "BOOKWHEEL_MAIL_HOST": "127.0.0.1",
        "BOOKWHEEL_MAIL_PORT": str(mail.port),
        "BOOKWHEEL_MAIL_SECURITY": "none",
        "BOOKWHEEL_MAIL_FROM": "The catalogue <catalogue@example.org>",
        "BOOKWHEEL_COMMENTS": "on",
        "BOOKWHEEL_RATINGS": "true",
    }


def sign_up(page: Page, house: House, email: str, name: str = "") -> None:
    """Make an account and follow the link in the mail; afterwards the reader is signed in."""
    before = len(house.mail.all_to(email))
    page.goto("/MyResearch/Account")
    page.get_by_label("E-mail address").fill(email)
    if name:
        page.get_by_label("Name").fill(name)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.goto(link_in(house.mail.last_to(email, before), "/account/email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page).not_to_have_url(f"{house.address}/account/email/")


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/MyResearch/Login")
    page.get_by_label("E-mail address").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.goto("/MyResearch/Logout")
    page.locator("main").get_by_role("button", name="Sign out").click()
