"""Every kind of personal thing has a keeper that can take it out."""

import pytest

from bookwheel.web.people.models import Person
from bookwheel.web.people.personal import KINDS, keeper


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_new_has_nothing_to_take_along(kind: str, reader: Person) -> None:
    assert keeper(kind).take_out(reader) == []
    assert keeper(kind).put_back(reader, []) == 0
