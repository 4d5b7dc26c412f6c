"""What scripts add to searching: suggestions, lines in the box, the history, growing forms, copying."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.states import STRATEGY
from tests.browser.test_every_page import AXE, AXE_FINDINGS, EVERYTHING

pytestmark = pytest.mark.browser


def _box(page: Page) -> Locator:
    return page.locator("#lookfor")


# Suggestions


def _suggested(page: Page, text: str = "leu") -> Locator:
    page.goto("/")
    _box(page).press_sequentially(text)
    options = page.locator("#suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    return options


def test_suggestions_are_chosen_with_arrows_and_enter(page: Page) -> None:
    options = _suggested(page)
    box = _box(page)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    first = options.first
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(first).not_to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    value = options.last.locator(".value").inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))
    expect(_box(page)).to_have_value(f'"{value}"')


def test_escape_closes_the_suggestions_and_keeps_the_text(page: Page) -> None:
    options = _suggested(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(_box(page)).to_have_value("leu")
    expect(_box(page)).to_have_attribute("aria-expanded", "false")
    expect(_box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()


def test_enter_without_a_choice_searches_what_is_written(page: Page) -> None:
    _suggested(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"lookfor=leu&"))


def test_the_number_of_suggestions_is_said(page: Page) -> None:
    options = _suggested(page)
    words = f"{options.count()} suggestion" + "s" * (options.count() > 1)
    expect(page.locator(".search .field [role=status]")).to_have_text(words)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_suggestions_have_no_barrier(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    _suggested(page)
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE)
    assert page.evaluate(AXE_FINDINGS, EVERYTHING) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# Lines in the box


def _paste(page: Page, text: str) -> None:
    page.evaluate(_PASTE, text)


_PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const box = document.activeElement;
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    if (box.dispatchEvent(event)) box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
}"""


@pytest.mark.parametrize("place", ["/", "/Search/Results?lookfor=", "/Browse/Home"])
def test_pasted_lines_are_kept(page: Page, place: str) -> None:
    page.goto(place)
    _box(page).fill("")
    _box(page).focus()
    _paste(page, STRATEGY.replace("\n", "\r\n"))
    expect(_box(page)).to_have_value(STRATEGY)
    expect(_box(page)).to_be_focused()
    expect(page.get_by_label("Search for")).to_have_value(STRATEGY)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))
    expect(_box(page)).to_have_value(STRATEGY)
    expect(page.get_by_text("Read as PubMed.")).to_be_attached()


def test_a_pasted_word_leaves_the_box_as_it_is(page: Page) -> None:
    page.goto("/")
    _box(page).focus()
    _paste(page, "leukemia")
    expect(page.locator("input#lookfor")).to_have_value("leukemia")


def test_shift_and_enter_begin_a_line(page: Page) -> None:
    page.goto("/")
    _box(page).press_sequentially("blood[ti]")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("cells[ti]")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("#1 AND #2")
    expect(_box(page)).to_have_value("blood[ti]\ncells[ti]\n#1 AND #2")
    expect(page.get_by_text("Enter searches, Shift + Enter begins a new line.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))


def test_lines_are_kept_without_script(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/Search/Advanced")
    page.get_by_role("textbox", name="Strategy").fill(STRATEGY)
    page.locator(".strategy button").click()
    expect(_box(page)).to_have_value(STRATEGY)
    page.get_by_role("button", name="Find").click()
    expect(_box(page)).to_have_value(STRATEGY)


# History


def test_lines_of_the_history_combine_and_are_counted_anew(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.clear()")
    page.goto("/Search/Results?lookfor=leukemia&type=AllFields")
    page.goto("/Search/Results?lookfor=treatment&type=Title")
    page.goto("/Search/History")
    lines = page.locator("#searches li")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("#2")
    expect(lines.first).to_contain_text("treatment")
    page.get_by_label("Combine lines").fill("#1 AND #2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))
    expect(_box(page)).to_have_value("(leukemia) AND Title:(treatment)")
    together = _count(page)
    page.goto("/Search/History")
    expect(lines).to_have_count(3)
    counts = [int(text.replace(",", "")) for text in lines.locator(".count").all_inner_texts()]
    assert counts[0] == together <= min(counts[1:])


def test_lines_that_are_not_there_are_named(page: Page) -> None:
    page.goto("/Search/History")
    page.get_by_label("Combine lines").fill("#1 AND #99")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("#99")
    expect(page).to_have_url(re.compile("/Search/History"))


def test_a_strategy_of_the_history_combines_with_words(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.clear()")
    page.goto("/")
    _box(page).focus()
    _paste(page, STRATEGY)
    page.keyboard.press("Enter")
    alone = _count(page)
    page.goto("/Search/Results?lookfor=treatment&type=AllFields")
    page.goto("/Search/History")
    page.get_by_label("Combine lines").fill("#1 AND #2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))
    assert 0 < _count(page) <= alone
    expect(page.get_by_text("Read as Search box.")).to_be_attached()


def test_a_line_is_forgotten(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.clear()")
    page.goto("/Search/Results?lookfor=leukemia&type=AllFields")
    page.goto("/Search/History")
    page.get_by_role("button", name="Forget this search #1").click()
    expect(page.get_by_text("No search yet.")).to_be_visible()


# The advanced form


def test_rows_are_added_at_once(page: Page) -> None:
    page.goto("/Search/Advanced")
    page.get_by_label("Words of row 1").fill("leukemia")
    page.get_by_role("button", name="Add a row").click()
    expect(page).to_have_url(re.compile("/Search/Advanced$"))
    row = page.get_by_label("Words of row 4")
    expect(row).to_be_focused()
    row.fill("treatment")
    page.get_by_label("Field of row 4").select_option("Title")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))
    expect(_box(page)).to_have_value("leukemia AND Title:treatment")


def test_groups_are_added_and_sent(either_page: Page) -> None:
    page = either_page
    page.goto("/Search/Advanced")
    page.get_by_label("Words of row 1").fill("leukemia")
    page.get_by_role("button", name="Add a group").click()
    second = page.get_by_role("group", name="Group 2")
    second.get_by_label("Words of row 1").fill("children")
    page.get_by_role("group", name="Group 1").get_by_label("Match").select_option("OR")
    page.get_by_role("group", name="Group 1").get_by_label("Words of row 2").fill("lymphoma")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/Search/Results"))
    expect(_box(page)).to_have_value("(leukemia OR lymphoma) AND (children)")


# Copying


def test_a_search_is_copied_in_another_language(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/Search/Results?lookfor=title:leukemia+AND+treatment&type=AllFields")
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    place = page.locator("[data-copy]").filter(has=page.locator("#printed-pubmed"))
    place.get_by_role("button", name="Copy").click()
    expect(place.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#printed-pubmed").input_value() != ""


# Help


def test_examples_of_the_help_page_find_what_they_say(page: Page) -> None:
    page.goto("/Help/Home")
    links = [link.get_attribute("href") or "" for link in page.locator(".examples a").all()]
    assert len(links) > 20
    for link in links[:4] + links[-5:]:
        page.goto(link)
        expect(page.locator(".result-count")).to_be_visible()
        expect(page.locator(".remarks .lost")).to_have_count(0)


def _count(page: Page) -> int:
    found = re.search(r"([\d,]+) results?$", page.locator(".result-count").inner_text())
    return int(found[1].replace(",", "")) if found else 0
