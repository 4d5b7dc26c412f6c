"""Lists that are taken along come back as they were."""

from typing import Any

import pytest
from tests.web.lists.conftest import Make, ids
from tests.web.stub import StubLibrary

from bookwheel.web.lists.filling import add
from bookwheel.web.lists.models import Member, ReadingList, Role, Visibility
from bookwheel.web.lists.personal import put_back, take_out
from bookwheel.web.people.models import Person


def test_what_is_taken_out_and_put_back_is_the_same(reader: Person, make: Make, catalogue: StubLibrary) -> None:
    kept = make(reader, "Leukemia", 3, 1, visibility=Visibility.PUBLIC)
    add(kept, reader, catalogue.found(["sample-2"]), notes="Noted\ntwice")
    make(reader, "Empty")
    taken = take_out(reader)
    ReadingList.objects.all().delete()
    assert put_back(reader, taken) == 5
    assert take_out(reader) == taken


def test_putting_back_twice_changes_nothing(reader: Person, make: Make) -> None:
    make(reader, "Leukemia", 3, 1)
    taken = take_out(reader)
    assert put_back(reader, taken) == 0
    assert take_out(reader) == taken


def test_works_taken_out_since_come_back_at_the_end(reader: Person, make: Make) -> None:
    kept = make(reader, "Leukemia", 3, 1)
    taken = take_out(reader)
    kept.items.filter(work__record_id="sample-3").delete()
    assert put_back(reader, taken) == 1
    assert ids(kept) == ["sample-1", "sample-3"]


def test_another_person_gets_lists_of_their_own_once(reader: Person, other: Person, make: Make) -> None:
    make(reader, "Leukemia", 3, 1)
    taken = take_out(reader)
    assert [put_back(other, taken) for _ in range(2)] == [3, 0]
    assert [each.title for each in other.lists.all()] == ["Leukemia"]
    assert ReadingList.objects.count() == 2


def test_what_was_saved_in_the_list_of_another_is_taken_along(
    reader: Person, other: Person, make: Make, catalogue: StubLibrary
) -> None:
    kept = make(other, "Shared", 1)
    Member.objects.create(reading_list=kept, person=reader, role=Role.EDITOR)
    add(kept, reader, catalogue.found(["sample-2"]), notes="Mine")
    taken = take_out(reader)
    assert [(work["record"], work["notes"]) for work in taken[0]["works"]] == [("sample-2", "Mine")]
    assert put_back(reader, taken) == 0
    Member.objects.all().delete()
    assert put_back(reader, taken) == 2
    assert reader.lists.get().visibility == Visibility.PRIVATE


@pytest.mark.parametrize(
    "thing",
    [
        {},
        {"title": "T"},
        {"title": "", "made": "2026-01-01T00:00:00+00:00", "works": []},
        {"title": "T", "made": "yesterday", "works": []},
        {"title": "T", "made": "2026-01-01T00:00:00+00:00", "works": [{"record": 1, "notes": "", "saved": "x"}]},
        {"title": "T", "made": "2026-01-01T00:00:00+00:00", "works": None},
        {"title": 3, "made": "2026-01-01T00:00:00+00:00", "works": []},
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(reader: Person, thing: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no list"):
        put_back(reader, [thing])
    assert not ReadingList.objects.exists()
