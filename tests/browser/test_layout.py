"""What readers' eyes, hands and settings ask of a page: focus, motion, colours, paper, direction, lines."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.states import RIGHT_TO_LEFT, SEED

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "link", ["/", "/Search/Results?lookfor=lenalidomide+rituximab+alemtuzumab", f"/Record/{SEED}/Details"]
)
def test_focus_is_seen(page: Page, link: str, width: int) -> None:
    """Tab leads from the skip link to the last thing, in the order of the page, each ringed and in full view."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(link)
    everything = page.evaluate(_FOCUSABLE)
    page.locator(".skip").first.focus()
    passed: list[dict[str, Any]] = [page.evaluate(_FOCUSED)]
    for _ in range(everything - 1):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(_FOCUSED))
    assert passed[0]["name"] == "Skip to content"
    assert [stop["order"] for stop in passed] == list(range(everything))
    assert [stop["name"] for stop in passed if not stop["ringed"]] == []
    assert [stop["name"] for stop in passed if not stop["in_view"]] == []


def test_motion_stops_when_asked(page: Page) -> None:
    page.goto("/")
    assert page.evaluate(_MOVING) != []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(_MOVING) == []


def test_print_shows_the_work_alone(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(f"/Record/{SEED}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="Bibliographic Details")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Parts of this record")).to_be_hidden()
    assert page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"


def test_forced_colours_keep_the_marks(page: Page) -> None:
    """Where the system paints all colours, what was told by a background is told by a border."""
    page.emulate_media(forced_colors="active")
    page.goto("/Search/Results?filter[]=-language:%22German%22")
    for mark in (".exclude input", ".chip", ".paging [aria-current]"):
        width = page.locator(mark).first.evaluate("node => parseFloat(getComputedStyle(node).borderTopWidth)")
        assert width >= 1, mark


@pytest.mark.parametrize(
    "link",
    [
        "/Search/Results?lookfor=Leukemia%5Bmh%5D%0Axyzzy%5Bti%5D%0A%231+OR+%232",
        "/Search/Advanced",
        "/Alphabrowse/Home?source=title",
        "/Search/FacetList?facet=topic_facet",
        "/Help/Home",
        f"/Record/{SEED}",
    ],
)
def test_a_page_in_a_language_from_right_to_left(page: Page, link: str) -> None:
    """Everything stands mirrored, nothing stands out, and text of the other direction begins at the page's edge."""
    page.goto(link)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator(".brand").evaluate(_RIGHT_EDGE) > page.locator(".doors-more").evaluate(_RIGHT_EDGE)
    for row in page.locator(".ledger li").all()[:3]:
        assert abs(row.locator("bdi").evaluate(_RIGHT_EDGE) - row.evaluate(_RIGHT_EDGE)) < 2


_RIGHT_EDGE = "node => node.getBoundingClientRect().right"


def test_right_to_left(page: Page) -> None:
    """A title runs in its own direction, and names of several directions keep their order within a line."""
    page.goto(f"/Record/{RIGHT_TO_LEFT}")
    title = page.get_by_role("heading", level=1)
    assert title.get_attribute("lang") == "ar"
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert page.locator("body").evaluate("node => getComputedStyle(node).direction") == "ltr"
    names = page.get_by_role("row", name="Main Authors").get_by_role("link")
    assert names.count() >= 3
    places = [box["x"] for name in names.all() if (box := name.bounding_box())]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("record", "language"),
    [("sample-0000023", "ar"), (SEED, "en")],
)
def test_language_of_the_text(page: Page, record: str, language: str) -> None:
    page.goto(f"/Record/{record}/Description")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).get_attribute("lang") == language


def test_lines_are_of_a_length_that_reads_well(page: Page) -> None:
    """Some 60 to 75 characters in a line of running text."""
    page.goto(f"/Record/{SEED}/Description")
    assert 55 <= page.locator(".abstract").evaluate(_CHARACTERS_IN_A_LINE) <= 78
    assert 55 <= page.locator(".teaser").evaluate(_CHARACTERS_IN_A_LINE) <= 78
    page.goto("/Search/Results?lookfor=lenalidomide")
    assert 55 <= page.locator(".hit-snippet").first.evaluate(_CHARACTERS_IN_A_LINE) <= 78


_FOCUSABLE = """() => {
    const kinds = "a, button, input:not([type=hidden]), select, summary, [tabindex='0']";
    const all = [...document.querySelectorAll(kinds)].filter(node => node.checkVisibility());
    all.forEach((node, order) => { node.dataset.order = order; });
    return all.length;
}"""

_FOCUSED = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect(), look = getComputedStyle(here);
    const seen = document.elementFromPoint(
        Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
        Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 1), innerHeight - 1));
    return {
        name: (here.labels?.[0] ?? here).textContent.replace(/\\s+/g, " ").trim().slice(0, 60),
        order: Number(here.dataset.order),
        ringed: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
        in_view: box.bottom > 0 && box.top < innerHeight && (here.contains(seen) || seen.contains(here)),
    };
}"""

_MOVING = """() => [...document.querySelectorAll("*")].filter(node => {
    const look = getComputedStyle(node);
    return parseFloat(look.transitionDuration) > 0 || look.animationName !== "none";
}).map(node => node.tagName)"""

# Of a block's full lines, the middle length in characters.
_CHARACTERS_IN_A_LINE = """block => {
    const lengths = new Map(), walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walk.nextNode()) {
        for (let at = 0; at < walk.currentNode.length; at++) {
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + 1);
            const box = range.getBoundingClientRect();
            if (box.height) lengths.set(Math.round(box.bottom), (lengths.get(Math.round(box.bottom)) ?? 0) + 1);
        }
    }
    const lines = [...lengths.values()].slice(0, -1).sort((a, b) => a - b);
    return lines[Math.floor(lines.length / 2)];
}"""
