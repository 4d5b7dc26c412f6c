"""A record as an OpenURL names it: standard keys, by kind of work."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from tests.web.stub import SEED

from bookwheel.records import kinds
from bookwheel.records.model import Container, Contributor, Identifier, Record, Text
from bookwheel.web.machines.openurl import coins

CHAPTER = replace(
    SEED,
    format=kinds.CHAPTER,
    container=Container("The Big Book", start_page="3", end_page="9"),
    identifiers=(Identifier("isbn", "9780306406157"),),
)
THESIS = replace(SEED, format=kinds.THESIS, container=Container(), publisher="University of Milan")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            SEED,
            {
                "ctx_ver": ["Z39.88-2004"],
                "rfr_id": ["info:sid/example.org"],
                "rft_id": ["info:doi/10.1155/2012/393864", "http://dx.doi.org/10.1155/2012/393864"],
                "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
                "rft.genre": ["article"],
                "rft.atitle": ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"],
                "rft.jtitle": ["Advances in Hematology"],
                "rft.date": ["2012"],
                "rft.volume": ["2012"],
                "rft.artnum": ["393864"],
                "rft.pages": ["393864"],
                "rft.issn": ["1687-9104"],
                "rft.eissn": ["1687-9112"],
                "rft.pub": ["Wiley"],
                "rft.aulast": ["Cortelezzi"],
                "rft.aufirst": ["Agostino"],
                "rft.au": ["Cortelezzi, Agostino", "Sciumè, Mariarita", "Reda, Gianluigi"],
            },
        ),
        (
            CHAPTER,
            {
                "rft.genre": ["bookitem"],
                "rft.btitle": ["The Big Book"],
                "rft.isbn": ["9780306406157"],
                "rft.pages": ["3-9"],
            },
        ),
        (THESIS, {"rft_val_fmt": ["info:ofi/fmt:kev:mtx:dissertation"], "rft.inst": ["University of Milan"]}),
        (
            replace(SEED, contributors=(Contributor("World Health Organization", is_organisation=True),)),
            {"rft.aucorp": ["World Health Organization"]},
        ),
        (
            replace(SEED, format=kinds.CONFERENCE_PAPER, container=Container("Proceedings of the Wheel")),
            {
                "rft_val_fmt": ["info:ofi/fmt:kev:mtx:book"],
                "rft.genre": ["proceeding"],
                "rft.btitle": ["Proceedings of the Wheel"],
                "rft.atitle": ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"],
            },
        ),
        (
            Record("a", "s", "a", "", "Map", "x", title=Text("A map")),
            {"rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"], "rft.type": ["map"]},
        ),
    ],
)
def test_a_record_as_key_and_value_pairs(record: Record, expected: dict[str, list[str]]) -> None:
    found = parse_qs(coins(record, "example.org"))
    assert {name: found.get(name) for name in expected} == expected
    assert "rft.aulast" not in found or not record.contributors[0].is_organisation
