"""The operators' pages as an operator sees them, and that nobody else does."""

from urllib.parse import quote

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.jobs.clock import Clock, job
from tests.web.ops.conftest import SECRET
from tests.web.page import Page

from bookwheel.library import Library
from bookwheel.web.jobs import lease as leases
from bookwheel.web.jobs.lease import Lease, claim
from bookwheel.web.people.models import Person

PAGES = [
    "/Admin/Home",
    "/Admin/Sources",
    "/Admin/Sources/x",
    "/Admin/Sources/y",
    "/Admin/Quarantine",
    "/Admin/Quarantine/1",
    "/Admin/Quarantine/1/Bytes",
    "/Admin/Jobs",
    "/Admin/Jobs/harvest:x",
    "/Admin/Statistics",
    "/Admin/Missing?q=oai:x:1",
    "/Admin/People",
]


@pytest.mark.parametrize("address", PAGES)
def test_who_is_no_operator_finds_nothing_there(kept: Library, curator: Person, address: str) -> None:
    for client in (Client(), signed_in(curator)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_an_operator_is_shown_it_without_any_secret(browser: Client, address: str) -> None:
    response = browser.get(address)
    assert response.status_code == 200
    assert SECRET.encode() not in response.content


@pytest.mark.parametrize(
    "address", ["/Admin/Sources/z", "/Admin/Quarantine/99", "/Admin/Jobs/z", "/Admin/Quarantine/99/Bytes"]
)
def test_what_is_not_there(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 404


def run_now(name: str) -> Lease:
    lease = claim("one", Clock()(), lambda one: one == name)
    assert lease is not None
    return lease


def test_the_overview_says_that_all_is_well(browser: Client) -> None:
    page = Page(browser.get("/Admin/Home"))
    assert "All is well." in page.text("//section[1]")
    assert page.texts("//dl[@class='figures']//dd")[:5] == ["4", "4", "0", "3", "1"]


def test_the_overview_names_a_source_that_fails_once(browser: Client) -> None:
    leases.failed(run_now("harvest:x"), Clock()(), "x: no answer in 10 s")
    page = Page(browser.get("/Admin/Home"))
    assert page.texts("//ul[@class='concerns']/li") == ["x x: no answer in 10 s"]


def test_the_overview_tells_of_a_harvest_that_did_not_reach_its_end(browser: Client, kept: Library) -> None:
    run = kept.store.start_run("x", "harvest")
    kept.store.finish_run(run, "incomplete", ["the list repeats itself"])
    assert "The last run is incomplete: the list repeats itself" in Page(browser.get("/Admin/Home")).text(
        "//section[1]"
    )


def test_the_counts_of_a_run_add_up(browser: Client) -> None:
    page = Page(browser.get("/Admin/Sources/x"))
    rows = [
        [int(cell) for cell in row.xpath("./td[@class='figure']/text()")]
        for row in page.root.xpath("//section[1]//tbody/tr")
    ]
    assert len(rows) == 3
    for fetched, *parts in rows:
        assert fetched == sum(parts)


def test_a_source_is_harvested_paused_and_resumed_from_its_page(browser: Client) -> None:
    for do, state in (("run", "asked"), ("pause", "paused"), ("resume", "waiting")):
        response = browser.post("/Admin/ChangeJob", {"job": "harvest:x", "do": do, "page": "source"})
        assert response.headers["Location"] == "/Admin/Sources/x"
        assert job("harvest:x").state(Clock()()) == state
    assert Page(browser.get("/Admin/Sources/x")).count("//p[@role='status']") >= 1


def test_reconciling_is_asked_for(browser: Client) -> None:
    browser.post("/Admin/ChangeJob", {"job": "reconcile:x", "do": "run", "page": "source"})
    assert job("reconcile:x").asked is not None


@pytest.mark.parametrize("given", [{"job": "harvest:z", "do": "run"}, {"job": "harvest:x", "do": "delete"}, {}])
def test_a_change_that_cannot_be_made(browser: Client, given: dict[str, str]) -> None:
    assert browser.post("/Admin/ChangeJob", given).status_code == 404


def test_reading_changes_nothing(browser: Client) -> None:
    assert browser.get("/Admin/ChangeJob", {"job": "harvest:x", "do": "pause"}).status_code == 405
    assert not job("harvest:x").paused


def test_the_way_back_leads_nowhere_else(browser: Client) -> None:
    response = browser.post("/Admin/ChangeJob", {"job": "harvest:x", "do": "run", "page": "//evil.example"})
    assert response.headers["Location"] == "/Admin/Jobs"


def test_quarantine_of_one_source(browser: Client) -> None:
    assert Page(browser.get("/Admin/Quarantine")).count("//tbody/tr") == 3
    assert Page(browser.get("/Admin/Quarantine?source=y")).count("//tbody/tr") == 0
    assert Page(browser.get("/Admin/Quarantine?after=2&source=x")).count("//tbody/tr") == 1


def test_bytes_of_a_piece_are_shown_as_text_or_in_hexadecimal_and_never_run(browser: Client) -> None:
    assert Page(browser.get("/Admin/Quarantine/1")).text("//pre") == "<script>&amp;</script>"
    assert Page(browser.get("/Admin/Quarantine/2")).text("//pre").startswith("000000 ff 00 01")
    long = Page(browser.get("/Admin/Quarantine/3"))
    assert len(long.text("//pre")) < 21_000
    assert "the download has all of it" in long.text("//section")


def test_a_piece_is_downloaded_byte_for_byte(browser: Client) -> None:
    response = browser.get("/Admin/Quarantine/2/Bytes")
    assert response.content == b"\xff\x00\x01"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in response.headers["Content-Disposition"]


def test_jobs_with_their_state_progress_and_error(browser: Client) -> None:
    leases.save(run_now("expiry"), Clock()(), {}, "3 of 7")
    leases.failed(run_now("harvest:x"), Clock()(), "no answer")
    page = Page(browser.get("/Admin/Jobs"))
    assert "3 of 7" in page.text("//tr[th/a='expiry']")
    assert page.text("//tr[th/a='harvest:x']/td[1]") == "failing"
    assert page.text("//tr[th/a='harvest:x']/td[2]").endswith("failedno answer")
    assert "failed" in Page(browser.get(f"/Admin/Jobs/{quote('harvest:x')}")).text("//tbody/tr")


def test_statistics_count_records_and_readers(browser: Client) -> None:
    page = Page(browser.get("/Admin/Statistics"))
    assert page.text("//section[@aria-labelledby='by-source']//tbody/tr") == "x 4"
    assert page.text("//section[@aria-labelledby='by-format']//tbody/tr") == "Article 4"
    assert page.text("//section[@aria-labelledby='readers']//tbody/tr") == "Accounts 1"


def test_statistics_follow_the_index(browser: Client, kept: Library) -> None:
    browser.get("/Admin/Statistics")
    with kept.engine.update(kept.engine.watermark() + 1) as writer:
        writer.delete(kept.store.changes(0, 1)[0].id)
    page = Page(browser.get("/Admin/Statistics"))
    assert page.text("//section[@aria-labelledby='by-format']//tbody/tr") == "Article 3"


def test_where_a_record_is(browser: Client) -> None:
    page = Page(browser.get("/Admin/Missing", {"q": "oai:x:1"}))
    assert page.texts("//*[@role='status']/ol/li/@class") == ["good"] * 4
    assert page.count("//ol//a[text()='Show the record']") == 1
