"""Invitations, roles, links and what becomes of them."""

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make
from tests.web.page import Page

from bookwheel.web.lists.models import Action, Member, Purpose, ReadingList, Role, Share, Visibility
from bookwheel.web.lists.shares import new_share, share_of, token_of
from bookwheel.web.people.models import Person


def test_an_invitation_makes_whoever_follows_it_a_member_after_asking(
    reader: Person, other: Person, make: Make
) -> None:
    kept = make(reader, "Shared", 1)
    owner = signed_in(reader)
    owner.post(_sharing(kept), {"action": "invite", "role": "editor"})
    address = Page(owner.get(_sharing(kept))).texts("//textarea[contains(., '/Join?')]")[0]
    path = address.removeprefix("http://testserver")
    browser = signed_in(other)
    assert "Ada shares a list with you" in Page(browser.get(path)).text()
    assert not Member.objects.exists()
    assert browser.post(path)["Location"] == f"/MyResearch/MyList/{kept.public_id}"
    assert Member.objects.get().role == Role.EDITOR
    assert Page(browser.get("/MyResearch/Favorites")).texts("//section//p[@class='list-title']") == ["Shared"]


def test_a_stranger_with_an_invitation_signs_in_first_and_comes_back(
    client: Client, reader: Person, make: Make
) -> None:
    kept = make(reader, "Shared")
    token = token_of(new_share(kept, Purpose.INVITATION))
    answer = client.get(f"/MyResearch/MyList/{kept.public_id}/Join?token={token}")
    assert answer["Location"].startswith("/MyResearch/Login?next=%2FMyResearch%2FMyList%2F")


def test_a_revoked_invitation_leads_nowhere(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Shared")
    share = new_share(kept, Purpose.INVITATION)
    address = f"/MyResearch/MyList/{kept.public_id}/Join?token={token_of(share)}"
    signed_in(reader).post(_sharing(kept), {"action": "revoke", "share": share.pk})
    assert signed_in(other).post(address).status_code == 404
    assert not Member.objects.exists()


def test_the_link_of_another_list_is_not_revoked(reader: Person, other: Person, make: Make) -> None:
    mine, theirs = make(reader, "Mine"), make(other, "Theirs")
    share = new_share(theirs, Purpose.LINK)
    signed_in(reader).post(_sharing(mine), {"action": "revoke", "share": share.pk})
    assert Share.objects.filter(pk=share.pk).exists()


def test_an_invitation_to_read_does_not_take_away_what_an_editor_may(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Shared")
    Member.objects.create(reading_list=kept, person=other, role=Role.EDITOR)
    token = token_of(new_share(kept, Purpose.INVITATION, Role.READER))
    signed_in(other).post(f"/MyResearch/MyList/{kept.public_id}/Join?token={token}")
    assert Member.objects.get().role == Role.EDITOR


def test_the_owner_changes_roles_and_removes_members(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Shared")
    member = Member.objects.create(reading_list=kept, person=other, role=Role.READER)
    owner = signed_in(reader)
    owner.post(_sharing(kept), {"action": "role", "member": member.pk, "role": "editor"})
    assert Member.objects.get().role == Role.EDITOR
    owner.post(_sharing(kept), {"action": "expel", "member": member.pk})
    assert not Member.objects.exists()


def test_a_member_leaves(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Shared")
    Member.objects.create(reading_list=kept, person=other, role=Role.READER)
    browser = signed_in(other)
    assert Page(browser.get(f"/MyResearch/MyList/{kept.public_id}")).count("//form[@class='leave']") == 1
    browser.post(f"/MyResearch/MyList/{kept.public_id}/Leave")
    assert not Member.objects.exists()
    assert browser.get(f"/MyResearch/MyList/{kept.public_id}").status_code == 404


def test_who_is_no_member_of_a_public_list_has_nothing_to_leave(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Shared", visibility=Visibility.PUBLIC)
    assert signed_in(other).post(f"/MyResearch/MyList/{kept.public_id}/Leave").status_code == 404


def test_showing_a_list_by_link_makes_the_link(reader: Person, client: Client, make: Make) -> None:
    kept = make(reader, "Shared", 1)
    owner = signed_in(reader)
    owner.post(_sharing(kept), {"action": "visibility", "visibility": "link"})
    address = Page(owner.get(_sharing(kept))).texts("//textarea[contains(., '?token=')]")[0]
    assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize(
    "given", [{"action": "visibility", "visibility": "x"}, {"action": "invite", "role": "owner"}, {}]
)
def test_what_no_button_sends_changes_nothing(reader: Person, make: Make, given: dict[str, str]) -> None:
    kept = make(reader, "Shared")
    signed_in(reader).post(_sharing(kept), given)
    assert not Share.objects.exists()
    assert ReadingList.objects.get().visibility == Visibility.PRIVATE


def test_no_page_of_a_list_tells_an_address(reader: Person, other: Person, make: Make) -> None:
    kept = make(reader, "Shared", 1)
    Person.objects.update(name="")
    Member.objects.create(reading_list=kept, person=other, role=Role.EDITOR)
    signed_in(other).post("/Record/sample-2/Save", {"list": kept.public_id})
    for part in ("", "/Sharing", "/History"):
        text = signed_in(reader).get(f"/MyResearch/MyList/{kept.public_id}{part}").content
        assert b"bert@" not in text


def test_each_sharing_is_written_down(reader: Person, make: Make) -> None:
    kept = make(reader, "Shared")
    owner = signed_in(reader)
    owner.post(_sharing(kept), {"action": "visibility", "visibility": "public"})
    owner.post(_sharing(kept), {"action": "feed"})
    assert list(kept.changes.order_by("pk").values_list("action", flat=True)) == [
        Action.MADE,
        Action.SHOWN,
        Action.INVITED,
    ]


@pytest.mark.parametrize("token", ["", "x", "a.b", "a" * 500, "0" * 32 + ".forged"])
def test_a_made_up_token_is_nobody_s(token: str) -> None:
    assert share_of(token, Purpose.LINK) is None


def test_the_database_alone_makes_no_token(reader: Person, make: Make) -> None:
    share = new_share(make(reader, "Shared"), Purpose.LINK)
    assert share_of(share.nonce, Purpose.LINK) is None
    assert share_of(token_of(share), Purpose.LINK) == share


def _sharing(kept: ReadingList) -> str:
    return f"/MyResearch/MyList/{kept.public_id}/Sharing"


def test_who_saved_a_work_is_told_to_those_who_share_the_list_alone(
    reader: Person, other: Person, client: Client, make: Make
) -> None:
    kept = make(reader, "Shared", 1, visibility=Visibility.PUBLIC)
    Member.objects.create(reading_list=kept, person=other, role=Role.EDITOR)
    signed_in(other).post("/Record/sample-2/Save", {"list": kept.public_id})
    address = f"/MyResearch/MyList/{kept.public_id}"
    for browser, named in ((signed_in(reader), ["saved by Ada", "saved by Bert"]), (client, [])):
        assert Page(browser.get(address)).texts("//p[contains(@class, 'item-by')]") == named
