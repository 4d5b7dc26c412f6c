"""What is changed in a list: its name, its works, their notes and their order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make, ids
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.lists import filling
from bookwheel.web.lists.filling import add, remove
from bookwheel.web.lists.models import Item, ReadingList
from bookwheel.web.lists.ordering import move, place_of
from bookwheel.web.people.models import Person
from bookwheel.web.works.keeping import rename

Steps = st.lists(
    st.tuples(st.sampled_from(("add", "remove", "move")), st.integers(0, 7), st.integers(1, 10)), max_size=25
)


def test_a_list_is_made_renamed_and_deleted(reader: Person, client: object) -> None:
    browser = signed_in(reader)
    made = browser.post("/MyResearch/EditList/NEW", {"title": "Leukemia", "description": "For\nthe review"})
    kept = ReadingList.objects.get()
    assert made["Location"] == f"/MyResearch/MyList/{kept.public_id}"
    browser.post(f"/MyResearch/EditList/{kept.public_id}", {"title": "Lymphoma", "description": ""})
    assert Page(browser.get(made["Location"])).text("//h1") == "Lymphoma"
    assert "Delete this list?" in Page(browser.get(f"/MyResearch/DeleteList/{kept.public_id}")).text("//h1")
    browser.post(f"/MyResearch/DeleteList/{kept.public_id}")
    assert not ReadingList.objects.exists()


def test_a_list_needs_a_title(reader: Person, client: object) -> None:
    page = Page(signed_in(reader).post("/MyResearch/EditList/NEW", {"title": "  ", "description": "Kept"}))
    assert page.text("//p[@id='title-mistake']") == "A list needs a title."
    assert page.text("//textarea") == "Kept"


def test_notes_are_kept_and_found(reader: Person, make: Make) -> None:
    kept = make(reader, "Notes", 1, 2)
    browser = signed_in(reader)
    address = f"/MyResearch/MyList/{kept.public_id}"
    browser.post(f"{address}/Item", {"id": "sample-2", "action": "notes", "notes": "Überblick <b>"})
    page = Page(browser.get(f"{address}?lookfor=uberblick"))
    assert page.texts("//p[@class='item-notes']") == ["Überblick <b>"]


@pytest.mark.parametrize(
    ("action", "place", "order"),
    [
        ("up", "", "2 1 3"),
        ("down", "", "1 3 2"),
        ("place", "1", "2 1 3"),
        ("place", "99", "1 3 2"),
        ("place", "x", "1 2 3"),
    ],
)
def test_a_work_moves_without_script(reader: Person, make: Make, action: str, place: str, order: str) -> None:
    kept = make(reader, "Order", 1, 2, 3)
    given = {"id": "sample-2", "action": action, "place": place}
    signed_in(reader).post(f"/MyResearch/MyList/{kept.public_id}/Item", given)
    assert ids(kept) == [f"sample-{number}" for number in order.split()]


def test_after_a_change_the_reader_is_back_on_the_page_it_was_made_on(reader: Person, make: Make) -> None:
    kept = make(reader, "Long", *range(30))
    target = f"/MyResearch/MyList/{kept.public_id}"
    answer = signed_in(reader).post(f"{target}/Items?sort=title&page=2", {"id[]": "sample-2", "action": "remove"})
    assert answer["Location"] == f"{target}?sort=title&page=2"


def test_works_are_copied_and_moved_with_their_notes(reader: Person, make: Make, catalogue: StubLibrary) -> None:
    kept, target = make(reader, "From", 1, 2, 3), make(reader, "To", 9)
    add(kept, reader, catalogue.found(["sample-2"]), notes="Noted")
    browser, address = signed_in(reader), f"/MyResearch/MyList/{kept.public_id}/Items"
    browser.post(address, {"id[]": ["sample-2"], "action": "copy", "to": target.public_id})
    browser.post(address, {"id[]": ["sample-3"], "action": "move", "to": target.public_id})
    assert ids(kept) == ["sample-1", "sample-2"]
    assert list(target.items.order_by("position").values_list("work__record_id", "notes")) == [
        ("sample-9", ""),
        ("sample-2", "Noted"),
        ("sample-3", ""),
    ]


def test_works_are_not_moved_into_a_list_of_another(reader: Person, other: Person, make: Make) -> None:
    kept, foreign = make(reader, "From", 1), make(other, "To")
    given = {"id[]": ["sample-1"], "action": "move", "to": foreign.public_id}
    assert signed_in(reader).post(f"/MyResearch/MyList/{kept.public_id}/Items", given).status_code == 404
    assert (ids(kept), ids(foreign)) == (["sample-1"], [])


def test_what_finds_no_room_is_not_moved(reader: Person, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, target = make(reader, "From", 1, 2), make(reader, "To", 9)
    monkeypatch.setattr(filling, "MOST_ITEMS", 2)
    given = {"id[]": ["sample-1", "sample-2"], "action": "move", "to": target.public_id}
    signed_in(reader).post(f"/MyResearch/MyList/{kept.public_id}/Items", given)
    assert (ids(kept), ids(target)) == (["sample-2"], ["sample-9", "sample-1"])


def test_a_list_follows_a_record_that_changes_its_id(reader: Person, make: Make) -> None:
    kept = make(reader, "Ids", 1, 2)
    rename("sample-1", "other-1")
    assert ids(kept) == ["other-1", "sample-2"]
    rename("other-1", "sample-2")
    assert ids(kept) == ["sample-2"]


def test_a_record_that_returns_is_shown_again(reader: Person, make: Make, catalogue: StubLibrary) -> None:
    kept = make(reader, "Back", 1)
    browser, address = signed_in(reader), f"/MyResearch/MyList/{kept.public_id}"
    catalogue.deleted = frozenset({"sample-1"})
    assert Page(browser.get(address)).count("//h2/a") == 0
    catalogue.deleted = frozenset()
    assert Page(browser.get(address)).count("//h2/a") == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=Steps)
def test_the_order_of_a_list_is_that_of_its_changes(
    steps: list[tuple[str, int, int]], reader: Person, catalogue: StubLibrary
) -> None:
    """Whatever is put in, taken out and moved, the list is what a plain list would be."""
    kept = ReadingList.objects.create(owner=reader, title="Law")
    expected: list[str] = []
    for step, number, place in steps:
        record_id = f"sample-{number}"
        if step == "add":
            add(kept, reader, catalogue.found([record_id]))
            expected += [record_id] if record_id not in expected else []
        elif step == "remove":
            remove(kept, reader, [record_id])
            expected = [one for one in expected if one != record_id]
        elif record_id in expected:
            item = Item.objects.get(reading_list=kept, work__record_id=record_id)
            move(kept, reader, item, place)
            expected.remove(record_id)
            expected.insert(place - 1, record_id)
            item.refresh_from_db()
            assert place_of(kept, item) == expected.index(record_id) + 1
        assert ids(kept) == expected
