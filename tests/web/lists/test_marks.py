"""Marks of saved records on result pages and record pages."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make
from tests.web.page import Page

from bookwheel.web.lists.marks import saved_in
from bookwheel.web.lists.models import Member, Role
from bookwheel.web.people.models import Person


def test_hits_name_the_lists_they_are_saved_in(reader: Person, make: Make) -> None:
    make(reader, "First", 1)
    make(reader, "Second", 1, 2)
    page = Page(signed_in(reader).get("/Search/Results?lookfor=sample&type=AllFields"))
    assert page.texts("//p[@class='hit-saved']") == ["Saved in:First, Second", "Saved in:Second"]


def test_a_result_page_asks_once_for_the_marks_of_all_its_hits(reader: Person, make: Make) -> None:
    for number in range(3):
        make(reader, f"List {number}", *range(60))
    browser = signed_in(reader)
    asked = []
    for size in (10, 50):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/Search/Results?lookfor=sample&type=AllFields&limit={size}").status_code == 200
        asked.append([query["sql"] for query in queries if "lists_item" in query["sql"]])
    assert [len(queries) for queries in asked] == [1, 1]


def test_marks_are_of_lists_the_reader_may_edit(reader: Person, other: Person, make: Make) -> None:
    for title, role in (("Edited", Role.EDITOR), ("Read", Role.READER), ("Foreign", None)):
        kept = make(other, title, 1)
        if role:
            Member.objects.create(reading_list=kept, person=reader, role=role)
    assert [link.title for link in saved_in(reader, ["sample-1"])["sample-1"]] == ["Edited"]


def test_a_stranger_has_no_marks_and_asks_no_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert saved_in(None, ["sample-1"]) == {}
