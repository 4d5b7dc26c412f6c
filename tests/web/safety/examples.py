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
from bookwheel.web.alerts.models import Digest, Event
from bookwheel.web.alerts.models import State as DigestState
from bookwheel.web.alerts.subscribing import set_frequency
from bookwheel.web.alerts.tokens import token_for_alert, token_for_all
from bookwheel.web.comments.models import Comment, Rating, Report, State
from bookwheel.web.library import library
from bookwheel.web.lists.addresses import share_address
from bookwheel.web.lists.filling import add
from bookwheel.web.lists.models import Member, Purpose, ReadingList
from bookwheel.web.lists.shares import new_share
from bookwheel.web.people.models import Person
from bookwheel.web.searches import history
from bookwheel.web.searches.addresses import saved_address
from bookwheel.web.searches.keeping import MistakeError, save
from bookwheel.web.searches.models import SavedSearch
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.entry import single
from bookwheel.web.tags.models import Tagging
from bookwheel.web.tags.tagging import tag_as
from bookwheel.web.works.models import Work

Role: TypeAlias = Literal["stranger", "owner", "other", "member", "curator", "operator"]
"""Who asks. The owner made the thing, a member was invited to it, another reader has nothing to do with it."""
ROLES: tuple[Role, ...] = get_args(Role)

Visibility: TypeAlias = Literal["private", "link", "public"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"


_RECORD = f"/Record/{SEED}"
_COMMENTS = f"{_RECORD}/UserComments"

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
        state=DigestState.REFUSED,
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


def _list(world: World, visibility: Visibility, text: str) -> Example:
    """A list with a work, a member who reads it, and a token for each purpose."""
    made = ReadingList.objects.create(owner=world.owner, title=text, description=text, visibility=visibility)
    add(made, world.owner, library().found([world.record_id]), notes=text)
    Member.objects.create(reading_list=made, person=world.people["member"], role="reader")
    seen_by = EVERYBODY if visibility == "public" else frozenset[Role]({"owner", "member"})
    address, owner = f"/MyResearch/MyList/{made.public_id}", frozenset[Role]({"owner"})
    link, feed, _ = (share_address(new_share(made, purpose), made) for purpose in Purpose)
    # What the page that a link opens leads to bears the same token.
    within = [link.replace("?", part, 1) for part in ("/Export?", "/Feed?form=atom&")]
    return Example(
        "list",
        visibility,
        text,
        seen_by,
        places=(
            Place(address, seen_by),
            *(Place(f"{address}/Feed?form={form}", seen_by) for form in ("atom", "rss", "json")),
            Place(f"{address}/Export", seen_by),
            Place(f"{address}/Export?style=ris", seen_by, shows=False),
            *(Place(f"{address}/{part}", owner) for part in ("Sharing", "History")),
            *(Place(f"/MyResearch/{part}/{made.public_id}", owner) for part in ("EditList", "DeleteList")),
            *([Place("/List/Browse", None)] if visibility == "public" else []),
        ),
        secrets={"private": (feed,), "link": (feed, link, *within), "public": ()}[visibility],
        deeds=(
            Deed(f"/MyResearch/EditList/{made.public_id}", {"title": "taken over"}, owner),
            Deed(f"{address}/Sharing", {"action": "invite", "role": "reader"}, owner),
            Deed(f"{address}/Items", {"id[]": world.record_id, "action": "remove"}, owner),
            Deed(f"{address}/Item", {"id": world.record_id, "action": "remove"}, owner),
            Deed(f"{address}/Remove", {"id": world.record_id}, owner),
            Deed(f"/MyResearch/DeleteList/{made.public_id}", {}, owner),
        ),
    )


def _searches(world: World, part: str = "") -> list[str]:
    numbers = SavedSearch.objects.filter(person=world.owner).values_list("pk", flat=True)
    return [saved_address(number, part) for number in numbers] or [saved_address(1, part)]


def _digests(world: World, part: str = "") -> list[str]:
    numbers = Digest.objects.filter(person=world.owner).values_list("pk", flat=True)
    return [digest_address(number) + part for number in numbers] or [digest_address(1) + part]


def _tag(world: World, visibility: Visibility, text: str) -> Example | None:
    if visibility == "link":
        return None
    is_private = visibility == "private"
    tag = tag_as(single(text), is_private)
    Tagging.objects.create(person=world.owner, work=_work(world), tag=tag, is_private=is_private)
    return Example(
        "tag",
        visibility,
        tag.shown,
        frozenset({"owner"}) if is_private else EVERYBODY,
        (Place(_RECORD, None), Place(tag_address(tag.shown), None), Place("/Browse/Tag", None)),
        deeds=(Deed(f"{_RECORD}/RemoveTag", {"tag": tag.shown}, frozenset({"owner"})),),
    )


def _comment(world: World, visibility: Visibility, text: str) -> Example | None:
    """A public one, which was reported; and one that a curator has hidden, which its writer alone sees."""
    if visibility == "link":
        return None
    state = State.HIDDEN if visibility == "private" else State.SHOWN
    comment = Comment.objects.create(person=world.owner, work=_work(world), text=text, state=state)
    Report.objects.create(person=world.people["other"], comment=comment)
    Rating.objects.get_or_create(person=world.owner, work=comment.work, defaults={"stars": 4})
    named = {"id": str(comment.pk)}
    return Example(
        "comment",
        visibility,
        text,
        frozenset({"owner"}) if visibility == "private" else EVERYBODY,
        (Place(_COMMENTS, None),),
        deeds=(
            Deed(f"{_RECORD}/EditComment", {**named, "comment": "Another text."}, frozenset({"owner"})),
            Deed(f"{_RECORD}/DeleteComment", named, frozenset({"owner"})),
        ),
    )


def _waiting_comment(world: World, visibility: Visibility, text: str) -> Example | None:
    """One that no curator has read yet."""
    if visibility != "private":
        return None
    comment = Comment.objects.create(person=world.owner, work=_work(world), text=text, state=State.WAITING)
    curators: frozenset[Role] = frozenset({"curator", "operator"})
    return Example(
        "waiting comment",
        visibility,
        text,
        curators | {"owner"},
        (Place("/Admin/Moderation", curators),),
        deeds=(Deed("/Admin/Moderation/Comment", {"id": str(comment.pk), "do": "show"}, curators),),
    )


def _work(world: World) -> Work:
    work, _ = Work.objects.get_or_create(record_id=world.record_id, defaults={"title": "The seed record"})
    return work


MAKERS: Mapping[str, Maker] = MappingProxyType(
    {"tag": _tag, "comment": _comment, "waiting comment": _waiting_comment, "search": _search, "list": _list}
)
"""By kind."""


def make(world: World, texts: Callable[[str, Visibility], str]) -> None:
    """One thing of every kind and visibility, with the text that is given for it."""
    for kind, maker in MAKERS.items():
        for visibility in VISIBILITIES:
            if example := maker(world, visibility, texts(kind, visibility)):
                world.made.append(example)


def _of_lists(form: str) -> Callable[[World], Iterable[str]]:
    """An address of each list that was made."""
    return lambda world: [form.format(made.public_id) for made in ReadingList.objects.filter(owner=world.owner)]


_TABS = ("Home", "Description", "Cite", "Similar", "Versions", "Details")
_TAB = "Home|Description|Cite|Similar|Versions|Details"
_SEARCH = "lookfor=lenalidomide&type=AllFields"

_FORMS = ("AddTag", "RemoveTag", "UserComments", "AddComment", "DeleteComment", "ReportComment", "Rate")


def _at(address: str) -> Callable[[World], Iterable[str]]:
    return lambda _: [address]


_OF_RECORD = {rf"^Record/(?P<record_id>[\s\S]+?)/{name}\Z": _at(f"{_RECORD}/{name}") for name in _FORMS}

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
        r"^Record/(?P<record_id>[\s\S]+?)/Save\Z": lambda _: [f"{_RECORD}/Save"],
        "MyResearch/MyList/<str:public_id>": _of_lists("/MyResearch/MyList/{}"),
        **{
            f"MyResearch/MyList/<str:public_id>/{part}": _of_lists(f"/MyResearch/MyList/{{}}/{part}")
            for part in ("History", "Export", "Feed", "Items", "Item", "Remove", "Sharing", "Join", "Leave")
        },
        "MyResearch/EditList/<str:public_id>": _of_lists("/MyResearch/EditList/{}"),
        "MyResearch/DeleteList/<str:public_id>": _of_lists("/MyResearch/DeleteList/{}"),
        "Cart/<str:_rest>": lambda _: ["/Cart/Save", "/Cart/doExport"],
        "Browse/<str:name>": lambda _: ["/Browse/Author", "/Browse/Tag"],
        r"^account/email/(?P<key>[-:\w]+)/$": lambda _: ["/account/email/x/"],
        r"^account/recover/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": lambda _: ["/account/recover/1-x/"],
        **_OF_RECORD,
        r"^Record/(?P<record_id>[\s\S]+?)/EditComment\Z": lambda _: [
            f"{_RECORD}/EditComment?id={number}" for number in Comment.objects.values_list("pk", flat=True)
        ],
        "sitemap-<int:number>.xml": lambda _: ["/sitemap-1.xml"],
        "Admin/Sources/<path:name>": lambda _: ["/Admin/Sources/doaj"],
        "Admin/Quarantine/<int:number>": lambda _: ["/Admin/Quarantine/1"],
        "Admin/Quarantine/<int:number>/Bytes": lambda _: ["/Admin/Quarantine/1/Bytes"],
        "Admin/Jobs/<path:name>": lambda _: ["/Admin/Jobs/index"],
        "Admin/People/<int:number>": lambda world: [f"/Admin/People/{world.owner.pk}"],
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
        "Tag/Home": ["/Tag/Home?lookfor=canary"],
        "Browse/Tag": ["/Browse/Tag?sort=count"],
        "Admin/Moderation": ["/Admin/Moderation?tag=canary"],
        "Search/Export": [f"/Search/Export?{_SEARCH}&style=RIS"],
        "Search/Suggest": ["/Search/Suggest?lookfor=canary"],
        "suggest": ["/suggest?lookfor=canary", "/suggest?lookfor=len"],
        "AJAX/JSON": ["/AJAX/JSON?method=getACSuggestions&q=canary"],
        "Search/FacetList": ["/Search/FacetList?facet=topic_facet"],
        "Alphabrowse/Home": ["/Alphabrowse/Home?source=author"],
        "Author/Home": ["/Author/Home?author=Cortelezzi"],
        "OAI/Server": ["/OAI/Server?verb=ListRecords&metadataPrefix=oai_dc", "/OAI/Server?verb=Identify"],
        "MyResearch/BulkSave": [f"/MyResearch/BulkSave?id[]={SEED}"],
        "MyResearch/SaveAll": [f"/MyResearch/SaveAll?{_SEARCH}"],
        "Cart/Titles": [f"/Cart/Titles?id[]={SEED}"],
        "Cart/Export": [f"/Cart/Export?id[]={SEED}"],
        "SRU": ["/SRU?operation=searchRetrieve&query=canary", "/SRU"],
        "api/v1/search": [f"/api/v1/search?{_SEARCH}", "/api/v1/search?lookfor=canary"],
        "api/v1/record": [f"/api/v1/record?id={SEED}"],
        "api/v1/suggest": ["/api/v1/suggest?lookfor=canary"],
        "unapi": [f"/unapi?id={SEED}"],
        "Admin/Missing": [f"/Admin/Missing?q={SEED}"],
        "Admin/Quarantine": ["/Admin/Quarantine?source=doaj&after=1"],
        "Admin/People": ["/Admin/People?q=canary"],
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


LEADING_ON: Mapping[str, Callable[[World], Form]] = MappingProxyType(
    {
        # Who is signed in is led on without a password, by the same function as who gives one.
        "MyResearch/Login": lambda world: Form("/MyResearch/Login", {}, person=world.owner),
        "MyResearch/Logout": lambda world: Form("/MyResearch/Logout", {}, person=world.owner),
    }
)
"""By route, a form that is sent well."""

PAGES_OF_TEXTS: tuple[str, ...] = (
    "/",
    _RECORD,
    _COMMENTS,
    "/Browse/Tag",
    "/MyResearch/Tags",
    f"/Search/Results?{_SEARCH}",
    "/Search/History",
)
"""Pages where texts of readers stand beside other things, or will."""
