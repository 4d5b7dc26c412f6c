import pytest

from bookwheel.search.fields import FIELDS
from bookwheel.search.prefixes import identifier_field, target_named
from bookwheel.search.ranking import SEARCH_TYPES


@pytest.mark.parametrize("name", SEARCH_TYPES)
def test_every_search_type_is_a_prefix_in_any_case(name: str) -> None:
    assert target_named(name) == target_named(name.lower()) == target_named(name.upper())
    assert target_named(name) is not None


@pytest.mark.parametrize("name", [name for name, row in FIELDS.items() if row.kind in ("exact", "isn")])
def test_every_field_of_whole_values_is_a_prefix(name: str) -> None:
    assert target_named(name) is not None


@pytest.mark.parametrize("name", ["", "http", "nowhere", "_version_", "Leukemia"])
def test_other_names_are_none(name: str) -> None:
    assert target_named(name) is None


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("doi", "https://doi.org/10.1155/ABC", "10.1155/abc"),
        ("DOI", "10.1155/ABC", "10.1155/abc"),
        ("doi", "no doi", "no doi"),
        ("pmid", "0123", "123"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("doi_str_mv", "As It Is", "As It Is"),
    ],
)
def test_values_take_the_form_of_the_index(name: str, typed: str, value: str) -> None:
    target = target_named(name)
    assert target is not None
    assert target.normal(typed) == value


def test_identifiers_have_fields() -> None:
    for scheme in ("doi", "orcid", "pmid", "pmcid", "issn", "isbn"):
        assert identifier_field(scheme) in FIELDS
    assert identifier_field("ark") == ""
