"""One example of every kind of thing that people make, and of every address: the rest of this folder goes over them.

A new route with parameters needs a line in ADDRESSES, a new kind of thing a function in MAKERS; a test says so by name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args
from uuid import uuid4

from django.utils import timezone

from bookwheel.jobs.matching import Reached
from bookwheel.search.url import from_url
from bookwheel.web.alerts.addresses import digest_address, unsubscribe_address
from bookwheel.web.alerts.models import Digest, Event, State
from bookwheel.web.alerts.subscribing import set_frequency
from bookwheel.web.alerts.tokens import token_for_alert, token_for_all
from bookwheel.web.people.models import Person
from bookwheel.web.searches import history
from bookwheel.web.searches.addresses import saved_address
from bookwheel.web.searches.keeping import MistakeError, save
from bookwheel.web.searches.models import SavedSearch

Role: TypeAlias = Literal["stranger", "owner", "other", "member", "curator", "operator"]
"""Who asks. The owner made the thing, a member was invited to it, another reader has nothing to do with it."""
ROLES: tuple[Role, ...] = get_args(Role)

Visibility: TypeAlias = Literal["private", "link", "public"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"


EVERYBODY: frozenset[Role] = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a thing, in one format."""

    address: str
    opened_by: frozenset[Role] | None
    """Who is answered there, while everybody else is told that there is nothing; None: a page of others, such as that
    of a record, which everybody is shown without the thing."""
    shows: bool = True
    """Whether its text stands there for who may see it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A form that changes a thing; everybody else is told that there is nothing."""

    address: str
    data: Mapping[str, str]
    done_by: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that the owner made. Every text of it holds `text`, which stands nowhere else."""

    kind: str
    visibility: Visibility
    text: str
    seen_by: frozenset[Role]
    """Who may see it, wherever that is."""
    places: tuple[Place, ...] = ()
    secrets: tuple[str, ...] = ()
    """Addresses with a token, where whoever knows them sees it; with another letter there is nothing."""
    deeds: tuple[Deed, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(place.address for place in self.places)


@dataclass(frozen=True, slots=True)
class World:
    """The people, and what they made."""

    people: Mapping[Role, Person]
    record_id: str = SEED
    made: list[Example] = field(default_factory=list)

    @property
    def owner(self) -> Person:
        return self.people["owner"]


Maker: TypeAlias = Callable[[World, Visibility, str], Example | None]
"""Makes a thing of the owner's with this text wherever it takes one; None for what has no such visibility."""


def _search(world: World, visibility: Visibility, text: str) -> Example | None:
    """A kept search with an alert, a digest that was refused, and the same search in the history."""
    if visibility != "private":
        return None
    now, query = timezone.now(), from_url([("lookfor", text)])
    try:
        search = save(world.owner, query, text)
    except MistakeError:
        return None
    alert = set_frequency(search, "daily", Reached(0, now), now)
    assert alert is not None
    digest = Digest.objects.create(
        person=world.owner,
        made=now,
        next_attempt=now,
        message_id=f"<{uuid4().hex}@x>",
        state=State.REFUSED,
        problem=text,
    )
    Event.objects.create(alert=alert, record_id=SEED, found=now, digest=digest)
    history.want(world.owner, True)
    history.remember(world.owner, query, 1, now)
    owner: frozenset[Role] = frozenset({"owner"})
    page, told = saved_address(search.pk), digest_address(digest.pk)
    return Example(
        kind="search",
        visibility=visibility,
        text=text,
        seen_by=owner,
        places=(
            Place(page, owner),
            Place(told, owner),
            Place("/MyResearch/Searches", None),
            Place("/MyResearch/Searches/Export", None),
            Place("/Search/History", None),
        ),
        secrets=(unsubscribe_address(token_for_alert(alert)), unsubscribe_address(token_for_all(world.owner))),
        deeds=(
            Deed(f"{page}/Change", {"name": f"{text} changed", "frequency": "weekly"}, owner),
            Deed(f"{page}/Delete", {}, owner),
            Deed(f"{told}/TryAgain", {}, owner),
        ),
    )


def _searches(world: World, part: str = "") -> list[str]:
    numbers = SavedSearch.objects.filter(person=world.owner).values_list("pk", flat=True)
    return [saved_address(number, part) for number in numbers] or [saved_address(1, part)]


def _digests(world: World, part: str = "") -> list[str]:
    numbers = Digest.objects.filter(person=world.owner).values_list("pk", flat=True)
    return [digest_address(number) + part for number in numbers] or [digest_address(1) + part]


MAKERS: Mapping[str, Maker] = MappingProxyType({"search": _search})
"""By kind. Filled in as the rooms come: lists, tags, comments, searches, alerts, tokens of feeds."""


def make(world: World, texts: Callable[[str, Visibility], str]) -> None:
    """One thing of every kind and visibility, with the text that is given for it."""
    for kind, maker in MAKERS.items():
        for visibility in VISIBILITIES:
            if example := maker(world, visibility, texts(kind, visibility)):
                world.made.append(example)


_RECORD = f"/Record/{SEED}"
_TABS = ("Home", "Description", "Cite", "Similar", "Versions", "Details")
_TAB = "Home|Description|Cite|Similar|Versions|Details"
_SEARCH = "lookfor=lenalidomide&type=AllFields"

ADDRESSES: Mapping[str, Callable[[World], Iterable[str]]] = MappingProxyType(
    {
        rf"^Record/(?P<record_id>[\s\S]+?)(?:/(?P<tab>{_TAB}))?\Z": lambda _: [
            _RECORD,
            *(f"{_RECORD}/{tab}" for tab in _TABS),
        ],
        r"^Record/(?P<record_id>[\s\S]+?)/Explain\Z": lambda _: [f"{_RECORD}/Explain?{_SEARCH}"],
        r"^Record/(?P<record_id>[\s\S]+?)/Export\Z": lambda _: [f"{_RECORD}/Export?style=RIS"],
        r"^Record/(?P<record_id>[\s\S]+?)/As/(?P<name>[a-z_]+)\Z": lambda _: [f"{_RECORD}/As/json"],
        r"^Record/(?P<record_id>[\s\S]+?)/Linkset\Z": lambda _: [f"{_RECORD}/Linkset"],
        "Browse/<str:name>": lambda _: ["/Browse/Author", "/Browse/Tag"],
        "sitemap-<int:number>.xml": lambda _: ["/sitemap-1.xml"],
        "MyResearch/Searches/<int:number>": lambda world: [
            *_searches(world),
            *(f"{one}?preview=1" for one in _searches(world)),
        ],
        "MyResearch/Searches/<int:number>/Change": lambda world: _searches(world, "Change"),
        "MyResearch/Searches/<int:number>/Delete": lambda world: _searches(world, "Delete"),
        "Alerts/Digest/<int:number>": lambda world: _digests(world),
        "Alerts/Digest/<int:number>/TryAgain": lambda world: _digests(world, "/TryAgain"),
        # Of no token that anybody has: the others are secrets of the examples.
        "Alerts/Unsubscribe/<str:token>": lambda _: ["/Alerts/Unsubscribe/all.1~canary"],
    }
)
"""By route, addresses of it; a route without parameters needs a line only for what its own address does not show."""

MORE: Mapping[str, Iterable[str]] = MappingProxyType(
    {
        "Search/Results": [f"/Search/Results?{_SEARCH}", "/Search/Results?lookfor=canary&type=Tag"],
        "Search/Export": [f"/Search/Export?{_SEARCH}&style=RIS"],
        "Search/Suggest": ["/Search/Suggest?lookfor=canary"],
        "suggest": ["/suggest?lookfor=canary", "/suggest?lookfor=len"],
        "AJAX/JSON": ["/AJAX/JSON?method=getACSuggestions&q=canary"],
        "Search/FacetList": ["/Search/FacetList?facet=topic_facet"],
        "Alphabrowse/Home": ["/Alphabrowse/Home?source=author"],
        "Author/Home": ["/Author/Home?author=Cortelezzi"],
        "OAI/Server": ["/OAI/Server?verb=ListRecords&metadataPrefix=oai_dc", "/OAI/Server?verb=Identify"],
        "SRU": ["/SRU?operation=searchRetrieve&query=canary", "/SRU"],
        "api/v1/search": [f"/api/v1/search?{_SEARCH}", "/api/v1/search?lookfor=canary"],
        "api/v1/record": [f"/api/v1/record?id={SEED}"],
        "api/v1/suggest": ["/api/v1/suggest?lookfor=canary"],
        "unapi": [f"/unapi?id={SEED}"],
    }
)
"""By route without parameters, addresses with something to ask."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that leads on to the address in its field `name` when it was sent well."""

    address: str
    data: Mapping[str, str]
    name: str = "next"
    person: Person | None = None
    """Who sends it; None for a stranger."""


LEADING_ON: Mapping[str, Callable[[World], Form]] = MappingProxyType({})
"""By route, a form that is sent well."""

PAGES_OF_TEXTS: tuple[str, ...] = ("/", _RECORD, f"/Search/Results?{_SEARCH}", "/Search/History")
"""Pages where texts of readers stand beside other things, or will."""
