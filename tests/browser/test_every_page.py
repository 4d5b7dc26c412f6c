"""What is true of every kind of page: no barrier that axe-core knows, nothing cut off, nothing too small to press."""

from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Furnished
from tests.browser.states import EXTREMES, OF_STRANGERS, OWN, STATES, State

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

# WCAG 2.0 to 2.2, levels A and AA, and what axe's authors recommend beside them. No rule is switched off.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# In the dark the colours differ and nothing else does: their rules alone are asked again.
ASKED: tuple[tuple[Literal["light", "dark"], object], ...] = (("light", EVERYTHING), ("dark", COLOURS))

SMALLEST_TARGET = 24
"""CSS pixels (WCAG 2.5.8)."""

Faults = dict[str, list[str]]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_kind_of_page(page: Page, state: State) -> None:
    assert _faults(page, state) == {}


@pytest.mark.parametrize("state", OF_STRANGERS, ids=lambda state: state.name)
def test_kind_of_page_of_a_house_that_is_lived_in(strangers_page: Page, furnished: Furnished, state: State) -> None:
    assert _faults(strangers_page, state.at(furnished.places)) == {}


@pytest.mark.parametrize("state", OWN, ids=lambda state: state.name)
def test_kind_of_own_page(own_page: Page, furnished: Furnished, state: State) -> None:
    assert _faults(own_page, state.at(furnished.places)) == {}


def _faults(page: Page, state: State) -> Faults:
    """Whatever is wrong with a page, by the place where it was seen."""
    faults = _opened(page, state)
    page.evaluate(AXE)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in ASKED:
            page.emulate_media(color_scheme=scheme)
            faults[f"axe at {width} px, {scheme}"] = page.evaluate(AXE_FINDINGS, rules)
        faults[f"targets at {width} px"] = page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET)
    faults |= _reflow(page)
    return {place: found for place, found in faults.items() if found}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_kind_of_page_without_script(page_without_script: Page, state: State) -> None:
    faults = _opened(page_without_script, state) | _reflow(page_without_script)
    assert {place: found for place, found in faults.items() if found} == {}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_help_is_where_it_was(page: Page, state: State) -> None:
    """In the same place of every page (WCAG 3.2.6): the last of the ways to search, and the first of the last line."""
    page.goto(state.address)
    ways = page.locator(".doors-more a:not(.account-door)")
    assert ways.last.get_attribute("href") == "/Help/Home"
    assert page.locator(".colophon a").nth(1).get_attribute("href") == "/Help/Home"


@pytest.mark.parametrize("state", EXTREMES, ids=lambda state: state.name)
def test_content_that_strains_a_page(page: Page, state: State) -> None:
    faults = _opened(page, state) | _reflow(page)
    assert {place: found for place, found in faults.items() if found} == {}


def test_planted_faults_are_seen(page: Page) -> None:
    """The other way round: were nothing looked at, every page would pass."""
    page.goto("/")
    page.evaluate(AXE)
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    page.evaluate("document.querySelector('button').style.cssText = 'min-height: 0; height: 20px'")
    page.evaluate("document.querySelector('h2').style.width = '700px'")
    assert [fault.split(":")[0] for fault in page.evaluate(AXE_FINDINGS, EVERYTHING)] == ["color-contrast"]
    assert len(page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET)) == 1
    assert _reflow(page)["at 320 px"] != []


def _opened(page: Page, state: State) -> Faults:
    """The page with its filters unfolded, which are folded on a telephone."""
    response = page.goto(state.address)
    assert response is not None
    page.evaluate("document.querySelectorAll('.filters').forEach(node => { node.open = true; })")
    return {"status": [] if response.status == state.status else [str(response.status)]}


def _reflow(page: Page) -> Faults:
    """400 % zoom of 1280 pixels, the text spacing of WCAG 1.4.12, and text of double size, with all unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    page.set_viewport_size({"width": 320, "height": 256})
    faults = {"at 320 px": page.evaluate(_TOO_WIDE)}
    page.evaluate(_SPACING)
    faults["at 320 px, spaced"] = page.evaluate(_TOO_WIDE)
    page.set_viewport_size({"width": 640, "height": 512})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    faults["at 640 px, text of double size"] = page.evaluate(_TOO_WIDE)
    return faults


AXE_FINDINGS = """only => axe.run(document, {runOnly: only, resultTypes: ["violations"]}).then(result =>
    result.violations.flatMap(found => found.nodes.map(node =>
        `${found.id}: ${node.target.join(" ")} ${node.failureSummary}`)))"""

# What stands out of the page at its side; nothing when the page does not scroll sideways.
_TOO_WIDE = """() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return [];
    return [...document.querySelectorAll("body *")].filter(node => {
        const box = node.getBoundingClientRect();
        const stands_out = box.width && (box.right > most + 1 || box.left < -1);
        return stands_out && !node.closest(".visually-hidden, .skip, .scroll");
    }).map(node => `${node.tagName}.${node.className} ${Math.round(node.getBoundingClientRect().right)} > ${most}`)
      .concat([`scrollWidth ${document.documentElement.scrollWidth}`]);
}"""

_SPACING = """() => document.querySelectorAll("body, body *").forEach(node => {
    node.style.lineHeight = "1.5";
    node.style.letterSpacing = "0.12em";
    node.style.wordSpacing = "0.16em";
    if (node.tagName === "P") node.style.marginBottom = "2em";
})"""

# Links within a line of text may be as low as the line. What stands above the page is a skip link.
_SMALL_TARGETS = """smallest => [...document.querySelectorAll("a, button, input, select, summary")].filter(node => {
    const target = node.type === "checkbox" ? node.closest("label") : node;
    const box = target.getBoundingClientRect();
    const is_in_text = getComputedStyle(node).display === "inline";
    return node.checkVisibility() && box.bottom > 0 && !is_in_text && Math.min(box.width, box.height) < smallest - 0.01;
}).map(node => `${node.tagName} ${node.className} "${node.textContent.trim().slice(0, 40)}" ` +
    `${Math.round(node.getBoundingClientRect().width)} × ${Math.round(node.getBoundingClientRect().height)}`)"""
