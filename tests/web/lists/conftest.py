"""What tests of lists begin with."""

from collections.abc import Callable

import pytest
from tests.web.stub import StubLibrary

from bookwheel.web.lists.choosing import new_list
from bookwheel.web.lists.filling import add
from bookwheel.web.lists.models import ReadingList, Visibility
from bookwheel.web.people.models import Person

Make = Callable[..., ReadingList]


@pytest.fixture
def make(catalogue: StubLibrary) -> Make:
    """Makes a list of somebody's with these samples in it, in this order."""

    def made(
        person: Person, title: str = "Reading", *numbers: int, visibility: Visibility = Visibility.PRIVATE
    ) -> ReadingList:
        reading_list = new_list(person, title)
        add(reading_list, person, catalogue.found(f"sample-{number}" for number in numbers))
        ReadingList.objects.filter(pk=reading_list.pk).update(visibility=visibility)
        reading_list.refresh_from_db()
        return reading_list

    return made


def ids(reading_list: ReadingList) -> list[str]:
    """Ids of a list's records in its own order."""
    return list(reading_list.items.order_by("position").values_list("work__record_id", flat=True))
