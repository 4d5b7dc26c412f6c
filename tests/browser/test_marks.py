"""What pages hold for Zotero is neither seen nor read aloud: without it they are the same."""

import pytest
from playwright.sync_api import Page
from tests.browser.states import STATES, State

pytestmark = pytest.mark.browser

MARKS = ".Z3988, .unapi-id"
BOXES = """marks => [...document.querySelectorAll("body *")].filter(one => !one.matches(marks)).map(one => {
  const box = one.getBoundingClientRect();
  return [one.tagName, box.x, box.y, box.width, box.height].join(" ");
})"""
REMOVED = "marks => document.querySelectorAll(marks).forEach(one => one.remove())"


@pytest.mark.parametrize("state", [state for state in STATES if state.name in ("record", "results")], ids=str)
def test_marks_for_programs_take_no_room(page: Page, state: State) -> None:
    page.goto(state.address)
    assert page.locator(MARKS).count() >= 2
    boxes, read = page.evaluate(BOXES, MARKS), page.locator("body").aria_snapshot()
    page.evaluate(REMOVED, MARKS)
    assert page.evaluate(BOXES, MARKS) == boxes
    assert page.locator("body").aria_snapshot() == read
