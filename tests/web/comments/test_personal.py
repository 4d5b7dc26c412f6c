"""A person's comments and stars, taken along and put back."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookwheel.web.comments.entry import clean
from bookwheel.web.comments.models import LONGEST, Comment, Rating, State
from bookwheel.web.comments.personal import put_back, take_out
from bookwheel.web.comments.tab import comments_of
from bookwheel.web.comments.writing import rate, write
from bookwheel.web.people.models import Person
from bookwheel.web.works.models import Work

_RECORDS = st.sampled_from(["a", "b"])
_TEXTS = st.text(min_size=1, max_size=50).filter(lambda text: bool(clean(text)))


@given(
    st.lists(st.tuples(_RECORDS, _TEXTS, st.sampled_from(State.values)), max_size=4),
    st.dictionaries(_RECORDS, st.integers(1, 5)),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_taken_out_comes_back(
    reader: Person, comments: list[tuple[str, str, str]], stars: dict[str, int]
) -> None:
    for record_id, text, state in comments:
        work, _ = Work.objects.get_or_create(record_id=record_id)
        Comment.objects.create(person=reader, work=work, text=clean(text), state=state)
    for record_id, number in stars.items():
        work, _ = Work.objects.get_or_create(record_id=record_id)
        Rating.objects.create(person=reader, work=work, stars=number)
    taken = take_out(reader)
    Work.objects.all().delete()
    assert not Comment.objects.exists()
    assert put_back(reader, json.loads(json.dumps(taken))) == len(taken)
    assert take_out(reader) == taken
    assert put_back(reader, taken) == 0
    Work.objects.all().delete()


def test_hidden_comment_comes_back_hidden(reader: Person, work: Work) -> None:
    write(reader, work, "Buy this.")
    Comment.objects.update(state=State.HIDDEN)
    taken = take_out(reader)
    Comment.objects.all().delete()
    put_back(reader, taken)
    assert comments_of(None, work.record_id) == ()


@pytest.mark.usefixtures("moderated")
def test_comment_that_comes_back_is_read_first(reader: Person, work: Work) -> None:
    write(reader, work, "First.")
    Comment.objects.update(state=State.SHOWN)
    taken = take_out(reader)
    Comment.objects.all().delete()
    put_back(reader, taken)
    assert Comment.objects.get().state == State.WAITING


def test_stars_given_meanwhile_stay(reader: Person, work: Work) -> None:
    rate(reader, work, 2)
    taken = take_out(reader)
    rate(reader, work, 5)
    assert put_back(reader, taken) == 0
    assert Rating.objects.get().stars == 5


GOOD: dict[str, Any] = {"record": "a", "text": "First.", "hidden": False, "made": "2026-01-02T03:04:05Z", "changed": ""}


@pytest.mark.parametrize(
    "changes",
    [
        {"text": " "},
        {"text": "x" * (LONGEST + 1)},
        {"text": None},
        {"made": ""},
        {"changed": "later"},
        {"record": 7},
        {"stars": 6},
        {"stars": True},
        {"stars": "5"},
        {"stars": [5]},
    ],
)
def test_what_was_never_taken_out_is_refused(reader: Person, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        put_back(reader, [GOOD, GOOD | changes])
    assert not Comment.objects.exists()
