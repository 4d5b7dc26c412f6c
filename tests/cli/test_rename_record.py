"""`bookwheel rename-record`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SEED_ID, Typed

from bookwheel.library import Library
from bookwheel.web.works.keeping import current_id
from bookwheel.web.works.models import Work

pytestmark = pytest.mark.django_db


def test_things_follow_to_the_new_id(typed: Typed, filled: Path) -> None:
    Work.objects.create(record_id="old")
    outcome = typed("rename-record", "old", SEED_ID, "--catalogue", filled)
    assert (outcome.code, outcome.out) == (0, f"old is {SEED_ID} now: 0 things of readers went with it.\n")
    assert current_id("old") == SEED_ID


def test_moved_records_are_found_by_what_their_source_calls_them(typed: Typed, filled: Path) -> None:
    with Library.open(filled) as library:
        found = library.record(SEED_ID)
    assert found is not None
    Work.objects.create(record_id="old", source=found.source, identifier=found.record.source_identifier)
    outcome = typed("rename-record", "--moved", "--json", "--catalogue", filled)
    assert json.loads(outcome.out) == [{"old": "old", "new": SEED_ID}]
    assert typed("rename-record", "--moved", "--catalogue", filled).out.startswith("Every record")


def test_new_record_has_to_be_there(typed: Typed, filled: Path) -> None:
    outcome = typed("rename-record", "old", "nobody", "--catalogue", filled)
    assert outcome.code == 4
    assert "nobody" in outcome.err


def test_old_record_has_to_be_gone(typed: Typed, filled: Path) -> None:
    with Library.open(filled) as library:
        other = library.store.changes(1, 1)[0].id
    outcome = typed("rename-record", other, SEED_ID, "--catalogue", filled)
    assert outcome.code == 1
    assert "still a record" in outcome.err


@pytest.mark.parametrize("arguments", [(), ("old",), ("old", "new", "--moved")])
def test_half_a_command_is_none(typed: Typed, filled: Path, arguments: tuple[str, ...]) -> None:
    assert typed("rename-record", *arguments, "--catalogue", filled).code == 2
