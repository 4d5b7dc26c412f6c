"""Pages for what goes wrong: in the design, in the reader's language, without our insides."""

import logging
from dataclasses import replace

import pytest
from django.test import Client
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary, seed_library

from bookwheel.errors import EngineError, TooBroadError
from bookwheel.library import Found
from bookwheel.search.deadline import LATE_FACETS
from bookwheel.search.query import Query
from bookwheel.search.results import SearchResult
from bookwheel.web.library import use


class _Broken(StubLibrary):
    def search(self, query: Query) -> SearchResult:
        raise EngineError("index at /secret/place is damaged")

    def record(self, record_id: str) -> Found | None:
        raise ValueError("<b>secret</b>")

    def count(self) -> int:
        raise EngineError("index at /secret/place is damaged")


class _Slow(StubLibrary):
    def search(self, query: Query) -> SearchResult:
        raise TooBroadError("The search takes longer than there is time for.")


class _Late(StubLibrary):
    def search(self, query: Query) -> SearchResult:
        return replace(super().search(query), facets={}, notes=(LATE_FACETS,))


def test_search_that_is_too_broad_is_a_page_with_advice(caplog: pytest.LogCaptureFixture) -> None:
    with use(_Slow([])), caplog.at_level(logging.ERROR, "bookwheel.web"):
        page = Page(Client().get("/Search/Results?lookfor=a", follow=True))
        answer = Client().get("/api/v1/search?lookfor=a")
    assert page.status == 503
    assert page.text("//h1") == "This search is too broad to be answered in time"
    assert "Narrow it" in page.text()
    assert (answer.status_code, answer.json()["status"]) == (503, "ERROR")
    assert "longer than there is time for" in answer.json()["statusMessage"]
    assert [each for each in caplog.records if each.name == "bookwheel.web"] == []


def test_facets_that_came_too_late_are_told(catalogue: StubLibrary) -> None:
    with use(_Late(catalogue.records)):
        page = Page(Client().get("/Search/Results?lookfor=lenalidomide", follow=True))
    assert page.status == 200
    assert LATE_FACETS.text in page.text()


def test_unknown_address_is_a_page_with_a_way_back(client: Client) -> None:
    page = Page(client.get("/nothing/<script>here"))
    assert page.status == 404
    assert page.text("//h1") == "There is nothing at this address"
    assert page.count("//form[@id='search']") == 1


def test_engine_that_refuses_is_a_plain_page_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    with use(_Broken([])), caplog.at_level(logging.ERROR, "bookwheel.web"):
        response = Client().get("/Search/Results")
    page = Page(response)
    assert page.status == 503
    assert response["Retry-After"] == "60"
    assert "secret" not in response.content.decode()
    (number,) = [
        word.strip(".") for word in page.text().split() if len(word.strip(".")) == 8 and word[0] in "0123456789abcdef"
    ][:1]
    assert number in caplog.text
    assert "/secret/place" in caplog.text


def test_fault_of_ours_tells_a_number_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    with use(_Broken([])), caplog.at_level(logging.ERROR):
        response = Client(raise_request_exception=False).get(f"/Record/{SEED_ID}")
    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    assert "ValueError" not in response.content.decode()
    assert "secret" in caplog.text


def test_api_fails_in_its_own_shape() -> None:
    with use(_Broken([])):
        response = Client().get("/api/v1/search")
    assert response.status_code == 503
    assert response.json()["status"] == "ERROR"


def test_health_tells_whether_records_can_be_found() -> None:
    with use(_Broken([])):
        assert Client().get("/health").status_code == 503
    with use(seed_library()):
        assert Client().get("/health").json() == {"status": "ok", "records": 1}


@pytest.mark.parametrize(
    "address",
    ["/", "/Search/Results", "/Search/Export", f"/Record/{SEED_ID}", "/api/v1/search", "/SRU", "/unapi", "/nothing"],
)
def test_an_address_of_a_thousand_parameters_is_refused_or_answered(client: Client, address: str) -> None:
    response = client.get(f"{address}?" + "&".join(f"a{number}=1" for number in range(1_100)))
    assert response.status_code in (200, 301, 400, 404)
