"""Suggestions while typing: what is suggested for which field, and in which shape."""

from itertools import count

import pytest
from django.test import Client
from tests.web.stub import StubLibrary

from bookwheel.search import deadline as deadlines
from bookwheel.search.deadline import left
from bookwheel.web.search.suggest import suggestions


def test_all_fields_mix_the_kinds_and_keep_them_together(catalogue: StubLibrary) -> None:
    found = suggestions(catalogue, "sample", "AllFields")
    kinds = [suggestion.kind.search_type for suggestion in found]
    assert kinds == sorted(kinds, key=["Title", "Author", "Subject", "JournalTitle"].index)
    assert {"Title", "JournalTitle"} <= set(kinds)
    assert len(found) <= 10


def test_all_kinds_share_the_time_of_one_search(catalogue: StubLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[float] = []
    clock = count(100)

    def suggest(field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        times.append(left())
        return ()

    monkeypatch.setattr(deadlines, "now", lambda: float(next(clock)))
    monkeypatch.setattr(catalogue, "suggest", suggest)
    assert suggestions(catalogue, "sample", "AllFields") == ()
    assert times == [2, 1, 0, -1]


@pytest.mark.parametrize(
    ("text", "search_type", "value"),
    [
        ("sciume", "Author", "Mariarita Sciumè"),
        ("LEUK", "Subject", "leukemia"),
        ("hemat", "JournalTitle", "Advances in Hematology"),
        ("treatment of chr", "Title", "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"),
        ("wiley", "publisher", "Wiley"),
    ],
)
def test_each_field_suggests_its_own(catalogue: StubLibrary, text: str, search_type: str, value: str) -> None:
    assert [suggestion.value for suggestion in suggestions(catalogue, text, search_type)] == [value]


@pytest.mark.parametrize("text", ["", "le", "?!", '"leukemia', "title:leuk", "leuk*", "x" * 101])
def test_beginnings_too_short_and_queries_get_none(catalogue: StubLibrary, text: str) -> None:
    assert suggestions(catalogue, text, "AllFields") == ()


def test_fields_of_numbers_get_none(catalogue: StubLibrary) -> None:
    assert suggestions(catalogue, "leukemia", "ISN") == suggestions(catalogue, "leukemia", "nonsense") == ()


def test_our_own_answer_says_what_each_value_is(client: Client) -> None:
    response = client.get("/suggest?q=sciu&type=AllFields")
    assert response.json() == {"suggestions": [{"value": "Mariarita Sciumè", "kind": "Author", "type": "Author"}]}
    assert response["Cache-Control"] == "public, max-age=60"


def test_vufinds_address_answers_in_vufinds_shape(client: Client) -> None:
    response = client.get("/AJAX/JSON?method=getACSuggestions&q=sciu&type=Author")
    assert response.json() == {"data": {"suggestions": ["Mariarita Sciumè"]}}
    assert client.get("/AJAX/JSON?method=other").status_code == 400
