"""Addresses of lists: VuFind's where VuFind has one."""

from urllib.parse import quote, urlencode

from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.lists.models import Purpose, ReadingList, Share
from bookwheel.web.lists.shares import token_of

ALL = "/MyResearch/Favorites"
NEW = "/MyResearch/EditList/NEW"
PUBLIC = "/List/Browse"
SAVE_CHOSEN = "/MyResearch/BulkSave"
SAVE_FOUND = "/MyResearch/SaveAll"
BAG = "/Cart/Home"
CARRY = "/Cart/Export"


def list_address(public_id: str, part: str = "", **parameters: str) -> str:
    """The page of a list, or one of its parts: Export, Sharing, History …; empty parameters stay out."""
    address = f"/MyResearch/MyList/{quote(public_id, safe='')}" + (f"/{part}" if part else "")
    given = urlencode({name: value for name, value in parameters.items() if value})
    return f"{address}?{given}" if given else address


def edit_address(public_id: str) -> str:
    return f"/MyResearch/EditList/{quote(public_id, safe='')}"


def delete_address(public_id: str) -> str:
    return f"/MyResearch/DeleteList/{quote(public_id, safe='')}"


def save_address(record_id: str) -> str:
    """The page that saves one record."""
    return record_address(record_id, "Save")


def share_address(share: Share, reading_list: ReadingList) -> str:
    """Where a link leads that was given away."""
    token = token_of(share)
    match share.purpose:
        case Purpose.FEED:
            return list_address(reading_list.public_id, "Feed", token=token)
        case Purpose.INVITATION:
            return list_address(reading_list.public_id, "Join", token=token)
    return list_address(reading_list.public_id, token=token)
