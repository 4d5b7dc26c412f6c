"""Reading changes nothing: every address, by GET and HEAD, by everybody (reliability S18)."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from tests.web.safety.conftest import Crawled
from tests.web.safety.crawling import ASKING_FURTHER, Answer, watched
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import ROLES, Role, World
from tests.web.safety.tables import changed, dump

from bookwheel.web.people.models import Person

KEPT_BY_READING: Mapping[str, str] = MappingProxyType(
    {
        # The key of an app for codes is made when it is shown, and kept until a form proves that the app has it.
        # What is said of a page that leads on at once is kept for the next.
        "/account/factor/": "account_session",
        # The key of a link from a letter goes out of the address, so that no other page is told of it.
        "/account/recover/": "account_session",
    }
)
"""By the beginning of an address, the one table that a GET may write: what a browser's own session holds meanwhile."""


@pytest.mark.parametrize("role", ROLES)
def test_no_address_writes_when_it_is_read(crawled: Crawled, role: Role) -> None:
    wrote = {f"{a.method} {a.address}": a.writes for a in crawled.of(role) if not _are_allowed(a)}
    assert_none(wrote.items())


@pytest.mark.parametrize("role", ROLES)
def test_people_keep_what_they_had(crawled: Crawled, role: Role) -> None:
    kept = KEPT_BY_READING.values()
    assert_none((table, rows) for table, rows in crawled.changes[role].items() if table not in kept)


def test_the_catalogue_keeps_what_it_had(crawled: Crawled) -> None:
    assert crawled.store_is_unchanged


@pytest.mark.parametrize("role", ROLES)
def test_every_address_is_answered(crawled: Crawled, role: Role) -> None:
    """Nothing breaks, and enough was asked for the rest of this file to mean something."""
    answers = crawled.of(role)
    assert_none(str(answer) for answer in answers if answer.status >= 500)
    assert sum(answer.status == 200 for answer in answers) > 50


@pytest.mark.parametrize("role", sorted(ASKING_FURTHER))
def test_head_answers_as_get_without_a_body(crawled: Crawled, role: Role) -> None:
    got = {answer.address: answer for answer in crawled.of(role) if answer.method == "GET"}
    heads = [answer for answer in crawled.of(role) if answer.method == "HEAD"]
    assert len(heads) > 100
    assert_none(str(head) for head in heads if head.body or head.status != got[head.address].status)


def _are_allowed(answer: Answer) -> bool:
    tables = [table for begin, table in KEPT_BY_READING.items() if answer.address.startswith(begin)]
    return all(any(f'"{table}"' in sql for table in tables) for sql in answer.writes)


def test_a_write_would_be_seen(world: World) -> None:
    before = dump()
    with watched() as writes:
        Person.objects.filter(pk=world.owner.pk).update(language="de")
    assert len(writes) == 1
    assert len(changed(before, dump())["people_person"]) == 2
