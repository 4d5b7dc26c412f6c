"""Makes a list of each visibility, with a work, notes, a member, a history, and a token for each purpose."""

from collections.abc import Callable

from tests.web.safety.kinds import EVERYBODY, RECORD, Deed, Example, Place, Role, Visibility, World
from tests.web.safety.making import TAKEN_OUT

from bookwheel.web.library import library
from bookwheel.web.lists.addresses import PUBLIC, delete_address, edit_address, list_address, share_address
from bookwheel.web.lists.filling import add
from bookwheel.web.lists.models import Member, Purpose, ReadingList
from bookwheel.web.lists.models import Role as Membership
from bookwheel.web.lists.shares import new_share

_OWNER: frozenset[Role] = frozenset({"owner"})
_BOTH: frozenset[Role] = frozenset({"owner", "member"})
_NOBODY: frozenset[Role] = frozenset()


def reading_list(world: World, visibility: Visibility, text: str) -> Example:
    """The text is its title, its description and its notes. The member edits the private one, and reads the others."""
    made = ReadingList.objects.create(owner=world.owner, title=text, description=text, visibility=visibility)
    add(made, world.owner, library().found([world.record_id]), notes=text)
    edits = visibility == "private"
    member = Member.objects.create(
        reading_list=made,
        person=world.people["member"],
        role=Membership.EDITOR if edits else Membership.READER,
    )
    link, feed, invitation = (share_address(new_share(made, purpose), made) for purpose in Purpose)
    return Example(
        kind="list",
        visibility=visibility,
        text=text,
        seen_by=EVERYBODY if visibility == "public" else _BOTH,
        places=_places(made, visibility, (link, feed, invitation)),
        secrets={"private": (feed,), "link": (feed, link, *map(_within(link), _FORMATS)), "public": ()}[visibility],
        invitations=(invitation,),
        deeds=_deeds(made, world, _BOTH if edits else _OWNER, (invitation, member.pk)),
    )


_FORMATS = ("Export", "Feed?form=atom", "Feed?form=rss", "Feed?form=json")
"""Parts of a list's page; what the page that a link opens leads to bears the same token."""


def _places(made: ReadingList, visibility: Visibility, tokens: tuple[str, str, str]) -> tuple[Place, ...]:
    link, feed, invitation = tokens
    seen_by = EVERYBODY if visibility == "public" else _BOTH
    editors = _BOTH if visibility == "private" else _OWNER
    number = made.public_id
    every = (
        Place(list_address(number), seen_by),
        *(Place(list_address(number, part), seen_by) for part in _FORMATS[:1]),
        *(Place(f"{list_address(number, 'Feed')}?form={form}", seen_by) for form in ("atom", "rss", "json")),
        *(Place(f"{list_address(number, 'Export')}?style={form}", seen_by, _NOBODY) for form in ("RIS", "csv")),
        # A token opens what it was made for, and nothing else.
        Place(_moved(feed, list_address(number)), seen_by),
        Place(_moved(invitation, list_address(number)), seen_by),
        Place(_moved(invitation, list_address(number, "Export")), seen_by),
        Place(_moved(invitation, list_address(number, "Feed")), seen_by),
        *(Place(list_address(number, part), _OWNER) for part in ("Sharing", "History")),
        *(Place(_moved(link, list_address(number, part)), _OWNER) for part in ("Sharing", "History")),
        Place(edit_address(number), _OWNER),
        Place(delete_address(number), _OWNER),
        # Pages of other things, where it stands for some.
        Place("/MyResearch/Favorites", None, _BOTH),
        Place(TAKEN_OUT, None, _OWNER),
        Place(RECORD, None, editors),
        Place(f"{RECORD}/Save", None, editors),
    )
    if visibility == "public":
        return (*every, Place(PUBLIC, None))
    if visibility == "private":
        # What was shown by link and is not any more: the link that is still there opens nothing.
        return (*every, Place(link, seen_by), *(Place(_within(link)(part), seen_by) for part in _FORMATS))
    return every


def _deeds(made: ReadingList, world: World, editors: frozenset[Role], other: tuple[str, int]) -> tuple[Deed, ...]:
    number, chosen = made.public_id, {"id": world.record_id}
    invitation, member = other
    sharing = list_address(number, "Sharing")
    shown = "link" if made.visibility == "public" else "public"
    return (
        Deed(edit_address(number), {"title": "taken over"}, _OWNER),
        Deed(sharing, {"action": "invite", "role": "editor"}, _OWNER),
        Deed(sharing, {"action": "visibility", "visibility": shown}, _OWNER),
        Deed(sharing, {"action": "expel", "member": str(member)}, _OWNER),
        Deed(list_address(number, "Items"), {"id[]": world.record_id, "action": "remove"}, editors),
        Deed(list_address(number, "Item"), {**chosen, "action": "notes", "notes": "Another note."}, editors),
        Deed(list_address(number, "Item"), {**chosen, "action": "remove"}, editors),
        Deed(list_address(number, "Remove"), chosen, editors),
        Deed(list_address(number, "Leave"), {}, frozenset({"member"})),
        Deed(invitation, {}, frozenset({"other", "curator", "operator"}), led_on=_BOTH),
        Deed(delete_address(number), {}, _OWNER),
    )


def _moved(secret: str, address: str) -> str:
    """Another address with the token of this one."""
    return f"{address}{'&' if '?' in address else '?'}{secret.partition('?')[2]}"


def _within(link: str) -> Callable[[str], str]:
    """Parts of the list's page, opened with the same token."""
    path = link.partition("?")[0]
    return lambda part: _moved(link, f"{path}/{part}")
