"""The pages of a reader's own, in the order of their list."""

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext

from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import may

LONGEST_PLACE = 2000
"""Characters of an address that signing in leads back to; the browser's way back does for longer ones."""


def sign_in_address(request: HttpRequest) -> str:
    """The page for signing in, which leads back to where the reader is: a search, a record."""
    place = request.get_full_path()
    if request.method not in ("GET", "HEAD") or place.startswith(("/MyResearch/", "/account/")) or place == "/":
        return "/MyResearch/Login"
    return f"/MyResearch/Login?{urlencode({'next': place})}" if len(place) <= LONGEST_PLACE else "/MyResearch/Login"


def own_pages(person: Person) -> list[tuple[str, str]]:
    """Label and address of each page that this person has."""
    pages = [
        (gettext("Overview"), "/MyResearch/Home"),
        (gettext("Lists"), "/MyResearch/Favorites"),
        (gettext("Tags"), "/MyResearch/Tags"),
        (gettext("Saved searches and alerts"), "/MyResearch/Searches"),
        (gettext("Search history"), "/Search/History"),
        (gettext("Profile and sign-in"), "/MyResearch/Profile"),
    ]
    if may(person, "moderate"):
        pages.append((gettext("Moderation"), "/Admin/Moderation"))
    if may(person, "edit synonyms"):
        pages.append((gettext("Synonyms"), "/Admin/Synonyms"))
    if may(person, "operate"):
        pages.append((gettext("Operation"), "/Admin/Home"))
    return pages
