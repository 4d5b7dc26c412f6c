"""What an OpenURL asks for."""

from urllib.parse import parse_qsl

import pytest

from bookwheel.web.machines.known_item import identifiers, place, search


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("rft_id=info:doi/10.1155/2012/393864", [("doi_str_mv", "10.1155/2012/393864")]),
        ("id=doi:10.1155/2012/393864", [("doi_str_mv", "10.1155/2012/393864")]),
        ("rft_id=https://doi.org/10.1155/2012/393864", [("doi_str_mv", "10.1155/2012/393864")]),
        ("rft_id=info:pmid/22654912", [("pmid_str_mv", "22654912")]),
        ("rft_id=info:oclcnumber/22654912", []),
        ("rft.issn=1687-9104", []),
    ],
)
def test_identifiers(asked: str, expected: list[tuple[str, str]]) -> None:
    assert list(identifiers(parse_qsl(asked))) == expected


def test_a_place_needs_journal_volume_and_page() -> None:
    assert place(parse_qsl("rft.issn=1687-9104&rft.volume=2012&rft.artnum=393864")) is not None
    assert place(parse_qsl("issn=1687-9104&volume=3&spage=7")) is not None
    assert place(parse_qsl("issn=1687-9104&volume=3")) is None
    assert place(parse_qsl("issn=nonsense&volume=3&spage=7")) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("rft.atitle=On+bees", [("lookfor", "On bees"), ("type", "Title")]),
        ("rft.issn=1687-9104", [("lookfor", "1687-9104"), ("type", "ISN")]),
        ("rft_id=urn:x:y", [("lookfor", "urn:x:y")]),
        ("", [("lookfor", "")]),
    ],
)
def test_what_is_searched_instead(asked: str, expected: list[tuple[str, str]]) -> None:
    assert search(parse_qsl(asked)) == expected
