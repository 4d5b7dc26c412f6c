"""Putting tags on records and taking them off again."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bookwheel.web.people.models import Person
from bookwheel.web.tags import tagging
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.tagging import Added, add_tags, remove_tag, replace_tags, tags_of
from bookwheel.web.works.models import Work


def test_tags_of_a_text_are_added(reader: Person, work: Work) -> None:
    assert add_tags(reader, work, 'leukemia "targeted therapy"') == Added(("leukemia", "targeted therapy"))
    assert tags_of(reader, [work]) == {work.pk: ("leukemia", "targeted therapy")}


def test_empty_text_adds_nothing(reader: Person, work: Work) -> None:
    assert add_tags(reader, work, " ,; ") == Added()


def test_spelling_of_the_first_is_shown(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "CLL")
    assert add_tags(other, work, "cll").tags == ("CLL",)
    assert Tag.objects.count() == 1


def test_private_spelling_is_not_shown_to_others(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "sTuPiD", private=True)
    assert add_tags(other, work, "stupid").tags == ("stupid",)
    assert tags_of(reader, [work]) == {work.pk: ("stupid",)}


def test_adding_again_changes_nothing(reader: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia", private=True)
    assert add_tags(reader, work, "Leukemia") == Added(("leukemia",))
    assert Tagging.objects.get().is_private


def test_too_long_tag_is_refused_with_a_message_and_not_cut(reader: Person, work: Work) -> None:
    added = add_tags(reader, work, f"short {'x' * 65}")
    assert added.tags == ("short",)
    assert "at most 64 characters" in added.refused[0]
    assert Tag.objects.get().shown == "short"


def test_day_has_a_cap(reader: Person, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "A_DAY", 2)
    added = add_tags(reader, work, "one two three four")
    assert added.tags == ("one", "two")
    assert added.refused == ("2 tags were not added: 2 a day are the most. Try again tomorrow.",)


def test_cap_is_of_one_day(reader: Person, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "A_DAY", 1)
    add_tags(reader, work, "one")
    Tagging.objects.update(made=timezone.now() - timedelta(hours=25))
    assert add_tags(reader, work, "two").tags == ("two",)


def test_unverified_address_adds_nothing(reader: Person, work: Work) -> None:
    EmailAddress.objects.update(verified=False)
    added = add_tags(reader, work, "leukemia")
    assert added.tags == ()
    assert added.refused == ("Tags can be given once your e-mail address is verified.",)


def test_closed_account_adds_nothing(reader: Person, work: Work) -> None:
    reader.is_active = False
    assert add_tags(reader, work, "leukemia").tags == ()


def test_removing_takes_the_persons_own_tag(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia")
    add_tags(other, work, "leukemia")
    assert remove_tag(reader, work, "LEUKEMIA")
    assert not remove_tag(reader, work, "leukemia")
    assert [row.person for row in Tagging.objects.all()] == [other]


def test_tag_without_readers_is_forgotten(reader: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia")
    remove_tag(reader, work, "leukemia")
    assert not Tag.objects.exists()


def test_hidden_tag_without_readers_is_remembered(reader: Person, work: Work) -> None:
    add_tags(reader, work, "spam")
    Tag.objects.update(is_hidden=True)
    remove_tag(reader, work, "spam")
    assert Tag.objects.get().is_hidden


def test_replacing_keeps_what_stands_in_both(reader: Person, work: Work) -> None:
    add_tags(reader, work, "one two")
    before = Tagging.objects.get(tag__folded="two").pk
    assert replace_tags(reader, work, "TWO three") == Added(("two", "three"))
    assert tags_of(reader, [work]) == {work.pk: ("three", "two")}
    assert Tagging.objects.get(tag__folded="two").pk == before


def test_deleted_person_leaves_no_word_behind(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "mine shared")
    add_tags(other, work, "shared")
    reader.delete()
    assert [tag.shown for tag in Tag.objects.all()] == ["shared"]


def test_tags_of_many_works_are_one_question(
    reader: Person, work: Work, second: Work, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_tags(reader, work, "leukemia")
    with django_assert_num_queries(1):
        assert tags_of(reader, [work, second]) == {work.pk: ("leukemia",)}
