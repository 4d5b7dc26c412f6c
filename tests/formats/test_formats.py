import pytest
from tests.formats.cases import cases

from bookwheel import plugins
from bookwheel.formats import FORMATS


def test_table_and_plugins_know_the_same_formats() -> None:
    assert set(FORMATS) == set(plugins.POINTS["format"])


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_has_a_case(name: str) -> None:
    assert any(case.raw.format == name for case in cases())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_prefix_given_stands_in_for_the_formats(name: str) -> None:
    case = next(case for case in cases() if case.raw.format == name)
    record = FORMATS[name].read(case.raw, "other-").record
    assert record is not None
    assert record.id.startswith("other-")
