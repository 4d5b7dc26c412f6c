"""What goes beyond VuFind: cursors, lists of facets, suggestions, similar records, citations, exports."""

from typing import Any

import pytest
from django.test import Client
from tests.web.api.conftest import EngineLibrary
from tests.web.stub import SEED_ID

API = "/api/v1"


def _json(client: Client, address: str) -> Any:
    response = client.get(f"{API}/{address}")
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title", "author"])
def test_a_cursor_leads_through_every_record_once(asking: Client, sort: str) -> None:
    address = f"search?lookfor=sample&sort={sort}&limit=7&field[]=id"
    seen: list[str] = []
    after = ""
    while True:
        answer = _json(asking, address + (f"&after={after}" if after else ""))
        seen += [record["id"] for record in answer["records"]]
        if "next" not in answer:
            break
        after = answer["next"]
    assert len(seen) == len(set(seen)) == answer["resultCount"] == 60


def test_a_cursor_goes_with_its_own_search_alone(asking: Client) -> None:
    after = _json(asking, "search?sort=title&limit=5")["next"]
    assert _json(asking, f"search?sort=title&limit=9&after={after}")["records"]
    for other in (f"sort=newest&after={after}", f"sort=title&lookfor=a&after={after}", f"sort=title&after={after}x"):
        assert asking.get(f"{API}/search?{other}").status_code == 404
    assert asking.get(f"{API}/search?after=made-up:cursor").status_code == 404


def test_remarks_say_what_was_done_otherwise(asking: Client) -> None:
    (note,) = _json(asking, "search?lookfor=(sample")["notes"]
    assert note["text"]
    assert set(note) >= {"kind", "honoured", "text"}


def test_values_of_a_facet_by_count_and_by_alphabet(asking: Client) -> None:
    first = _json(asking, "facets?facet=author_facet&limit=4")
    assert [value["count"] for value in first["values"]] == sorted((v["count"] for v in first["values"]), reverse=True)
    assert (first["facet"], first["label"], first["next"]) == ("author_facet", "Author", {"page": 2})
    second = _json(asking, "facets?facet=author_facet&limit=4&page=2")
    by_count = [value["value"] for value in first["values"] + second["values"]]
    names: list[str] = []
    after = ""
    while True:
        answer = _json(asking, f"facets?facet=author_facet&facetsort=index&limit=3&after={after}")
        names += [value["value"] for value in answer["values"]]
        if "next" not in answer:
            break
        after = answer["next"]["after"]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == 10
    assert set(by_count) <= set(names)


def test_facets_are_narrowed_by_a_word_and_by_the_search(asking: Client) -> None:
    assert [v["value"] for v in _json(asking, "facets?facet=author_facet&contains=cort")["values"]] == [
        "Agostino Cortelezzi"
    ]
    answer = _json(asking, 'facets?facet=language&lookfor=sample&filter[]=language:"German"')
    assert [(v["value"], v["count"], v["isApplied"]) for v in answer["values"]] == [("German", 20, True)]


def test_years_are_narrowed_too(asking: Client) -> None:
    years = [v["value"] for v in _json(asking, "facets?facet=publishDateSort&contains=199&facetsort=index")["values"]]
    assert years == [str(year) for year in range(1990, 2000)]


def test_suggestions(asking: Client) -> None:
    found = _json(asking, "suggest?q=lenali")["suggestions"]
    assert found[0] == {
        "value": "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia",
        "kind": "Title",
        "type": "Title",
    }
    assert len(_json(asking, "suggest?q=sample&limit=2")["suggestions"]) == 2


def test_similar_records_with_chosen_fields(asking: Client) -> None:
    records = _json(asking, f"similar?id={SEED_ID}&limit=2&field[]=id")["records"]
    assert [set(record) for record in records] == [{"id"}] * 2


def test_citations_in_the_order_asked_for(asking: Client) -> None:
    answer = _json(asking, f"cite?id[]=sample-1&id[]=nobody&id[]={SEED_ID}&style=vancouver")
    assert [each["id"] for each in answer["citations"]] == ["sample-1", SEED_ID]
    assert answer["citations"][1]["text"] == (
        "Cortelezzi A, Sciumè M, Reda G. Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia. "
        "Adv Hematol. 2012;2012:393864. doi:10.1155/2012/393864"
    )


@pytest.mark.parametrize("address", ["similar?id=nobody", "cite?id=nobody", f"cite?id={SEED_ID}&style=nonsense"])
def test_what_is_not_there_is_a_problem_in_words(asking: Client, address: str) -> None:
    response = asking.get(f"{API}/{address}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert (response.json()["status"], response.json()["title"]) == (404, "Not Found")
    assert response.json()["detail"]


def test_addresses_of_exports_lead_to_the_files(asking: Client) -> None:
    for question in ("lookfor=lenalidomide", f"id[]={SEED_ID}"):
        exports = {each["name"]: each for each in _json(asking, f"export?{question}")["exports"]}
        response = asking.get(exports["ris"]["address"])
        assert b"Lenalidomide" in b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_many_filters_need_a_key(asking: Client, library: EngineLibrary) -> None:
    filters = "&".join(f'filter[]=~language:"L{number}"' for number in range(9))
    assert asking.get(f"{API}/search?{filters}").status_code == 403
    key = library.keys.add("program")
    assert asking.get(f"{API}/search?{filters}", headers={"x-api-key": key}).status_code == 200


@pytest.mark.parametrize(
    "text", ["nonsense", "unknown_field:x", "title:words", 'publishDateSort:"spring"', 'format:""']
)
def test_a_filter_that_cannot_be_read_is_refused(asking: Client, text: str) -> None:
    response = asking.get(f"{API}/search", {"filter[]": text})
    assert (response.status_code, response.json()["parameter"]) == (400, "filter[]")


def test_values_are_translated_as_asked(asking: Client) -> None:
    for headers, more in (({}, "&lng=de"), ({"accept-language": "de"}, "")):
        answer = asking.get(f"{API}/facets?facet=language{more}", headers=headers).json()
        assert {value["translated"] for value in answer["values"]} == {"Englisch", "Deutsch"}
