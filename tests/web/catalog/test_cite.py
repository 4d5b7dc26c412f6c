"""The tab "Cite this": every style, the chosen one first, safe whatever the record says."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import SEED, SEED_ID, StubLibrary

from bookwheel.exports.shelf import STYLES
from bookwheel.records.model import Contributor, Relation, Text
from bookwheel.web.library import use

ADDRESS = f"/Record/{SEED_ID}/Cite"


def test_every_style_is_on_the_page_without_script(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    assert page.texts("//ul[@class='citations']//h3") == [style.label for style in STYLES.values()]
    apa = page.text("//li[@id='apa']/p[1]/span")
    assert apa == (
        "Cortelezzi, A., Sciumè, M., & Reda, G. (2012). Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia. "
        "Advances in Hematology, 2012, Article 393864. https://doi.org/10.1155/2012/393864"
    )
    assert page.root.xpath("//li[@id='apa']/p[1]/@data-text") == [apa]


def test_a_style_in_the_address_comes_first(client: Client) -> None:
    page = Page(client.get(f"{ADDRESS}?style=vancouver"))
    assert page.root.xpath("//ul[@class='citations']/li/@id")[:2] == ["vancouver", "apa"]
    assert page.texts("//h3/a[@aria-current]") == ["Vancouver (NLM)"]


@pytest.mark.parametrize("style", ["nothing", "", "../apa", "%00"])
def test_an_unknown_style_chooses_none(client: Client, style: str) -> None:
    page = Page(client.get(f"{ADDRESS}?style={style}"))
    assert page.root.xpath("//ul[@class='citations']/li/@id") == list(STYLES)
    assert page.count("//h3/a[@aria-current]") == 0


def test_the_doi_is_a_link_in_every_style(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    linked = page.root.xpath("//li[p[1]//a[@href='https://doi.org/10.1155/2012/393864']]/@id")
    assert linked == list(STYLES)


def test_notes_and_running_text_have_their_own_form(client: Client) -> None:
    page = Page(client.get(ADDRESS))
    assert page.text("//li[@id='apa']/p[2]") == "In the text: (Cortelezzi et al., 2012)"
    assert page.text("//li[@id='chicago-notes']/p[2]").startswith("As a note: Agostino Cortelezzi et al.,")
    assert page.count("//li[@id='ieee']/p") == 1


def test_a_retracted_work_says_so_above_its_citations() -> None:
    retracted = replace(SEED, relations=(Relation("retraction", "doi", "10.1/r"),))
    with use(StubLibrary([retracted])):
        text = Page(Client().get(ADDRESS)).text("//p[@class='remark']")
    assert text == "This work was retracted. Retracted: see https://doi.org/10.1/r"


def test_markup_of_a_record_stays_text() -> None:
    title = Text('<script>alert(1)</script> “wheels” <i onclick=x>a</i> & "<b>"')
    hostile = replace(SEED, title=title, contributors=(Contributor("<img src=x onerror=alert(1)>"),))
    with use(StubLibrary([hostile])):
        page = Page(Client().get(ADDRESS))
    assert page.count("//ul[@class='citations']//*[self::script or self::img or @onclick]") == 0
