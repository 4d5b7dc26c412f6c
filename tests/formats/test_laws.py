"""What holds for every format, whatever a payload says."""

import json
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.cases import Case, cases

from bookwheel.formats import FORMATS
from bookwheel.formats.elements import Rules
from bookwheel.formats.json_values import trace
from bookwheel.formats.reading import Findings
from bookwheel.plugins import load
from bookwheel.records.raw import Provenance, RawRecord, Reading

JSON_FORMATS = ("bookwheel_json", "crossref", "csl_json", "datacite", "json", "openalex")
TEXT_FORMATS = ("bibtex", "csv", "nbib", "ris", "wos")

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def read(name: str, payload: bytes) -> Reading:
    return FORMATS[name].read(RawRecord("x", "", "", name, payload))


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys_of(part)}
    return {key for part in value for key in keys_of(part)} if isinstance(value, list) else set()


KEYS = sorted(
    {key for case in cases() if case.raw.format in JSON_FORMATS for key in keys_of(json.loads(case.raw.payload))}
)
objects = st.dictionaries(
    st.sampled_from(KEYS), st.recursive(scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
        st.sampled_from(KEYS), inner, max_size=4), max_leaves=12), max_size=8,
)  # fmt: skip


@pytest.mark.parametrize("name", JSON_FORMATS)
@given(item=objects)
def test_reading_json_never_raises(name: str, item: dict[str, Any]) -> None:
    reading = read(name, json.dumps(item).encode())
    assert reading.record is not None or reading.problems


@pytest.mark.parametrize("name", sorted((*JSON_FORMATS, *TEXT_FORMATS)))
@given(payload=st.binary(max_size=200))
def test_reading_bytes_never_raises(name: str, payload: bytes) -> None:
    reading = read(name, payload)
    assert reading.record is not None or reading.problems


def rules_of(case: Case) -> list[Provenance]:
    module = import_module(load("format", case.raw.format).__module__)
    return list(getattr(module, "RULES", ()))


CASES = [case for case in cases() if case.raw.format in (*JSON_FORMATS, *TEXT_FORMATS)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@given(data=st.data())
def test_reading_a_damaged_payload_never_raises(case: Case, data: st.DataObject) -> None:
    payload = case.raw.payload
    begin = data.draw(st.integers(0, len(payload)))
    end = data.draw(st.integers(begin, min(begin + 20, len(payload))))
    damaged = payload[:begin] + data.draw(st.binary(max_size=4)) + payload[end:]
    reading = read(case.raw.format, damaged)
    assert reading.record is not None or reading.problems


@pytest.mark.parametrize("name", JSON_FORMATS)
def test_deep_nesting_is_told_not_raised(name: str) -> None:
    for payload in (b"[" * 100_000, b'{"title":' + b"[" * 900 + b"]" * 900 + b"}"):
        reading = read(name, payload)
        assert reading.record is not None or reading.problems


@given(st.dictionaries(st.text(min_size=1, max_size=5), values, max_size=5))
def test_what_no_rule_knows_is_told_as_unused(item: dict[str, Any]) -> None:
    findings = Findings()
    trace(item, Rules(), findings)
    says_something = {key for key, value in item.items() if json.dumps(value).strip('[]{}", ') not in ("", "null")}
    assert set(findings.unused) >= {key for key in says_something if isinstance(item[key], int | float)}
    assert set(findings.unused) <= set(item)


@pytest.mark.parametrize("case", [c for c in CASES if rules_of(c)], ids=lambda case: case.folder.name)
def test_every_rule_names_a_field_that_can_be_shown(case: Case) -> None:
    findings = Findings()
    findings.rules.extend(rules_of(case))
    assert findings.reading(case.reading.record).provenance
