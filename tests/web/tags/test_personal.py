"""A person's tags, taken along and put back."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookwheel.web.people.models import Person
from bookwheel.web.tags.entry import single
from bookwheel.web.tags.models import Tagging
from bookwheel.web.tags.personal import put_back, take_out
from bookwheel.web.tags.tagging import add_tags
from bookwheel.web.works.keeping import rename
from bookwheel.web.works.models import Work

_TAGS = st.text(max_size=20).map(single).filter(bool)
_GIVEN = st.lists(st.tuples(st.sampled_from(["a", "b/c", "ü"]), _TAGS, st.booleans()), max_size=8)


@given(_GIVEN)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_taken_out_comes_back(reader: Person, tags: list[tuple[str, str, bool]]) -> None:
    Tagging.objects.all().delete()
    for record_id, tag, private in tags:
        work, _ = Work.objects.get_or_create(record_id=record_id, defaults={"title": f"Title of {record_id}"})
        add_tags(reader, work, f'"{tag}"', private)
    taken = take_out(reader)
    Tagging.objects.all().delete()
    Work.objects.all().delete()
    assert put_back(reader, json.loads(json.dumps(taken))) == len(taken)
    assert take_out(reader) == taken
    assert put_back(reader, taken) == 0


def test_nothing_of_others_is_taken_out(reader: Person, other: Person, work: Work) -> None:
    add_tags(other, work, "theirs")
    assert take_out(reader) == []


def test_tags_of_a_former_id_come_back_on_the_record(reader: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia")
    taken = take_out(reader)
    Tagging.objects.all().delete()
    rename(work.record_id, "new")
    put_back(reader, taken)
    assert Tagging.objects.get().work.record_id == "new"


GOOD: dict[str, Any] = {"record": "a", "tag": "leukemia", "private": False, "made": "2026-01-02T03:04:05+00:00"}


@pytest.mark.parametrize(
    "changes",
    [
        {"tag": ""},
        {"tag": "x" * 65},
        {"tag": 7},
        {"tag": "\ud800"},
        {"record": ""},
        {"record": "x" * 501},
        {"record": None},
        {"private": "yes"},
        {"made": "yesterday"},
        {"made": "2026-01-02T03:04:05"},
        {"title": ["a"]},
    ],
)
def test_what_was_never_taken_out_is_refused(reader: Person, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        put_back(reader, [GOOD, GOOD | changes])
    assert not Tagging.objects.exists()
