"""A Work by its record's id, and an id that changes."""

import pytest
from django.test import Client
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.comments.models import Comment, Rating
from bookwheel.web.people.models import Person
from bookwheel.web.tags.tagging import add_tags, tags_of
from bookwheel.web.works.keeping import current_id, rename, work_of, works_of
from bookwheel.web.works.models import FormerId, Work


def work(record_id: str) -> Work:
    return Work.objects.create(record_id=record_id, title=f"Title of {record_id}")


def test_work_is_made_once_and_kept_up_to_date(catalogue: StubLibrary) -> None:
    found = catalogue.record(SEED_ID)
    assert found is not None
    made = work_of(found)
    Work.objects.update(title="An older title")
    assert work_of(found) == made
    assert Work.objects.get().title == "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
    assert works_of([SEED_ID, "nobody"]) == {SEED_ID: made}


def test_everything_follows_to_the_new_id(reader: Person) -> None:
    old = work("old")
    add_tags(reader, old, "leukemia")
    Comment.objects.create(person=reader, work=old, text="First.")
    Rating.objects.create(person=reader, work=old, stars=4)
    assert rename("old", "new") == 3
    new = Work.objects.get()
    assert (new.record_id, new.title) == ("new", "Title of old")
    assert tags_of(reader, [new]) == {new.pk: ("leukemia",)}
    assert Comment.objects.get().work == Rating.objects.get().work == new
    assert current_id("old") == current_id("new") == "new"


def test_what_hangs_on_both_is_kept_once(reader: Person, other: Person) -> None:
    old, new = work("old"), work("new")
    add_tags(reader, old, "shared mine")
    add_tags(reader, new, "shared")
    add_tags(other, old, "shared")
    Rating.objects.create(person=reader, work=old, stars=1)
    Rating.objects.create(person=reader, work=new, stars=5)
    rename("old", "new")
    assert tags_of(reader, [new]) == {new.pk: ("mine", "shared")}
    assert tags_of(other, [new]) == {new.pk: ("shared",)}
    assert Rating.objects.get().stars == 5
    assert Work.objects.get().title == "Title of new"


def test_former_ids_lead_to_the_latest() -> None:
    rename("first", "second")
    rename("second", "third")
    assert [current_id(each) for each in ("first", "second", "third")] == ["third"] * 3


def test_record_may_have_its_first_id_again() -> None:
    rename("first", "second")
    rename("second", "first")
    assert current_id("second") == current_id("first") == "first"
    assert FormerId.objects.count() == 1


def test_renaming_twice_is_renaming_once(reader: Person) -> None:
    add_tags(reader, work("old"), "leukemia")
    rename("old", "new")
    rename("old", "new")
    assert tags_of(reader, [Work.objects.get()]).values()
    assert current_id("old") == "new"


def test_same_id_is_refused() -> None:
    with pytest.raises(ValueError, match="already"):
        rename("same", "same")


def test_former_address_leads_to_the_record_for_good(client: Client) -> None:
    rename("old/id", SEED_ID)
    response = client.get("/Record/old%2Fid")
    assert (response.status_code, response["Location"]) == (301, f"/Record/{SEED_ID}")
    assert client.get("/Record/old%2Fid/Similar")["Location"] == f"/Record/{SEED_ID}/Similar"


def test_former_address_leads_on_while_its_record_is_withdrawn(catalogue: StubLibrary, client: Client) -> None:
    rename("sample-1", SEED_ID)
    assert client.get("/Record/sample-1").status_code == 200
    catalogue.deleted = frozenset({"sample-1"})
    assert client.get("/Record/sample-1")["Location"] == f"/Record/{SEED_ID}"


def test_id_that_nobody_ever_bore_is_not_found(client: Client) -> None:
    assert client.get("/Record/nobody").status_code == 404
