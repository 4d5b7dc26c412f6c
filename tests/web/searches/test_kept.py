"""A kept search asks for ever what it asked when it was saved."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.test_codec import TREES

from bookwheel.search.query import Filter, Query, Word
from bookwheel.search.url import from_url
from bookwheel.web.people.models import Person
from bookwheel.web.searches.keeping import MistakeError, already_saved, name_entered, name_for, save
from bookwheel.web.searches.kept import address_of, is_readable, key_of, query_at, query_of, settled
from bookwheel.web.searches.models import SavedSearch

ARTICLE, GERMAN = Filter("format", "Article"), Filter("language", "German", "none")


def asked(text: str, *more: tuple[str, str]) -> Query:
    return from_url([("lookfor", text), *more])


def test_tree_filters_years_order_and_reading_come_back(reader: Person) -> None:
    query = asked(
        "bees OR wasps",
        ("type", "Title"),
        ("filter[]", 'format:"Article"'),
        ("filter[]", 'publishDate:"[2001 TO 2020]"'),
        ("sort", "newest"),
        ("synonyms", "1"),
        ("syntax", "pubmed"),
        ("page", "7"),
        ("limit", "50"),
    )
    save(reader, query, "bees")
    assert query_of(SavedSearch.objects.get()) == settled(query)
    assert (settled(query).page, settled(query).sort, settled(query).synonyms) == (1, "newest", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (asked("bees  wasps"), asked("bees wasps")),
        (asked("bees AND wasps"), asked("bees wasps")),
        (asked("bees", ("sort", "newest"), ("page", "2")), asked("bees")),
        (replace(asked("bees"), filters=(ARTICLE, GERMAN)), replace(asked("bees"), filters=(GERMAN, ARTICLE))),
    ],
)
def test_the_same_search_is_known_however_it_was_written(reader: Person, one: Query, other: Query) -> None:
    saved = save(reader, one, "one")
    assert already_saved(reader, other) == saved
    assert save(reader, other, "other") == saved


@pytest.mark.parametrize("more", [("type", "Title"), ("synonyms", "0"), ("filter[]", 'format:"Article"')])
def test_another_search_is_another(more: tuple[str, str]) -> None:
    assert key_of(asked("bees")) != key_of(asked("bees", more))


def test_another_readers_search_is_not_mine(reader: Person, other: Person) -> None:
    save(other, asked("bees"), "bees")
    assert already_saved(reader, asked("bees")) is None


def test_search_of_a_later_version_is_asked_by_its_address(reader: Person) -> None:
    saved = save(reader, asked("bees", ("filter[]", 'format:"Article"')), "bees")
    body = json.loads(saved.query)
    saved.query = json.dumps({**body, "version": 99})
    assert not is_readable(saved)
    assert query_of(saved) == settled(asked("bees", ("filter[]", 'format:"Article"')))


def test_text_that_is_read_otherwise_today_is_asked_as_its_tree() -> None:
    query = replace(asked("bees wasps"), tree=Word("ants"))
    assert query_at(address_of(query)).tree == Word("ants")


@given(TREES, st.sampled_from(["AllFields", "Title"]))
def test_key_depends_on_the_tree_alone(tree: object, search_type: str) -> None:
    one = Query(text="a", tree=tree, search_type=search_type)  # type: ignore[arg-type]
    assert key_of(one) == key_of(replace(one, text="b", sort="title", page=3))


@pytest.mark.parametrize("text", ["", "  ", "x" * 101, "bees\u202e", "bees\x00", "a\ud800"])
def test_name_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(MistakeError):
        name_entered(text)


def test_name_is_one_line_in_composed_letters() -> None:
    assert name_entered("  Die \n Gro\u0308ße ") == "Die Größe"


@pytest.mark.parametrize("text", ["", "x" * 400, "bees\u202e", "bees\nwasps"])
def test_proposed_name_can_be_kept(text: str) -> None:
    name = name_for(Query(text=text))
    assert name_entered(name) == name


def test_no_more_are_kept_than_the_cap(reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookwheel.web.searches.keeping.MOST_SEARCHES", 2)
    save(reader, asked("one"), "1")
    save(reader, asked("two"), "2")
    with pytest.raises(MistakeError):
        save(reader, asked("three"), "3")
