"""Notes: once for each place, in the order of places, and in a form that other languages can be made of."""

from bookwheel.search.notes import Notes, remark
from bookwheel.search.query import Note


def test_a_note_names_its_values() -> None:
    note = remark("limit", "At most %(most)s of %(what)s.", 3, 5, honoured=False, most=8, what="hits")
    assert (note.text, note.template) == ("At most 8 of hits.", "At most %(most)s of %(what)s.")
    assert note.values == (("most", "8"), ("what", "hits"))
    assert (note.start, note.end, note.honoured) == (3, 5, False)


def test_a_note_without_values_is_its_text() -> None:
    assert remark("odd", "100 % of it.") == Note("odd", "100 % of it.")


def test_notes_come_in_the_order_of_their_places_and_once() -> None:
    notes = Notes()
    notes.add("b", "Behind.", 7, 9)
    notes.lost("a", "Before %(word)s.", 1, 2, word="it")
    notes.add("b", "Behind.", 7, 9)
    notes.add("whole", "All of it.")
    assert [note.text for note in notes.all()] == ["All of it.", "Before it.", "Behind."]
