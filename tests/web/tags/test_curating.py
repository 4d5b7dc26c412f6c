"""What a curator does with tags for all."""

from bookwheel.web.people.models import Person
from bookwheel.web.tags.curating import rename_for_all, set_hidden
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.record import record_tags
from bookwheel.web.tags.tagging import add_tags, tags_of
from bookwheel.web.works.models import Work


def shown(person: Person | None, work: Work) -> list[tuple[str, int]]:
    return [(tag.tag, tag.count) for tag in record_tags(person, work.record_id)]


def test_renaming_is_for_all_readers(reader: Person, other: Person, work: Work, second: Work) -> None:
    for person, tagged in ((reader, work), (other, work), (other, second)):
        add_tags(person, tagged, "lukemia")
    assert rename_for_all("Lukemia", "leukemia") == 3
    assert shown(None, work) == [("leukemia", 2)]
    assert shown(None, second) == [("leukemia", 1)]
    assert Tag.objects.count() == 1


def test_renaming_onto_another_tag_merges_them(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "CLL leukemia")
    add_tags(other, work, "CLL")
    rename_for_all("cll", "Leukemia")
    assert shown(None, work) == [("leukemia", 2)]


def test_other_spelling_is_shown_to_all(reader: Person, work: Work) -> None:
    add_tags(reader, work, "cll")
    rename_for_all("cll", "CLL")
    assert shown(None, work) == [("CLL", 1)]


def test_private_tags_stay_as_their_writers_gave_them(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "lukemia", private=True)
    add_tags(other, work, "lukemia")
    rename_for_all("lukemia", "leukemia")
    assert tags_of(reader, [work]) == {work.pk: ("lukemia",)}
    assert tags_of(other, [work]) == {work.pk: ("leukemia",)}


def test_merging_keeps_what_was_given_for_all_to_see(reader: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia", private=True)
    add_tags(reader, work, "lukemia")
    rename_for_all("lukemia", "leukemia")
    assert not Tagging.objects.get().is_private


def test_renaming_a_hidden_tag_keeps_it_hidden(reader: Person, work: Work) -> None:
    add_tags(reader, work, "spam")
    set_hidden("spam", True)
    rename_for_all("spam", "advertisement")
    assert shown(None, work) == []


def test_hidden_tag_comes_back(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia")
    assert set_hidden("Leukemia", True)
    assert shown(other, work) == []
    assert set_hidden("leukemia", False)
    assert shown(other, work) == [("leukemia", 1)]


def test_hidden_word_stays_hidden_when_it_is_given_again(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "spam")
    set_hidden("spam", True)
    reader.delete()
    add_tags(other, work, "SPAM")
    assert shown(None, work) == []


def test_unknown_tag_is_said_to_be_unknown() -> None:
    assert rename_for_all("nobody", "somebody") == 0
    assert not set_hidden("nobody", True)
    assert not Tag.objects.exists()
