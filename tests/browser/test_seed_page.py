"""The page of the real record shows every element of the page it is modelled on, in that order and wording."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Furnished
from tests.browser.furnishing import LONG_TITLE
from tests.browser.states import SEED

pytestmark = pytest.mark.browser

ELEMENTS = (
    "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia",
    "The application of nucleoside analogue-based chemotherapy and immunotherapy with rituximab or alemtuzumab has "
    "increased both response rate and survival in patients with Chronic Lymphocytic Leukemia (CLL). However, because "
    "none of these therapies is curative, sequential therapeutic regimens are requi...",
    "Full description",
    "Saved in:",
    "Bibliographic Details",
    "Main Authors: Agostino Cortelezzi, Mariarita Sciumè, Gianluigi Reda",
    "Format: Article",
    "Language: English",
    "Published: Wiley 2012-01-01",
    "Series: Advances in Hematology",
    "Online Access: http://dx.doi.org/10.1155/2012/393864",
    "Tags: Add Tag",
    "No Tags, Be the first to tag this record!",
)


def test_elements_in_order(either_page: Page) -> None:
    _assert_in_order(either_page, ELEMENTS)


def test_lists_and_tags_of_a_reader_stand_where_the_words_for_none_stood(own_page: Page, furnished: Furnished) -> None:
    at = ELEMENTS.index("Saved in:") + 1
    _assert_in_order(own_page, (*ELEMENTS[:at], LONG_TITLE, *ELEMENTS[at:-1], "leukemia", "targeted therapy"))


def _assert_in_order(page: Page, elements: Sequence[str]) -> None:
    page.goto(f"/Record/{SEED}")
    shown = " ".join(page.locator("main").inner_text().split())
    place = 0
    for element in elements:
        found = shown.find(element, place)
        assert found >= 0, f"{element!r} is not to be read after {shown[max(0, place - 80) : place]!r}"
        place = found + len(element)


def test_the_full_description_is_one_link_away(either_page: Page) -> None:
    either_page.goto(f"/Record/{SEED}")
    either_page.get_by_role("link", name="Full description").click()
    abstract = either_page.locator(".abstract")
    assert abstract.inner_text().endswith("lenalidomide alone or in combination regimens.")
