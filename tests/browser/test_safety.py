"""Hostile records run nothing, no page breaks its own policy, and no page calls another host.

What a page does wrong while a test looks at it is seen by `watch`, for every test of this folder.
"""

import pytest
from playwright.sync_api import Page
from tests.browser.states import EXTREMES, HOSTILE, STATES
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "link",
    [
        f"/Record/{HOSTILE}",
        f"/Record/{HOSTILE}/Details",
        f"/Record/{HOSTILE}/Similar",
        "/Search/Results?lookfor=Mallory",
        '/Search/Results?lookfor=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&filter[]=author_facet:"%3Cimg+src=x%3E"',
    ],
)
def test_hostile_records_run_nothing(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main").hover()
    for node in page.locator("main [title]:not([hidden]), main b, main i").all()[:20]:
        node.hover()
    strange = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(node => [...node.attributes]"
        ".filter(a => a.name.startsWith('on') || a.name === 'style' || /^\\\\s*javascript:/i.test(a.value))"
        ".map(a => `${node.tagName} ${a.name}=${a.value}`))"
    )
    assert strange == []
    assert page.locator("main script, main style, main img, main iframe").count() == 0


def test_every_page_keeps_to_itself(page: Page) -> None:
    """All kinds of page in a row: no console message, no dialog, no request to another host."""
    for state in STATES + EXTREMES:
        page.goto(state.address)


def test_the_watch_sees_all_of_it(page: Page) -> None:
    """The other way round, on a page of its own: each of these faults is noticed."""
    other = page.context.new_page()
    watch = Watch(other)
    other.goto("/")
    other.evaluate("alert('seen')")
    other.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'alert(1)'}))")
    other.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://192.0.2.1/x.png'}))")
    other.evaluate("setTimeout(() => { throw new Error('seen too') })")
    other.wait_for_timeout(200)
    other.close()
    said = "\n".join(watch.faults)
    assert "dialog: seen" in said
    assert said.count("Content Security Policy") >= 2
    assert "seen too" in said
