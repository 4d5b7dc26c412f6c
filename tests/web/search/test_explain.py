"""Why a record has its place: shares that add up, in words."""

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.search.parse import parse
from bookwheel.search.query import Query
from bookwheel.web.search.explain import score_page


def test_the_shares_add_up_to_the_score(catalogue: StubLibrary) -> None:
    explanation = catalogue.explain(Query(tree=parse("lenalidomide leukemia").tree), SEED_ID)
    assert explanation is not None
    page = score_page(explanation)
    assert sum(line.share for line in page.lines) == pytest.approx(page.score)
    assert sum(line.percent for line in page.lines) == pytest.approx(100, abs=len(page.lines))
    assert {line.field for line in page.lines} >= {"Title", "Subject", "Abstract"}
    assert [line.share for line in page.lines] == sorted((line.share for line in page.lines), reverse=True)


def test_page_says_it_in_a_table(client: Client) -> None:
    page = Page(client.get(f"/Record/{SEED_ID}/Explain?lookfor=leukemia&type=Title"))
    assert page.texts("//tbody/tr/td[1]") == ["Title", "Title"]
    assert page.text("//tfoot").startswith("Score ")
    assert page.texts("//tbody/tr/th") == ["leukemia", "leukemia"]


def test_page_says_when_the_record_is_not_found_or_not_ranked(client: Client) -> None:
    assert "does not find the record" in Page(client.get(f"/Record/{SEED_ID}/Explain?lookfor=glacier")).text()
    assert "the same score" in Page(client.get(f"/Record/{SEED_ID}/Explain")).text()
    assert client.get("/Record/nobody/Explain?lookfor=x").status_code == 404


def test_hits_lead_there(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=lenalidomide&type=AllFields"))
    address = page.root.xpath("//p[@class='hit-why']/a/@href")
    assert address == [f"/Record/{SEED_ID}/Explain?lookfor=lenalidomide&type=AllFields"]
    assert Page(client.get(address[0])).count("//tbody/tr") > 1
    assert Page(client.get("/Search/Results")).count("//p[@class='hit-why']") == 0
