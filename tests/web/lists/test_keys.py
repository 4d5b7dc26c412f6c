"""What items are sorted and searched by."""

import pytest

from bookwheel.web.lists.entry import MistakeError, notes_entered, title_entered
from bookwheel.web.lists.keys import set_keys, words_asked
from bookwheel.web.lists.models import Item
from bookwheel.web.works.models import Work


def test_titles_sort_where_a_reader_looks_for_them() -> None:
    titles = ["The Éclair", "Zebra", "Étude", "apple"]
    assert sorted(titles, key=lambda title: _item(title).title_key) == ["apple", "The Éclair", "Étude", "Zebra"]


@pytest.mark.parametrize("text", ["etud", "ÉTUDE", "lefev", "2012", "noted"])
def test_an_item_is_found_by_beginnings_of_words_without_accents_and_case(text: str) -> None:
    item = _item("Étude of leukemia", "Lefèvre, Anne", "2012", "Noted twice")
    assert all(word in item.words for word in words_asked(text))


def test_a_title_is_one_line_in_composed_letters() -> None:
    assert title_entered("  E\u0301tude\n of \t things ") == "Étude of things"


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\u2066b", "\x1b[31m"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(MistakeError):
        title_entered(text)
    with pytest.raises(MistakeError):
        notes_entered(text)


def test_notes_keep_their_lines() -> None:
    assert notes_entered("one\r\ntwo\n") == "one\ntwo"


def _item(title: str, author: str = "", year: str = "", notes: str = "") -> Item:
    item = Item(notes=notes)
    set_keys(item, Work(record_id="x", title=title, author=author, year=year))
    return item
