"""How a reader wants a list: its order, what of it, and which page; read from the address and written back to it."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from bookwheel.web.lists.addresses import list_address
from bookwheel.web.lists.keys import words_asked
from bookwheel.web.lists.models import MOST_ITEMS, Item, ReadingList

ORDERS = {
    "own": ("position", "pk"),
    # Works saved at once were saved in the order of the search that found them.
    "added": ("-added", "position", "pk"),
    "title": ("title_key", "position", "pk"),
    "author": ("author_key", "position", "pk"),
    "year": ("-year", "position", "pk"),
}
LABELS = {
    "own": gettext_lazy("Order of the list"),
    "added": gettext_lazy("Last saved first"),
    "title": gettext_lazy("Title"),
    "author": gettext_lazy("Author"),
    "year": gettext_lazy("Newest year first"),
}
SIZE = 20
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """`text` are words an item must have, `year` and `format` narrow; "" is everything. `page` counts from 1."""

    sort: str = "own"
    text: str = ""
    year: str = ""
    format: str = ""
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.year or self.format)

    def items(self, reading_list: ReadingList) -> QuerySet[Item]:
        """The items asked for, in order, of all pages."""
        found = reading_list.items.order_by(*ORDERS[self.sort])
        for word in words_asked(self.text):
            found = found.filter(words__contains=word)
        if self.year:
            found = found.filter(year=self.year)
        return found.filter(format=self.format) if self.format else found

    def address(self, reading_list: ReadingList, token: str = "", part: str = "") -> str:
        sort = "" if self.sort == "own" else self.sort
        page = "" if self.page == 1 else str(self.page)
        given = {"sort": sort, "lookfor": self.text, "year": self.year, "format": self.format, "page": page}
        return list_address(reading_list.public_id, part, **given, token=token)

    def on_page(self, page: int) -> "Asked":
        return replace(self, page=page)


def asked_of(request: HttpRequest) -> Asked:
    """What an address asks for; what it says wrongly is as if it said nothing."""
    given = request.GET
    sort, page = given.get("sort", ""), given.get("page", "")
    return Asked(
        sort=sort if sort in ORDERS else "own",
        text=" ".join(given.get("lookfor", "")[:LONGEST_TEXT].replace("\0", "").split()),
        year=given.get("year", "")[:4].replace("\0", ""),
        format=given.get("format", "")[:50].replace("\0", ""),
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) <= len(str(MOST_ITEMS)) else 1,
    )
