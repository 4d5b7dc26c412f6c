"""A reader's own tags over all records."""

from django.test import Client
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.people.models import Person
from bookwheel.web.tags.mine import remove_own, rename_own, set_private
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.record import record_tags
from bookwheel.web.tags.tagging import add_tags, tags_of
from bookwheel.web.works.models import Work

PAGE, CHANGE = "/MyResearch/Tags", "/MyResearch/Tags/Change"


def test_renaming_changes_ones_own_tags_only(reader: Person, other: Person, work: Work, second: Work) -> None:
    for person, tagged in ((reader, work), (reader, second), (other, work)):
        add_tags(person, tagged, "lukemia")
    assert rename_own(reader, "Lukemia", "leukemia") == 2
    assert tags_of(reader, [work, second]) == {work.pk: ("leukemia",), second.pk: ("leukemia",)}
    assert tags_of(other, [work]) == {work.pk: ("lukemia",)}


def test_renaming_onto_another_own_tag_leaves_one(reader: Person, work: Work) -> None:
    add_tags(reader, work, "CLL leukemia")
    rename_own(reader, "CLL", "Leukemia")
    assert tags_of(reader, [work]) == {work.pk: ("leukemia",)}
    assert Tag.objects.count() == 1


def test_another_spelling_is_shown_while_nobody_else_uses_the_tag(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "cll")
    rename_own(reader, "cll", "CLL")
    assert tags_of(reader, [work]) == {work.pk: ("CLL",)}
    add_tags(other, work, "CLL")
    rename_own(reader, "cll", "cLL")
    assert tags_of(reader, [work]) == {work.pk: ("CLL",)}


def test_renaming_a_private_tag_keeps_it_private(reader: Person, work: Work) -> None:
    add_tags(reader, work, "one", private=True)
    rename_own(reader, "one", "two")
    assert Tagging.objects.get().is_private


def test_removing_and_hiding_touch_nobody_else(reader: Person, other: Person, work: Work) -> None:
    for person in (reader, other):
        add_tags(person, work, "shared")
    assert set_private(reader, "shared", True) == 1
    assert record_tags(other, work.record_id)[0].count == 1
    assert remove_own(reader, "shared") == 1
    assert [row.person for row in Tagging.objects.all()] == [other]


def test_page_lists_the_readers_tags(
    catalogue: StubLibrary, reader: Person, other: Person, work: Work, second: Work
) -> None:
    add_tags(reader, work, "alpha beta")
    add_tags(reader, second, "beta", private=True)
    add_tags(other, work, "theirs")
    page = Page(signed_in(reader).get(PAGE))
    assert page.texts("//table//tbody/tr/th") == ["alpha", "beta"]
    assert page.texts("//table//tbody/tr/td[1]/span[@class='on-wide']") == ["1", "2"]
    assert page.texts("//table//tbody/tr/td[2]") == ["everybody", "everybody, but on 1 record only you"]


def test_every_form_of_the_page_does_what_it_says(catalogue: StubLibrary, reader: Person, work: Work) -> None:
    add_tags(reader, work, "alpha")
    client = signed_in(reader)
    said = []
    for name, changes in (("rename", {"new": "beta"}), ("hide", {}), ("show", {}), ("delete", {})):
        form = Page(client.get(PAGE)).root.xpath(f"//form[input[@name='do'][@value='{name}']]")[0]
        response = client.post(form.get("action"), dict(form.form_values()) | changes)
        said.append(Page(client.get(response["Location"])).text("//p[@role='status']"))
    assert said == [
        "Your tag “alpha” is “beta” now.",
        "Only you see your tag “beta” now.",
        "Everybody sees your tag “beta” now.",
        "“beta” was taken off 1 record.",
    ]
    assert not Tag.objects.exists()


def test_name_that_is_none_changes_nothing(catalogue: StubLibrary, reader: Person, work: Work) -> None:
    add_tags(reader, work, "alpha")
    client = signed_in(reader)
    client.post(CHANGE, {"do": "rename", "tag": "alpha", "new": ' " '})
    assert "keeps its name" in Page(client.get(PAGE)).text("//p[@role='status']")
    assert tags_of(reader, [work]) == {work.pk: ("alpha",)}


def test_page_is_for_the_signed_in(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/MyResearch/Login")
    assert client.get(CHANGE).status_code == 405
