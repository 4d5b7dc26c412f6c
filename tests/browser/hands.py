"""Two ways to use a page: by pointing, and by keyboard alone. A journey is written once and done with either."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 120
"""Presses of Tab within which anything on a page must be reached, its skip links used or not."""


class Hands(Protocol):
    """What a reader does to a thing that they see."""

    def press(self, thing: Locator) -> None:
        """Follow a link, press a button, unfold what is folded."""

    def write(self, field: Locator, text: str) -> None:
        """Put a text into an empty field."""

    def tick(self, box: Locator) -> None:
        """Tick a box, or choose one of several."""

    def choose(self, menu: Locator, label: str) -> None:
        """Choose an entry of a menu by the text of it."""


class Pointer:
    """A mouse, or a finger."""

    def press(self, thing: Locator) -> None:
        thing.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def choose(self, menu: Locator, label: str) -> None:
        menu.select_option(label=label)


class Keyboard:
    """Tab, Enter, Space, arrows and letters. Each stop on the way must show where it is (WCAG 2.4.7, 2.4.11)."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, thing: Locator) -> None:
        self._reach(thing)
        self._page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self._page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        """Of several choices Tab leads to the chosen one, and arrows to the others."""
        if box.get_attribute("type") == "radio":
            self._reach(box.page.locator(f"input[name={box.get_attribute('name')}]:checked"))
            while not box.is_checked():
                self._page.keyboard.press("ArrowDown")
            return
        self._reach(box)
        if not box.is_checked():
            self._page.keyboard.press("Space")

    def choose(self, menu: Locator, label: str) -> None:
        self._reach(menu)
        self._page.keyboard.type(label)
        expect(menu.locator("option:checked")).to_have_text(label)

    def _reach(self, thing: Locator) -> None:
        expect(thing).to_be_visible()
        wanted = thing.element_handle()
        passed = []
        for _ in range(MOST_STOPS):
            self._page.keyboard.press("Tab")
            is_there, where, fault = self._page.evaluate(_STOP, wanted)
            assert not fault, f"{where!r} has the focus on {self._page.url}, and {fault}"
            passed.append(where)
            if is_there:
                return
        raise AssertionError(f"Tab did not lead to {thing} on {self._page.url}, but to {passed}")


# Whether the wanted thing has the focus, what has it, and what is wrong with how that is shown.
_STOP = """wanted => {
    const here = document.activeElement;
    if (here === document.body) return [false, "the page", ""];
    const style = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    const name = (here.labels?.[0] ?? here).textContent.replace(/\\s+/g, " ").trim().slice(0, 60) || here.tagName;
    let fault = "";
    if (!here.matches(":focus-visible")) fault = "the browser would show no focus";
    else if (style.outlineStyle === "none" && style.boxShadow === "none") fault = "no focus is drawn";
    else if (box.bottom < 0 || box.top > innerHeight) fault = "it is outside the window";
    return [here === wanted, name, fault];
}"""
