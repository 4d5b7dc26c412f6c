"""Who may see and who may change a list: every page, for every kind of reader, at every level of visibility."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.apps import apps
from django.test import Client
from tests.web.conftest import make_person, signed_in
from tests.web.lists.conftest import Make
from tests.web.stub import StubLibrary

from bookwheel.web.lists.models import Change, Member, Purpose, ReadingList, Role, Visibility
from bookwheel.web.lists.seeing import editable_by, visible_to
from bookwheel.web.lists.shares import new_share, token_of
from bookwheel.web.people.models import Person

Members: TypeAlias = Callable[[Visibility], tuple[ReadingList, dict[str, Client]]]

LOOKING = ("", "/Export", "/Export?style=ris")
OWNING = ("/Sharing", "/History")


@pytest.fixture
def members(_hash: str, reader: Person, make: Make) -> Members:
    """A list of Ada's, and browsers of everybody there can be."""

    def made(visibility: Visibility) -> tuple[ReadingList, dict[str, Client]]:
        kept = make(reader, "Guarded", 1, visibility=visibility)
        browsers = {"stranger": Client(raise_request_exception=False), "owner": signed_in(reader)}
        browsers["somebody"] = signed_in(make_person("somebody@example.org", _hash))
        for role in Role:
            person = make_person(f"{role}@example.org", _hash)
            Member.objects.create(reading_list=kept, person=person, role=role)
            browsers[role] = signed_in(person)
        return kept, browsers

    return made


@pytest.mark.parametrize("part", LOOKING)
@pytest.mark.parametrize("visibility", Visibility)
def test_only_those_who_may_see_a_list_do(members: Members, visibility: Visibility, part: str) -> None:
    kept, browsers = members(visibility)
    seen = {who for who, browser in browsers.items() if browser.get(_address(kept, part)).status_code == 200}
    assert seen == ({*browsers} if visibility == Visibility.PUBLIC else {"owner", "editor", "reader"})


@pytest.mark.parametrize("part", OWNING)
@pytest.mark.parametrize("visibility", Visibility)
def test_only_the_owner_shares_and_looks_back(members: Members, visibility: Visibility, part: str) -> None:
    kept, browsers = members(visibility)
    answers = {who: browser.get(_address(kept, part)).status_code for who, browser in browsers.items()}
    assert answers == {"stranger": 302, "somebody": 404, "reader": 404, "editor": 404, "owner": 200}


@pytest.mark.parametrize("visibility", Visibility)
def test_only_owner_and_editors_put_works_in_and_take_them_out(members: Members, visibility: Visibility) -> None:
    kept, browsers = members(visibility)
    for who, browser in browsers.items():
        before = kept.changes.count()
        browser.post(_address(kept, "/Items"), {"id[]": "sample-1", "action": "remove"})
        browser.post("/Record/sample-1/Save", {"list": kept.public_id})
        assert (kept.changes.count() > before) == (who in ("owner", "editor")), who


@pytest.mark.parametrize("address", ["/MyResearch/EditList/{}", "/MyResearch/DeleteList/{}"])
@pytest.mark.parametrize("visibility", Visibility)
def test_only_the_owner_renames_and_deletes(members: Members, visibility: Visibility, address: str) -> None:
    kept, browsers = members(visibility)
    for who in ("stranger", "somebody", "reader", "editor"):
        assert browsers[who].post(address.format(kept.public_id), {"title": "Taken over"}).status_code in (302, 404)
    assert ReadingList.objects.get(pk=kept.pk).title == "Guarded"
    assert browsers["owner"].post(address.format(kept.public_id), {"title": "Renamed"}).status_code == 302


def test_a_hidden_list_answers_as_one_that_never_was(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "Hidden", 1)
    hidden = client.get(_address(kept, "")).content
    unknown = client.get(f"/MyResearch/MyList/{'0' * 32}").content
    assert hidden.replace(kept.public_id.encode(), b"0" * 32) == unknown


def test_a_link_opens_a_list_until_it_is_revoked_or_the_list_is_private(
    client: Client, reader: Person, make: Make
) -> None:
    kept = make(reader, "By link", 1, visibility=Visibility.LINK)
    share = new_share(kept, Purpose.LINK)
    address = _address(kept, f"?token={token_of(share)}")
    assert client.get(address).status_code == 200
    ReadingList.objects.update(visibility=Visibility.PRIVATE)
    assert client.get(address).status_code == 404
    ReadingList.objects.update(visibility=Visibility.LINK)
    share.delete()
    assert client.get(address).status_code == 404


def test_a_link_stays_in_the_addresses_of_the_page_it_opened(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "By link", *range(30), visibility=Visibility.LINK)
    token = token_of(new_share(kept, Purpose.LINK))
    text = client.get(_address(kept, f"?token={token}")).content.decode()
    for part in (f"?page=2&amp;token={token}", f"/Export?token={token}", f'name="token" value="{token}"'):
        assert part in text


@pytest.mark.parametrize("purpose", [Purpose.FEED, Purpose.INVITATION])
def test_a_token_opens_what_it_was_made_for_alone(client: Client, reader: Person, make: Make, purpose: Purpose) -> None:
    kept = make(reader, "By link", 1, visibility=Visibility.LINK)
    token = token_of(new_share(kept, purpose))
    assert client.get(_address(kept, f"?token={token}")).status_code == 404


def test_a_public_list_of_a_closed_account_is_seen_by_nobody(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "For all", 1, visibility=Visibility.PUBLIC)
    Person.objects.filter(pk=reader.pk).update(is_active=False)
    assert client.get(_address(kept, "")).status_code == 404
    assert not visible_to(None).exists()


def test_what_a_list_shows_to_few_is_kept_by_no_cache(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "By link", 1, visibility=Visibility.LINK)
    token = token_of(new_share(kept, Purpose.LINK))
    for part in ("", "/Export", "/Export?style=ris"):
        address = _address(kept, part)
        answer = client.get(f"{address}{'&' if '?' in address else '?'}token={token}")
        assert answer["Cache-Control"] == "private, no-store"


def test_looking_at_every_page_changes_nothing(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Looked at", 1, 2)
    Member.objects.create(reading_list=kept, person=other, role=Role.EDITOR)
    token = token_of(new_share(kept, Purpose.INVITATION))
    pages = [
        *(
            _address(kept, part)
            for part in ("", "/Sharing", "/History", "/Export", "/Leave", "/Items", "/Item", "/Remove")
        ),
        _address(kept, f"/Join?token={token}"),
        f"/MyResearch/EditList/{kept.public_id}",
        f"/MyResearch/DeleteList/{kept.public_id}",
        "/MyResearch/EditList/NEW",
        "/MyResearch/Favorites",
        "/MyResearch/BulkSave?id[]=sample-1",
        "/MyResearch/SaveAll?lookfor=sample",
        "/Record/sample-3/Save",
        "/List/Browse",
        "/Cart/Home",
        "/Cart/Export?id[]=sample-1",
    ]
    browsers = [signed_in(person) for person in (reader, other)]
    before = _rows()
    for browser in browsers:
        for page in pages:
            assert browser.get(page).status_code < 500, page
    assert _rows() == before


def test_deleting_a_person_leaves_no_trace_of_them_in_lists(
    reader: Person, other: Person, make: Make, catalogue: StubLibrary
) -> None:
    own, shared = make(reader, "Own", 1), make(other, "Shared", 1)
    Member.objects.create(reading_list=shared, person=reader, role=Role.EDITOR)
    signed_in(reader).post("/Record/sample-2/Save", {"list": shared.public_id})
    reader.delete()
    assert not ReadingList.objects.filter(pk=own.pk).exists()
    assert not Member.objects.exists()
    assert shared.items.count() == 2
    assert set(shared.items.values_list("added_by", flat=True)) == {None, other.pk}
    assert not Change.objects.exclude(person=other).exclude(person=None).exists()


def test_nobody_edits_what_they_cannot_see(reader: Person, other: Person, make: Make) -> None:
    make(reader, "Own", 1)
    make(other, "Public", 1, visibility=Visibility.PUBLIC)
    for person in (reader, other, None):
        assert set(editable_by(person)) <= set(visible_to(person))


def _address(kept: ReadingList, part: str) -> str:
    return f"/MyResearch/MyList/{kept.public_id}{part}"


def _rows() -> list[object]:
    models = [model for label in ("lists", "works", "people") for model in apps.get_app_config(label).get_models()]
    return [sorted(map(str, model._base_manager.values_list())) for model in models]
