"""One Chromium, one filled catalogue behind the real server, and an eye on everything a page does."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.arriving import arriving_at
from tests.browser.furnishing import furnish
from tests.browser.people import House, open_house
from tests.browser.watch import Watch
from tests.serving import served

from bookwheel.demo.catalogue import SOURCES, sources_served
from bookwheel.library import Library

RECORDS = 200
"""Invented records beside the real one: a full round of the demo's oddities."""

FLAGS = (
    # A container gives neither the namespaces a sandbox wants nor much shared memory.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # The browser's own errands would be requests to other hosts.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
)

Visit: TypeAlias = Callable[..., Page]
"""`visit(with_script=True, width=1280)` opens a window of a reader who was never here."""


class Furnished(NamedTuple):
    """Windows into a house that is lived in; `places` are the parts of addresses that `states` name in braces."""

    places: Mapping[str, str]
    owner: Watch
    stranger: Watch


MOST_MILLISECONDS = 10_000
"""What one step may take on a machine that does much else at the same time."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    named = os.environ.get("BOOKWHEEL_TEST_CHROMIUM", "chromium")
    chromium = shutil.which(named)
    if chromium is None:
        pytest.skip(f"no browser at {named!r}: install chromium, or name one in BOOKWHEEL_TEST_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def filled_catalogue(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    """The demo's catalogue. Who serves it serves a copy. It needs `browser`, to be made only where there is one."""
    folder = tmp_path_factory.mktemp("browser") / "catalogue"
    with sources_served(folder, RECORDS), Library.open(folder) as library:
        for source in SOURCES:
            library.harvest(source)
        library.index()
    return folder


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, filled_catalogue: Path) -> Iterator[str]:
    """Where `bookwheel serve` serves it."""
    folder = shutil.copytree(filled_catalogue, tmp_path_factory.mktemp("served") / "catalogue")
    with served(folder) as where:
        yield where


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, filled_catalogue: Path) -> Iterator[House]:
    """The same catalogue for readers with accounts, with a mail server of its own."""
    folder = shutil.copytree(filled_catalogue, tmp_path_factory.mktemp("house") / "catalogue")
    with open_house(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def tab(browser: Browser, address: str) -> Iterator[Watch]:
    """One tab of a reader's browser, for all tests: a new one for each would double their time."""
    yield from _tab(browser, address, with_script=True)


@pytest.fixture(scope="session")
def tab_without_script(browser: Browser, address: str) -> Iterator[Watch]:
    yield from _tab(browser, address, with_script=False)


@pytest.fixture
def page(tab: Watch) -> Iterator[Page]:
    """A page as new; whatever it does wrong while the test runs fails the test."""
    yield from _as_new(tab)


@pytest.fixture
def page_without_script(tab_without_script: Watch) -> Iterator[Page]:
    yield from _as_new(tab_without_script)


@pytest.fixture(scope="session")
def furnished(browser: Browser, house: House) -> Iterator[Furnished]:
    """The house when it is lived in, with a window of the one who runs it and one of a stranger."""
    contexts = [browser.new_context(base_url=house.address, locale="en") for _ in range(3)]
    for context in contexts:
        context.set_default_timeout(MOST_MILLISECONDS)
    owner, neighbour, stranger = (context.new_page() for context in contexts)
    with arriving_at(house) as arrivals:
        places = furnish(house, owner, neighbour, arrivals)
    yield Furnished(places, Watch(owner), Watch(stranger))
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Visit]:
    """Opens windows of readers, each with cookies of its own; whatever a page does wrong there fails the test."""
    opened: list[Watch] = []

    def visit(*, with_script: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=house.address,
            locale="en",
            java_script_enabled=with_script,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(MOST_MILLISECONDS)
        opened.append(Watch(context.new_page()))
        return opened[-1].page

    yield visit
    for window in opened:
        window.page.context.close()
    assert [fault for window in opened for fault in window.faults] == []


@pytest.fixture
def own_page(furnished: Furnished) -> Iterator[Page]:
    """A page of the one who runs the house, signed in."""
    yield from _as_new(furnished.owner, signed_in=True)


@pytest.fixture
def strangers_page(furnished: Furnished) -> Iterator[Page]:
    """A page of the same house for one who is not signed in."""
    yield from _as_new(furnished.stranger)


@pytest.fixture(params=["with script", "without script"])
def either_page(request: pytest.FixtureRequest) -> Page:
    """A page with script, then one without: for what must not depend on it."""
    page: Page = request.getfixturevalue("page" if request.param == "with script" else "page_without_script")
    return page


def _tab(browser: Browser, address: str, *, with_script: bool) -> Iterator[Watch]:
    context = browser.new_context(base_url=address, locale="en", java_script_enabled=with_script)
    context.set_default_timeout(MOST_MILLISECONDS)
    yield Watch(context.new_page())
    context.close()


def _as_new(tab: Watch, *, signed_in: bool = False) -> Iterator[Page]:
    tab.page.goto("about:blank")
    if not signed_in:
        tab.page.context.clear_cookies()
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    tab.page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference", forced_colors="none")
    tab.faults.clear()
    yield tab.page
    assert tab.faults == []
