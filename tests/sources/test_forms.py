import pytest

from bookwheel.formats import FORMATS
from bookwheel.sources.files import FORMS
from bookwheel.sources.forms import recognised


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_comes_in_some_form(name: str) -> None:
    assert any(name in form.formats for form in FORMS)


def test_a_form_known_by_content_goes_before_one_that_was_asked_for() -> None:
    found = recognised(b"TY  - JOUR\n", FORMS, "ris")
    assert found is not None
    assert found[0].name == "RIS"
    asked = recognised(b"no mark at all", FORMS, "csv")
    assert asked is not None
    assert asked[1] == "csv"
    assert recognised(b"no mark at all", FORMS) is None
