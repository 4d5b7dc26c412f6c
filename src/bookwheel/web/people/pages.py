"""The pages of a reader's own, in the order of their list."""

from django.utils.translation import gettext

from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import may


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
    if may(person, "operate"):
        pages.append((gettext("Operation"), "/Admin/Home"))
    return pages
