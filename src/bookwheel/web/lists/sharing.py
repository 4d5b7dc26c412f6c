"""Pages that share a list: who may see it, links and invitations that can be revoked, and the people they brought."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from bookwheel.web.catalog.addresses import site_address
from bookwheel.web.catalog.labels import number
from bookwheel.web.lists.addresses import ALL, list_address, share_address
from bookwheel.web.lists.history import keep
from bookwheel.web.lists.models import (
    MOST_MEMBERS,
    Action,
    Member,
    Purpose,
    ReadingList,
    Role,
    Share,
    Visibility,
)
from bookwheel.web.lists.seeing import owned, reader_of, seen
from bookwheel.web.lists.shares import MOST_SHARES, new_share, share_of
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import signed_in


@dataclass(frozen=True, slots=True)
class ShareView:
    """A link that was made: its number for forms, its absolute address, and what it lets people do."""

    number: int
    address: str
    purpose: str
    role: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sharing(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Who may see and edit a list of the reader's own. Each button of the page is one `action`."""
    person = reader_of(request)
    reading_list = owned(person, public_id)
    if request.method == "POST":
        _changed(request, reading_list, person)
        return redirect(list_address(public_id, "Sharing"))
    site = site_address(request)
    shares = [
        ShareView(share.pk, site + share_address(share, reading_list), share.purpose, str(Role(share.role).label))
        for share in reading_list.shares.order_by("made")
    ]
    context = {
        "list": reading_list,
        "visibilities": Visibility.choices,
        "roles": Role.choices,
        "links": [share for share in shares if share.purpose == Purpose.LINK],
        "feeds": [share for share in shares if share.purpose == Purpose.FEED],
        "invitations": [share for share in shares if share.purpose == Purpose.INVITATION],
        "members": list(reading_list.members.select_related("person").order_by("joined")),
        "public_address": site + list_address(public_id),
    }
    return render(request, "lists/sharing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def join(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Where an invitation leads: asks, and makes the reader a member."""
    person = reader_of(request)
    share = share_of(request.GET.get("token", ""), Purpose.INVITATION)
    if share is None or share.reading_list.public_id != public_id or not share.reading_list.owner.is_active:
        raise Http404
    reading_list = share.reading_list
    if reading_list.owner_id == person.pk:
        return redirect(list_address(public_id, "Sharing"))
    if request.method == "POST":
        if _joined(reading_list, person, Role(share.role)):
            return redirect(list_address(public_id))
        messages.warning(request, gettext("This list is shared with as many people as it can be."))
    context = {"list": reading_list, "role": share.role, "owner": reading_list.owner.shown_name}
    return render(request, "lists/join.html", context)


@require_POST
@signed_in
def leave(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A member goes; for who is none there is nothing to leave, also where everybody may see the list."""
    person = reader_of(request)
    reading_list = seen(person, public_id)
    member = Member.objects.filter(reading_list=reading_list, person=person).first()
    if member is None:
        raise Http404
    with transaction.atomic():
        member.delete()
        keep(reading_list, person, Action.LEFT)
    messages.success(request, gettext("You left the list “%(title)s”.") % {"title": reading_list.title})
    return redirect(ALL)


@transaction.atomic
def _changed(request: HttpRequest, reading_list: ReadingList, person: Person) -> None:
    given = request.POST
    match given.get("action", ""):
        case "visibility" if given.get("visibility") in Visibility.values:
            _show(reading_list, person, Visibility(given["visibility"]))
        case "link":
            _linked(request, reading_list, person, Purpose.LINK)
        case "feed":
            _linked(request, reading_list, person, Purpose.FEED)
        case "invite" if given.get("role") in Role.values:
            _linked(request, reading_list, person, Purpose.INVITATION, Role(given["role"]))
        case "revoke":
            _revoke(reading_list, person, given.get("share", ""))
        case "role" if given.get("role") in Role.values:
            _give_role(reading_list, person, given.get("member", ""), Role(given["role"]))
        case "expel":
            if _members(reading_list, given.get("member", "")).delete()[0]:
                keep(reading_list, person, Action.REMOVED_MEMBER)


def _show(reading_list: ReadingList, person: Person, visibility: Visibility) -> None:
    if reading_list.visibility == visibility:
        return
    ReadingList.objects.filter(pk=reading_list.pk).update(visibility=visibility)
    if visibility == Visibility.LINK:
        new_share(reading_list, Purpose.LINK)
    keep(reading_list, person, Action.SHOWN, detail=visibility)


def _linked(
    request: HttpRequest, reading_list: ReadingList, person: Person, purpose: Purpose, role: Role = Role.READER
) -> None:
    if reading_list.shares.count() >= MOST_SHARES:
        most = {"most": number(MOST_SHARES)}
        messages.warning(request, gettext("A list has at most %(most)s links: revoke one first.") % most)
        return
    new_share(reading_list, purpose, role)
    keep(reading_list, person, Action.INVITED, detail=purpose)


def _revoke(reading_list: ReadingList, person: Person, share: str) -> None:
    found = Share.objects.filter(reading_list=reading_list, pk=_number(share)).first()
    if found:
        found.delete()
        keep(reading_list, person, Action.REVOKED, detail=found.purpose)


def _give_role(reading_list: ReadingList, person: Person, member: str, role: Role) -> None:
    if _members(reading_list, member).update(role=role):
        keep(reading_list, person, Action.CHANGED_ROLE, detail=role)


def _joined(reading_list: ReadingList, person: Person, role: Role) -> bool:
    """Whether there was room. An invitation never takes away what a member may do already."""
    with transaction.atomic():
        if reading_list.members.exclude(person=person).count() >= MOST_MEMBERS:
            return False
        member, is_new = Member.objects.get_or_create(reading_list=reading_list, person=person, defaults={"role": role})
        if is_new or (role == Role.EDITOR and member.role != role):
            Member.objects.filter(pk=member.pk).update(role=role)
            keep(reading_list, person, Action.JOINED, detail=role)
    return True


def _members(reading_list: ReadingList, member: str) -> QuerySet[Member]:
    return Member.objects.filter(reading_list=reading_list, pk=_number(member))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
