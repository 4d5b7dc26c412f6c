"""The API in VuFind's shape."""

import pytest
from django.test import Client
from tests.web.stub import SEED_ID, seed_library

from bookwheel.web.api.records import DEFAULT_FIELDS, FIELD_MAKERS, api_record
from bookwheel.web.library import use

SEARCH = "/api/v1/search"
RECORD = "/api/v1/record"


def test_record_has_vufinds_default_fields(client: Client) -> None:
    answer = client.get(RECORD, {"id": SEED_ID}).json()
    assert answer == {
        "resultCount": 1,
        "records": [
            {
                "authors": {
                    "primary": {"Agostino Cortelezzi": {}, "Mariarita Sciumè": {}, "Gianluigi Reda": {}},
                    "secondary": [],
                    "corporate": [],
                },
                "formats": ["Article"],
                "id": SEED_ID,
                "languages": ["English"],
                "series": ["Advances in Hematology"],
                "subjects": [["leukemia"]],
                "title": "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia",
                "urls": [
                    {"url": "http://dx.doi.org/10.1155/2012/393864", "desc": "http://dx.doi.org/10.1155/2012/393864"}
                ],
            }
        ],
        "status": "OK",
    }


def test_fields_can_be_chosen_and_unknown_ones_fall_away(client: Client) -> None:
    answer = client.get(
        f"{SEARCH}?lookfor=lenalidomide&field[]=id&field[]=cleanDoi&field[]=nonsense&field[]=isbns"
    ).json()
    assert answer["records"] == [{"id": SEED_ID, "cleanDoi": "10.1155/2012/393864"}]


def test_search_counts_facets_only_when_asked(client: Client) -> None:
    assert set(client.get(SEARCH).json()) == {"resultCount", "records", "status"}
    answer = client.get(f'{SEARCH}?facet[]=language&limit=0&filter[]=language:"German"').json()
    assert set(answer) == {"resultCount", "facets", "status"}
    assert answer["resultCount"] == 20
    assert answer["facets"]["language"] == [
        {
            "value": "German",
            "translated": "German",
            "count": 20,
            "href": "/Search/Results?filter[]=language%3A%22German%22",
            "isApplied": True,
        }
    ]


def test_pages_and_sizes(client: Client) -> None:
    first = client.get(f"{SEARCH}?limit=5&field[]=id").json()["records"]
    second = client.get(f"{SEARCH}?limit=5&page=2&field[]=id").json()["records"]
    assert len(first) == len(second) == 5
    assert first != second


@pytest.mark.parametrize("query", ["limit=101", "limit=-1", "limit=x", "page=0", "page=101&limit=100", "page=1e9"])
def test_request_beyond_a_cap_is_an_error_in_words(client: Client, query: str) -> None:
    response = client.get(f"{SEARCH}?{query}")
    assert response.status_code == 400
    assert response.json()["status"] == "ERROR"
    assert response.json()["statusMessage"]


def test_pages_reach_further_than_on_the_web(client: Client) -> None:
    assert client.get(f"{SEARCH}?page=100&limit=100").status_code == 200


def test_record_without_id_and_unknown_record(client: Client) -> None:
    answer = client.get(RECORD).json()
    assert (answer["status"], answer["statusMessage"]) == ("ERROR", "Missing id")
    assert client.get(RECORD).status_code == 400
    response = client.get(RECORD, {"id": "nobody-knows"})
    assert (response.status_code, response.json()["statusMessage"]) == (404, "Error loading record")


def test_several_records_at_once(client: Client) -> None:
    answer = client.get(f"{RECORD}?id[]={SEED_ID}&id[]=sample-1&field[]=id").json()
    assert [record["id"] for record in answer["records"]] == [SEED_ID, "sample-1"]


def test_withdrawn_record_is_not_given() -> None:
    library = seed_library()
    library.deleted = frozenset({SEED_ID})
    with use(library):
        assert Client().get(RECORD, {"id": SEED_ID}).status_code == 404


def test_parameters_may_come_by_post(client: Client) -> None:
    answer = client.post(SEARCH, {"lookfor": "lenalidomide", "field[]": "id"}).json()
    assert answer["records"] == [{"id": SEED_ID}]


def test_scripts_of_every_origin_may_ask(client: Client) -> None:
    assert client.get(SEARCH)["Access-Control-Allow-Origin"] == "*"
    response = client.options(SEARCH)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.delete(SEARCH).status_code == 405


def test_pretty_print_is_the_same_in_more_lines(client: Client) -> None:
    plain, pretty = client.get(SEARCH), client.get(f"{SEARCH}?prettyPrint=1")
    assert plain.json() == pretty.json()
    assert pretty.content.count(b"\n") > 100


def test_odd_facets_are_not_counted(client: Client) -> None:
    assert "facets" not in client.get(f"{SEARCH}?facet[]=id&facet[]=nonsense").json()


def test_default_fields_are_known_ones() -> None:
    assert set(DEFAULT_FIELDS) <= set(FIELD_MAKERS)
    assert api_record({"id": ("a",)}) == {"id": "a"}
