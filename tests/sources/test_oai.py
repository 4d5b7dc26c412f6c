"""The OAI-PMH client against the faults of real repositories (F12-F15, F18-F20, F23)."""

import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes import faults
from tests.fakes.feed import Feed, SimulatedClock
from tests.fakes.oai_server import URL, Answer, Fault, Repository, serve

from bookwheel.config import SourceConfig
from bookwheel.errors import (
    ConfigError,
    EndlessListError,
    ProtocolError,
    ResumptionError,
    SourceError,
    TooLargeError,
    TransportError,
)
from bookwheel.records.raw import Page
from bookwheel.sources import Lister, Start
from bookwheel.sources.oai import OaiSource

RECORDS = 25


def repository(**settings: object) -> Repository:
    """25 records, ten a page, the last one deleted."""
    feed = Feed()
    for number in range(RECORDS):
        feed.put(f"oai:x:{number}", title=f"Title {number}", sets=["a:b"] if number % 2 else ["c"])
        feed.clock.advance(hours=1)
    feed.delete(f"oai:x:{RECORDS - 1}")
    return Repository(feed, page_size=10, **settings)  # type: ignore[arg-type]


def source(repository: Repository, **settings: object) -> OaiSource:
    config = SourceConfig(url=URL, **settings)  # type: ignore[arg-type]
    return OaiSource("x", config, transport=repository.transport(), clock=repository.feed.clock)


def identifiers(pages: list[Page]) -> set[str]:
    return {record.identifier for page in pages for record in page.records}


def test_a_whole_list_comes_in_pages_each_with_its_checkpoint() -> None:
    asked = repository()
    pages = list(source(asked).pages())
    assert [len(page.records) for page in pages] == [10, 10, 5]
    assert [bool(page.checkpoint) for page in pages] == [True, True, False]
    assert {page.list_size for page in pages} == {RECORDS}
    assert len(identifiers(pages)) == RECORDS
    newest = pages[0].records[0]
    assert (newest.identifier, newest.deleted, newest.payload, newest.sets) == ("oai:x:24", True, b"", ("c",))
    assert newest.datestamp == pages[0].newest == "2025-01-02T01:00:00Z"
    assert newest.fetched == "2025-01-02T01:00:00Z"
    assert all(record.source == "x" and record.format == "oai_doaj" for page in pages for record in page.records)


def test_a_list_goes_on_behind_a_checkpoint_without_asking_its_beginning_again() -> None:
    asked = repository()
    first = next(source(asked).pages(Start(set="", from_="2025-01-01")))
    asked.requests.clear()
    rest = list(source(asked).pages(Start(from_="2025-01-01", checkpoint=first.checkpoint)))
    assert [len(page.records) for page in rest] == [10, 5]
    assert [sorted(request.parameters) for request in asked.requests] == [["resumptionToken", "verb"]] * 2


def test_a_set_with_its_subsets() -> None:
    assert len(identifiers(list(source(repository()).pages(Start(set="a"))))) == 12


@pytest.mark.parametrize(
    ("granularity", "start", "expected"),
    [
        ("seconds", Start(from_="2025-01-01T20:00:00Z"), {"from": "2025-01-01T20:00:00Z"}),
        ("seconds", Start(from_="2025-01-01"), {"from": "2025-01-01T00:00:00Z"}),
        ("seconds", Start(until="2025-01-01"), {"until": "2025-01-01T23:59:59Z"}),
        ("day", Start(from_="2025-01-01T20:00:00Z"), {"from": "2025-01-01"}),
        ("day", Start(until="2025-01-01T20:00:00Z"), {"until": "2025-01-01"}),
    ],
)
def test_bounds_are_sent_in_the_granularity_of_the_repository(
    granularity: str, start: Start, expected: dict[str, str]
) -> None:
    asked = repository(granularity=granularity)
    list(source(asked).pages(start))
    sent = asked.requests[1].parameters
    assert {name: text for name, text in sent.items() if name in ("from", "until")} == expected


def test_a_wrongly_advertised_granularity_is_found_out_and_the_list_is_whole() -> None:
    asked = repository(granularity="day", advertised="seconds")
    pages = list(source(asked).pages(Start(from_="2025-01-01T20:00:00Z")))
    assert asked.requests[-3].parameters["from"] == "2025-01-01"
    assert len(identifiers(pages)) == RECORDS
    assert "asked by day" in pages[0].notes[0]


def test_a_repository_that_cannot_tell_its_granularity_is_asked_by_day() -> None:
    asked = repository(faults=dict.fromkeys((1, 2, 3), faults.html()))
    pages = list(source(asked).pages(Start(from_="2025-01-01T20:00:00Z")))
    assert asked.requests[3].parameters["from"] == "2025-01-01"
    assert len(identifiers(pages)) == RECORDS


@pytest.mark.parametrize("hours", [-12, -1, 2, 13])
def test_records_of_boundary_days_are_there_when_datestamps_are_local_time(hours: int) -> None:
    """Datestamps in local time under the name of UTC: the overlap a job asks for covers every time zone."""
    asked = repository(local_offset=timedelta(hours=hours))
    newest = max(page.newest for page in source(asked).pages())
    asked.feed.put("oai:x:late")
    bound = datetime.fromisoformat(newest) - timedelta(hours=48)
    pages = list(source(asked).pages(Start(from_=bound.isoformat())))
    assert "oai:x:late" in identifiers(pages)


def test_no_matching_record_is_an_empty_complete_list() -> None:
    (page,) = source(repository()).pages(Start(from_="2030-01-01"))
    assert (page.records, page.rejected, page.checkpoint, page.newest) == ((), (), "", "")


@pytest.mark.parametrize(
    ("skew", "expected"),
    [
        (timedelta(), "2025-06-01T00:00:00Z"),
        (timedelta(days=1), "2025-06-01T00:00:00Z"),
        (timedelta(days=-1), "2025-05-31T00:00:00Z"),
    ],
)
def test_a_datestamp_in_the_future_never_moves_the_cursor_beyond_now(skew: timedelta, expected: str) -> None:
    feed = Feed(SimulatedClock(datetime(2025, 6, 1, tzinfo=UTC)), skew=skew)
    feed.put("oai:x:1", datestamp=datetime(2031, 1, 1, tzinfo=UTC))
    (page,) = source(Repository(feed)).pages()
    assert page.records[0].datestamp == "2031-01-01T00:00:00Z"
    assert page.newest == expected


@dataclass(frozen=True)
class Survived:
    """Faults after which the list is whole, with the seconds waited."""

    faults: dict[int, Fault]
    waits: list[float]
    settings: dict[str, object] = field(default_factory=dict)


BUSY = {
    "503, 7 seconds": Survived({2: faults.status(503, retry_after="7")}, [7]),
    "503, 0 seconds": Survived({2: faults.status(503, retry_after="0")}, [5]),
    "503, a date in a minute": Survived({1: faults.status(503, retry_after="Thu, 02 Jan 2025 01:01:00 GMT")}, [60]),
    "503, a date gone by": Survived({2: faults.status(503, retry_after="Thu, 02 Jan 2020 00:00:00 GMT")}, [5]),
    "503, ten years": Survived({2: faults.status(503, retry_after="315360000")}, [900]),
    "503, ages": Survived({2: faults.status(503, retry_after="9" * 400)}, [900]),
    "503, no sense": Survived({2: faults.status(503, retry_after="soon")}, [5]),
    "503, nothing": Survived({2: faults.status(503), 3: faults.status(503), 4: faults.status(503)}, [5, 10, 20]),
    "429": Survived({1: faults.status(429, retry_after="30")}, [30]),
    "500": Survived({2: faults.status(500)}, [5]),
    "502 with a web page": Survived({3: faults.status(502, body=b"<html>Bad Gateway</html>")}, [5]),
    "seven times busy": Survived({number: faults.status(503) for number in range(2, 9)}, [5, 10, 20, 40, 80, 160, 320]),
}
BROKEN = {
    "no connection": Survived({1: faults.cut("connect")}, [5]),
    "reset": Survived({2: faults.cut("reset")}, [5]),
    "cut before Content-Length": Survived({2: faults.cut("length")}, [5]),
    "cut in a chunk": Survived({2: faults.cut("chunk")}, [5]),
    "cut gzip": Survived({2: faults.gzipped(keep=0.5)}, [5]),
    "nothing but gzip": Survived({2: faults.gzipped()}, []),
    "a cut document in one piece": Survived({2: faults.body(lambda document: document[:-30])}, [5]),
    "an empty answer": Survived({2: faults.body(lambda _: b"")}, [5]),
    "a web page once": Survived({2: faults.html()}, [5]),
    "packed as never asked": Survived({2: lambda answer: faults.header(answer, "Content-Encoding", "br")}, [5]),
}


@pytest.mark.parametrize("case", [*BUSY.values(), *BROKEN.values()], ids=[*BUSY, *BROKEN])
def test_the_list_is_whole_after(case: Survived) -> None:
    asked = repository(faults=case.faults)
    pages = list(source(asked, **case.settings).pages())
    assert len(identifiers(pages)) == sum(len(page.records) for page in pages) == RECORDS
    assert asked.feed.clock.slept == case.waits
    assert sum(len(page.notes) for page in pages) == len(case.waits)


@pytest.mark.parametrize("kind", ["connect", "reset", "length", "chunk"])
def test_the_list_is_whole_after_a_broken_connection_on_a_real_socket(kind: str) -> None:
    asked = repository(faults={1: faults.gzipped(), 2: faults.cut(kind)})  # type: ignore[arg-type]
    clock = SimulatedClock()
    with serve(asked) as url, OaiSource("x", SourceConfig(url=url), clock=clock) as real:
        pages = list(real.pages())
    assert len(identifiers(pages)) == RECORDS
    assert clock.slept == [5]


def test_a_page_that_drips_is_given_up_at_the_deadline() -> None:
    asked = repository(faults={2: faults.drip(1.0)})
    pages = list(source(asked).pages())
    assert len(identifiers(pages)) == RECORDS
    (note,) = pages[1].notes
    assert "longer than 120 s" in note


@dataclass(frozen=True)
class Stopped:
    """A fault that ends the list: the error, a word of its message, the records before it, the tries."""

    fault: Callable[[], dict[int, Fault]]
    error: type[SourceError]
    told: str
    records: int
    requests: int


def every(fault: Fault, first: int = 2) -> dict[int, Fault]:
    return dict.fromkeys(range(first, first + 20), fault)


ENDS = {
    "busy for ever": Stopped(lambda: every(faults.status(503)), TransportError, "8 tries", 10, 9),
    "reset for ever": Stopped(lambda: every(faults.cut("reset")), TransportError, "8 tries", 10, 9),
    "a web page for ever": Stopped(lambda: every(faults.html()), ProtocolError, "a web page", 10, 4),
    "not found": Stopped(lambda: every(faults.status(404), 1), ProtocolError, "HTTP 404 Not Found", 0, 1),
    "no right": Stopped(lambda: every(faults.status(401), 1), ProtocolError, "HTTP 401 Unauthorized", 0, 1),
    "a token no longer accepted": Stopped(
        lambda: {2: faults.error("badResumptionToken", "expired")}, ResumptionError, "expired", 10, 2
    ),
    "the same token for ever": Stopped(
        lambda: every(faults.token("A"), 1), EndlessListError, "'A' came a second time", 1, 2
    ),
    "tokens in a circle": Stopped(
        lambda: {1: faults.token("A"), 2: faults.token("B"), 3: faults.token("A")},
        EndlessListError,
        "'A' came a second time",
        1,
        3,
    ),
    "empty pages with new tokens": Stopped(
        lambda: {number: faults.token(f"t{number}", records=0) for number in range(2, 20)},
        EndlessListError,
        "3 pages without a record",
        10,
        4,
    ),
    "an unknown format": Stopped(
        lambda: {1: faults.error("cannotDisseminateFormat", "no")},
        ProtocolError,
        "cannotDisseminateFormat no",
        0,
        1,
    ),
    "a DOCTYPE": Stopped(
        lambda: every(faults.swap(b"<OAI-PMH", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><OAI-PMH'), 1),
        ProtocolError,
        "DOCTYPE",
        0,
        3,
    ),
}


@pytest.mark.parametrize("case", ENDS.values(), ids=ENDS)
def test_the_list_ends_with_a_typed_error_after(case: Stopped) -> None:
    asked = repository(faults=case.fault())
    found: set[str] = set()
    pages = source(asked).pages()

    def walk() -> None:
        for page in pages:
            found.update(record.identifier for record in page.records)
            assert page.checkpoint, "a list that fails never looks complete"

    with pytest.raises(case.error, match=case.told) as raised:
        walk()
    assert type(raised.value) is case.error
    assert "\n" not in str(raised.value)
    assert len(asked.requests) == case.requests
    assert len(found) == case.records


def test_an_expired_token_is_told_apart_from_a_broken_repository() -> None:
    asked = repository(token_lifetime=timedelta(hours=1))
    pages = source(asked).pages()
    next(pages)
    asked.feed.clock.advance(hours=2)
    with pytest.raises(ResumptionError, match="begin again"):
        next(pages)


def test_a_token_on_the_last_page_that_leads_nowhere_ends_a_complete_list() -> None:
    asked = repository(
        faults={3: faults.swap(b'completeListSize="25" cursor="20"/>', b'completeListSize="25">more</resumptionToken>')}
    )
    pages = list(source(asked).pages())
    assert len(identifiers(pages)) == RECORDS
    assert pages[-1].checkpoint == ""
    assert pages[-1].notes == ("a resumption token behind the last page led nowhere",)


def test_a_protocol_error_with_an_http_status_of_its_own_is_understood() -> None:
    def as_404(answer: Answer) -> Answer:
        return faults.with_status(faults.error("noRecordsMatch")(answer), 404)

    (page,) = source(repository(faults={1: as_404})).pages()
    assert (page.records, page.checkpoint) == ((), "")


def without_metadata(document: bytes, identifier: bytes) -> bytes:
    begin = document.index(b"<metadata>", document.index(identifier))
    return document[:begin] + document[document.index(b"</record>", begin) :]


MALFORMED: dict[str, tuple[Fault, int, str]] = {
    "a control character": (faults.swap(b"Title 20", b"Title \x0b"), 1, "invalid Char"),
    "a reference to a control character": (faults.swap(b"Title 20", b"Title &#x0b;"), 1, "invalid xmlChar"),
    "a bare ampersand": (faults.swap(b"Title 20", b"Salt & Pepper"), 1, ""),
    "an entity of HTML": (faults.swap(b"Title 20", b"Caf&eacute;"), 1, "eacute"),
    "latin-1 under the name of UTF-8": (faults.swap(b"Title 20", "Café".encode("latin-1")), 1, ""),
    "a NUL": (faults.swap(b"Title 20", b"Title \x00"), 1, ""),
    "an element left open": (faults.swap(b"Title 20</oai_doaj:title>", b"Title 20"), 1, ""),
    "a prefix nobody declared": (faults.swap(b"Title 20", b"<q:b>Title</q:b>"), 1, "prefix q"),
    "256 levels": (faults.swap(b"Title 20", b"<b>" * 300 + b"</b>" * 300), 1, "depth"),
    "an identifier missing": (
        faults.swap(b"<identifier>oai:x:20</identifier>", b""),
        1,
        "without an identifier",
    ),
    "no metadata": (faults.body(lambda document: without_metadata(document, b"oai:x:20<")), 1, "no metadata"),
    "the end tag of a record missing": (
        faults.body(lambda document: document.replace(b"</record>", b"", 1)),
        1,
        "",
    ),
    "the start tag of a record damaged": (
        faults.body(lambda document: document.replace(b"<record>", b"<reco", 1)),
        1,
        "",
    ),
    "a comment left open": (faults.swap(b"Title 20", b"<!-- Title 20"), 1, ""),
    "a CDATA section left open": (faults.swap(b"Title 20", b"<![CDATA[ Title 20"), 1, ""),
    "a byte order mark": (faults.body(lambda document: b"\xef\xbb\xbf" + document), 0, ""),
    "a notice of PHP behind the document": (
        faults.body(lambda document: document + faults.PHP_NOTICE),
        0,
        "",
    ),
    "a notice of PHP before the document": (
        faults.body(lambda document: faults.PHP_NOTICE + document),
        0,
        "",
    ),
    "HTML escaped twice": (faults.swap(b"Title 20", b"&amp;lt;p&amp;gt;Title&amp;lt;/p&amp;gt;"), 0, ""),
}


@pytest.mark.parametrize(("fault", "bad", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_page_gives_its_good_records_and_keeps_the_bad_ones(fault: Fault, bad: int, reason: str) -> None:
    """F20: nothing is repaired, nothing is asked again, nothing is lost."""
    asked = repository(faults={1: fault})
    served: list[bytes] = []

    def remember(answer: Answer) -> Answer:
        changed = fault(answer)
        assert isinstance(changed.body, bytes)
        served.append(changed.body)
        return changed

    asked.faults[1] = remember
    page = next(source(asked).pages())
    assert (len(page.records), len(page.rejected)) == (10 - bad, bad)
    assert asked.feed.clock.slept == []
    for rejected in page.rejected:
        assert served[0][rejected.offset :].startswith(rejected.payload)
        assert reason in rejected.reason
        assert rejected.source == "x"
    for record in page.records:
        assert record.payload in served[0]


def test_the_identifier_of_a_rejected_record_is_told_where_it_can_be_read() -> None:
    asked = repository(faults={1: faults.swap(b"Title 20", b"Title \x0b")})
    (rejected,) = next(source(asked).pages()).rejected
    assert rejected.identifier == "oai:x:20"
    assert rejected.payload.startswith(b"<record><header>")
    assert rejected.payload.endswith(b"</record>")


def test_a_page_over_the_cap_is_refused_at_once() -> None:
    asked = repository(fault=faults.swap(b"Title", b"Title" * 1000))
    with pytest.raises(TooLargeError, match="more than 20,000 bytes"):
        list(source(asked, max_page_bytes=20_000).pages())
    assert len(asked.requests) == 1


def test_a_gigabyte_of_zeros_is_refused_in_little_memory() -> None:
    asked = repository(fault=faults.bomb(1000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLargeError, match="bomb"):
        list(source(asked).pages())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000, f"memory grew by {grown} kB"


def test_headers_list_every_record_with_its_state() -> None:
    asked = repository()
    reader = source(asked)
    assert isinstance(reader, Lister)
    pages = list(reader.headers())
    headers = [header for page in pages for header in page.headers]
    assert len(headers) == RECORDS
    assert (headers[0].identifier, headers[0].deleted, headers[0].sets) == ("oai:x:24", True, ("c",))
    assert {request.parameters["verb"] for request in asked.requests} == {"ListIdentifiers"}
    assert [page.rejected for page in pages] == [0, 0, 0]


def test_an_unreadable_header_is_counted_and_the_others_are_listed() -> None:
    asked = repository(faults={1: faults.swap(b"oai:x:20<", b"oai:x:\x0b20<")})
    page = next(source(asked).headers())
    assert (len(page.headers), page.rejected) == (9, 1)


def test_identify_tells_what_the_repository_is() -> None:
    asked = repository(granularity="day", deleted_record="persistent")
    reader = source(asked)
    identity = reader.identify()
    assert (identity.name, identity.granularity) == ("Fake", "day")
    assert (identity.earliest_datestamp, identity.deleted_record) == ("1990-01-01", "persistent")
    assert reader.identify() is identity
    assert len(asked.requests) == 1


def test_a_source_without_a_web_address_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(ConfigError, match="'ftp://x/oai' is no http or https address"):
        OaiSource("x", SourceConfig(url="ftp://x/oai"))


def test_credentials_in_the_address_are_refused_without_repeating_them() -> None:
    with pytest.raises(ConfigError, match="settings user and password") as raised:
        OaiSource("x", SourceConfig(url="https://me:s3cret@x.test/oai"))
    assert "s3cret" not in str(raised.value)
