"""Parameters are held to their limits, and no text makes more of them than a refusal."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookwheel.web.api.endpoints import ENDPOINTS, Endpoint
from bookwheel.web.api.openapi import document, schema
from bookwheel.web.api.parameters import Parameter, Refused, checked

COUNT = Parameter("count", "How many", "number", least=1, most=10)
SORT = Parameter("sort", "The order", choices=("up", "down"))
TAG = Parameter("tag[]", "Labels", pattern="[a-z]+", most=5, repeats=2)
ROWS = Parameter("row[]", "Rows", numbered=2, repeats=2)
NEEDED = Parameter("id", "Which", is_required=True)
KNOWN = (COUNT, SORT, TAG, ROWS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("count=0", "from 1 to 10"),
        ("count=11", "from 1 to 10"),
        ("count=-1", "from 1 to 10"),
        ("count=1.0", "from 1 to 10"),
        ("count=٣", "from 1 to 10"),
        ("count=NaN", "from 1 to 10"),
        ("count=99999999999999999999999999", "from 1 to 10"),
        ("count=", "from 1 to 10"),
        ("count=1&count=2", "at most 1"),
        ("sort=sideways", "one of up, down"),
        ("tag=abcdef", "at most 5 characters"),
        ("tag=A", "form [a-z]+"),
        ("tag=a\n", "form [a-z]+"),
        ("tag=a&tag[]=b&tag[7]=c", "at most 2"),
        ("row2[]=a", "no parameter 'row2[]'"),
        ("tga=a", "Did you mean tag[]?"),
    ],
)
def test_what_is_beyond_a_limit_is_refused_with_a_reason(text: str, reason: str) -> None:
    pairs = [(name, value) for name, _, value in (part.partition("=") for part in text.split("&"))]
    with pytest.raises(Refused, match=re.escape(reason)) as refused:
        checked(KNOWN, pairs)
    assert refused.value.status == 400


def test_values_are_answered_by_bare_name() -> None:
    asked = checked(KNOWN, [("count", "10"), ("tag[]", "a"), ("tag[1]", "b"), ("row1[]", "x")])
    assert asked == {"count": ("10",), "tag": ("a", "b"), "row1": ("x",)}


@pytest.mark.parametrize("pairs", [[], [("id", "")]])
def test_what_is_needed_is_missed(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused, match="Missing id"):
        checked([NEEDED], pairs)


def test_an_advanced_search_needs_a_value_for_no_group() -> None:
    assert checked([ROWS], []) == {}


# The documents and the checks are made from one table: that they agree is held here from outside.

TABLE = [(endpoint, parameter) for endpoint in ENDPOINTS.values() for parameter in endpoint.parameters]


def _text(value: Any) -> str:
    return str(value)


def _values(parameter: Parameter) -> st.SearchStrategy[str]:
    """Values the document allows, and their neighbours."""
    one = schema(parameter)
    one = one.get("items", one)
    if one["type"] == "integer":
        return st.integers(one["minimum"] - 3, one["maximum"] + 3).map(str)
    if "enum" in one:
        return st.sampled_from(one["enum"]) | st.text(max_size=5)
    if "pattern" in one:
        return st.from_regex(one["pattern"]) | st.text(max_size=8)
    return st.text(max_size=one["maxLength"] + 1)


def _is_allowed(parameter: Parameter, text: str) -> bool:
    """What a client that reads the document thinks of a value."""
    one = schema(parameter)
    one = one.get("items", one)
    if one["type"] == "integer":
        return bool(re.fullmatch("[0-9]+", text)) and one["minimum"] <= int(text) <= one["maximum"]
    if "enum" in one:
        return text in one["enum"]
    is_long = one.get("minLength", 0) <= len(text) <= one["maxLength"]
    return is_long and ("pattern" not in one or re.search(re.sub(r"\$\Z", r"\\Z", one["pattern"]), text) is not None)


@pytest.mark.parametrize(("endpoint", "parameter"), TABLE, ids=lambda value: value.name)
@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_document_allows_is_what_is_taken(endpoint: Endpoint, parameter: Parameter, data: Any) -> None:
    text = data.draw(_values(parameter))
    name = parameter.names[0]
    try:
        checked([parameter], [(name, text)])
        is_taken = True
    except Refused:
        is_taken = False
    assert is_taken == _is_allowed(parameter, text)


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=lambda endpoint: endpoint.name)
def test_document_has_every_parameter_and_no_other(endpoint: Endpoint) -> None:
    path = document()["paths"][f"/{endpoint.name}"]
    names = [name for parameter in endpoint.parameters for name in parameter.names]
    assert [parameter["name"] for parameter in path["get"]["parameters"]] == names
    form = path["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert list(form["properties"]) == names
    assert path["post"]["requestBody"]["required"] == bool(form["required"])
    assert form["required"] == [p["name"] for p in path["get"]["parameters"] if p["required"]]


HOSTILE = st.text(max_size=40) | st.sampled_from(
    ["\0", "\ud800", "{!xmlparser}", "' OR 1=1 --", "../../etc/passwd", "<script>", "%00", "*:*", "(" * 300, "a" * 9000]
)
NAMES = [name for _, parameter in TABLE for name in parameter.names] + ["nonsense", "filter[9]", "", "__proto__"]


@pytest.mark.parametrize("name", list(ENDPOINTS))
@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), HOSTILE), max_size=6), posted=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_parameters_are_never_our_fault(
    client: Client, name: str, pairs: list[tuple[str, str]], posted: bool
) -> None:
    from urllib.parse import urlencode

    text = urlencode(pairs, errors="surrogatepass")
    address = f"/api/v1/{name}"
    if posted:
        response = client.post(address, text, content_type="application/x-www-form-urlencoded")
    else:
        response = client.get(f"{address}?{text}")
    assert response.status_code in (200, 400, 403, 404)
    assert isinstance(response.json(), dict)
