"""A person is found in every table, whichever way a row tells of them; and when they are gone, in none."""

from tests.web.conftest import signed_in
from tests.web.safety.conftest import canary
from tests.web.safety.examples import make
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import World
from tests.web.safety.tables import dump, mentions


def test_a_person_is_found_by_key_address_name_and_session(world: World) -> None:
    signed_in(world.owner)
    found = {(mention.table, mention.column) for mention in mentions(world.owner.pk, world.owner.email, "THE OWNER")}
    assert found >= {
        ("people_person", "id"),
        ("people_person", "email"),
        ("people_person", "name"),
        ("account_emailaddress", "user_id"),
        ("account_emailaddress", "email"),
    }
    assert "session_data" in {column for _, column in found}


def test_nothing_is_left_of_a_person_who_is_deleted(world: World) -> None:
    """The row of the person takes everything along; sessions are ended by the page for deleting an account."""
    make(world, canary)
    owner = world.owner
    number, email, name = owner.pk, owner.email, owner.name
    owner.delete()
    assert mentions(number, email, name) == ()
    theirs = [example for example in world.made if example.visibility == "private" and "owner" in example.seen_by]
    texts = [example.text for example in theirs]
    assert_none((table, row) for table, rows in dump().items() for row in rows if any(t in repr(row) for t in texts))
