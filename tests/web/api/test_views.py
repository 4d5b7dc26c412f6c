"""Around every answer: conditional requests, quotas, keys, origins, methods, and the documents."""

import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from tests.web.api.conftest import EngineLibrary
from tests.web.page import Page
from tests.web.stub import SEED_ID

from bookwheel.config import Config
from bookwheel.errors import EngineError, TooBroadError
from bookwheel.search.deadline import LATE_FACETS
from bookwheel.search.results import SearchResult
from bookwheel.web.api import access
from bookwheel.web.api.access import Buckets, client
from bookwheel.web.api.endpoints import ENDPOINTS, QUESTION

SEARCH = "/api/v1/search"


@pytest.fixture(autouse=True)
def _fresh_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_buckets", Buckets())


def _configured(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    monkeypatch.setattr(django_settings, "BOOKWHEEL", Config(**changes))  # type: ignore[arg-type]


def test_an_unchanged_answer_is_not_given_twice_nor_searched_for(asking: Client, library: EngineLibrary) -> None:
    first = asking.get(f"{SEARCH}?lookfor=sample")
    searches = len(library.asked)
    again = asking.get(f"{SEARCH}?lookfor=sample", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, len(library.asked)) == (304, b"", searches)
    assert asking.get(f"{SEARCH}?lookfor=other", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert asking.get(f"{SEARCH}?lookfor=sample&lng=de", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert asking.post(SEARCH, {"lookfor": "sample"}, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert asking.post(SEARCH, {"lookfor": "sample"}, headers={"if-none-match": "*"}).status_code == 200
    library.state = "second"
    assert asking.get(f"{SEARCH}?lookfor=sample", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", [f"record?id={SEED_ID}", f"cite?id={SEED_ID}", "search?lookfor=sample"])
def test_where_the_index_does_not_say_the_content_does(asking: Client, library: EngineLibrary, address: str) -> None:
    library.state = ""
    first = asking.get(f"/api/v1/{address}")
    assert asking.get(f"/api/v1/{address}", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_strangers_are_asked_to_wait(asking: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _configured(monkeypatch, api_per_minute=3)
    responses = [asking.get(f"{SEARCH}?limit=1") for _ in range(4)]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    assert responses[0]["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert responses[0]["RateLimit"].startswith('"minute";r=2;')
    assert 1 <= int(responses[3]["Retry-After"]) <= 20
    assert responses[3].json()["statusMessage"]
    assert asking.get(f"{SEARCH}?limit=1", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert asking.get("/api/v1/openapi.json").status_code == 200


def test_no_limit_counts_nobody(asking: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _configured(monkeypatch, api_per_minute=0)
    assert "RateLimit" not in asking.get(f"{SEARCH}?limit=1")


def test_a_key_has_its_own_quota(asking: Client, library: EngineLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    _configured(monkeypatch, api_per_minute=1)
    key = library.keys.add("program", per_day=3)
    asking.get(SEARCH)
    sent: list[dict[str, str]] = [
        {"x-api-key": key},
        {"authorization": f"Bearer {key}"},
        {"authorization": f"bearer  {key} "},
    ]
    responses = [asking.get(SEARCH, headers=headers) for headers in (*sent, sent[0])]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    assert responses[0]["RateLimit-Policy"] == '"day";q=3;w=86400'
    assert 1 <= int(responses[3]["Retry-After"]) <= 86_400
    assert responses[2]["RateLimit"].startswith('"day";r=0;')


def test_unknown_and_revoked_keys_open_nothing(asking: Client, library: EngineLibrary) -> None:
    revoked = library.keys.add("revoked")
    library.keys.revoke("revoked")
    for key in ("nonsense", "bw_12345678_abc", revoked):
        response = asking.get(SEARCH, headers={"x-api-key": key})
        assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
        assert response["Cache-Control"] == "no-store"


def test_a_key_is_for_its_scopes_alone(asking: Client, library: EngineLibrary) -> None:
    headers = {"x-api-key": library.keys.add("searcher", ["search"])}
    statuses = {
        name: asking.get(
            f"/api/v1/{name}?id={SEED_ID}" if endpoint.scope == "records" else f"/api/v1/{name}", headers=headers
        ).status_code
        for name, endpoint in ENDPOINTS.items()
    }
    assert {name for name, status in statuses.items() if status == 403} == {
        name for name, endpoint in ENDPOINTS.items() if endpoint.scope == "records"
    }


def test_a_bucket_fills_again() -> None:
    buckets = Buckets()
    assert [buckets.take("a", 2, 0.0)[0] for _ in range(3)] == [1, 0, -1]
    assert buckets.take("b", 2, 0.0)[0] == 1
    assert buckets.take("a", 2, 29.0)[0] == -1
    assert buckets.take("a", 2, 31.0)[0] == 0


@given(st.lists(st.floats(0, 20), max_size=200), st.integers(1, 20))
def test_a_bucket_never_gives_more_than_it_says(pauses: list[float], size: int) -> None:
    buckets, now, taken = Buckets(), 0.0, 0
    for pause in pauses:
        now += pause
        left, wait = buckets.take("a", size, now)
        taken += left >= 0
        assert left < size
        assert 0 <= wait <= 60
    assert taken <= size + now * size / 60 + 1e-6


def test_addresses_remembered_are_bounded() -> None:
    buckets = Buckets(most=10)
    for number in range(100):
        buckets.take(str(number), 5, 0.0)
    assert len(buckets._levels) == 10


@pytest.mark.parametrize(
    ("header", "sent", "remote", "expected"),
    [
        ("", "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        ("X-Forwarded-For", "10.0.0.1, 203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("X-Forwarded-For", "", "127.0.0.1", "127.0.0.1"),
        ("X-Forwarded-For", "203.0.113.9, nonsense", "127.0.0.1", "unknown"),
        ("", "", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("", "", "::ffff:192.0.2.1", "192.0.2.1"),
        ("", "", "", "unknown"),
    ],
)
def test_whose_address_counts(
    monkeypatch: pytest.MonkeyPatch, header: str, sent: str, remote: str, expected: str
) -> None:
    _configured(monkeypatch, address_header=header)
    request = RequestFactory().get("/", headers={"x-forwarded-for": sent}, REMOTE_ADDR=remote)
    assert client(request) == expected


@pytest.mark.parametrize("name", list(ENDPOINTS))
def test_methods_and_origins(asking: Client, name: str) -> None:
    preflight = asking.options(f"/api/v1/{name}")
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")
    assert "X-API-Key" in preflight["Access-Control-Allow-Headers"]
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        response = asking.generic(method, f"/api/v1/{name}")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
        assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ('{"lookfor": "a"}', "application/json", 415),
        ("&".join(f"lookfor={n}" for n in range(1100)), "application/x-www-form-urlencoded", 400),
        ("lookfor=" + "a" * 200_000, "application/x-www-form-urlencoded", 400),
        ("--x\r\nbroken", "multipart/form-data; boundary=", 400),
        ("lookfor=sample", "application/x-www-form-urlencoded", 200),
    ],
)
def test_bodies(asking: Client, body: str, content_type: str, status: int) -> None:
    assert asking.post(SEARCH, body, content_type=content_type).status_code == status


def test_a_catalogue_that_cannot_answer(
    asking: Client, library: EngineLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, words in ((TooBroadError("fewer stars"), "fewer stars"), (EngineError("/srv/index"), "cannot answer")):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(library, "search", fail)
        response = asking.get("/api/v1/facets?facet=format")
        assert response.status_code == 503
        assert words in response.json()["detail"]
        assert "/srv" not in response.content.decode()


def test_facets_that_come_too_late(asking: Client, library: EngineLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "search", lambda _: SearchResult(9, notes=(LATE_FACETS,)))
    response = asking.get("/api/v1/facets?facet=format")
    assert response.status_code == 503
    assert "in time" in response.json()["detail"]


def test_what_vufind_has_says_errors_in_its_words(asking: Client) -> None:
    for name, endpoint in ENDPOINTS.items():
        response = asking.get(f"/api/v1/{name}?nonsense=1")
        assert response.status_code == 400
        answer = response.json()
        assert answer["detail"]
        if endpoint.of_vufind:
            assert (answer["status"], answer["statusMessage"]) == ("ERROR", answer["detail"])
            assert response["Content-Type"].startswith("application/json")
        else:
            assert answer["status"] == 400
            assert response["Content-Type"] == "application/problem+json"


def test_the_description_for_programs(asking: Client) -> None:
    response = asking.get("/api/v1/openapi.json")
    document = response.json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {f"/{name}" for name in ENDPOINTS}
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_description_for_people(asking: Client) -> None:
    page = Page(asking.get("/api"))
    assert page.texts("//h2/code") == [f"/api/v1/{name}" for name in ENDPOINTS]
    for endpoint in ENDPOINTS.values():
        rows = page.count(f"//section[@aria-labelledby='{endpoint.name}']//tbody/tr")
        shared = 0 if endpoint.name == "search" else sum(each in QUESTION for each in endpoint.parameters)
        assert rows + shared == len(endpoint.parameters)
    for address in page.root.xpath("//main//p[@class='hint']/a/@href"):
        assert asking.get(address).status_code == 200, address
    assert Page(asking.get("/api", headers={"accept-language": "de"})).text("//h1") == "Der Katalog für Programme"


def test_the_description_of_an_empty_catalogue(asking: Client, library: EngineLibrary) -> None:
    library.records, library._documents = (), {}
    assert asking.get("/api").status_code == 200
