"""Which form of a record an Accept header gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.web.machines.negotiation import preferred
from bookwheel.web.machines.signposting import DESCRIBED_BY


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", ""),
        ("*/*", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("application/x-bibtex", "bibtex"),
        ("text/x-bibtex; charset=utf-8", "bibtex"),
        ("application/x-research-info-systems", "ris"),
        ("application/vnd.citationstyles.csl+json", "csl_json"),
        ("application/ld+json, text/html;q=0.5", "jsonld"),
        ("application/ld+json;q=0.5, text/html", ""),
        ("application/ld+json;q=0.5, text/turtle;q=0.9, text/html;q=0.1", "turtle"),
        ("application/marcxml+xml", "marcxml"),
        ("application/rdf+xml, */*;q=0.1", "bibo"),
        ("text/turtle;q=0", ""),
        ("text/turtle;q=high", "turtle"),
        ("application/json", ""),
    ],
)
def test_preferred(accept: str, expected: str) -> None:
    assert preferred(accept) == expected


@given(st.text(max_size=2_000))
def test_any_header_gets_an_answer(accept: str) -> None:
    assert preferred(accept) in ("", *DESCRIBED_BY)
