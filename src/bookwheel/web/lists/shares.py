"""Tokens that open a list: made of a row's nonce and the catalogue's key, so that the database alone opens nothing.

A token is revoked by deleting its row.
"""

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from bookwheel.web.lists.models import Purpose, ReadingList, Role, Share

LONGEST_TOKEN = 200
MOST_SHARES = 50
"""Links of one list at a time."""


def token_of(share: Share) -> str:
    """The text that stands in the address of a link, a feed or an invitation."""
    return _signer(share.purpose).sign(share.nonce)


def share_of(token: str, purpose: str) -> Share | None:
    """The row of a token for this purpose; None for one that is revoked, for something else or made up."""
    nonce = _nonce(token, purpose)
    found = Share.objects.filter(nonce=nonce, purpose=purpose) if nonce else Share.objects.none()
    return found.select_related("reading_list").first()


def opened_with(token: str, purpose: str) -> QuerySet[ReadingList]:
    """The list a token opens, or none."""
    nonce = _nonce(token, purpose)
    if not nonce:
        return ReadingList.objects.none()
    return ReadingList.objects.filter(shares__nonce=nonce, shares__purpose=purpose)


def new_share(reading_list: ReadingList, purpose: Purpose, role: Role = Role.READER) -> Share:
    """A link that can be given away; a list's feed and its link are the one there is already."""
    if purpose != Purpose.INVITATION and (known := reading_list.shares.filter(purpose=purpose).first()):
        return known
    return Share.objects.create(reading_list=reading_list, purpose=purpose, role=role)


def _nonce(token: str, purpose: str) -> str:
    if len(token) > LONGEST_TOKEN:
        return ""
    try:
        return _signer(purpose).unsign(token)
    except BadSignature:
        return ""


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=f"bookwheel.lists.{purpose}")
