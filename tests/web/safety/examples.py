"""One example of every kind of thing that people make, and of every address: the rest of this folder goes over them.

A new route with parameters needs a line in ADDRESSES, a new kind of thing a function in MAKERS; a test says so by name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from tests.web.safety import making, making_lists, making_others
from tests.web.safety.kinds import READERS, RECORD, SEED, VISIBILITIES, Deed, Maker, Visibility, World

from bookwheel.web.alerts.addresses import digest_address
from bookwheel.web.alerts.models import Digest
from bookwheel.web.comments.models import Comment
from bookwheel.web.lists.models import ReadingList
from bookwheel.web.people.models import Person
from bookwheel.web.searches.addresses import saved_address
from bookwheel.web.searches.models import SavedSearch

MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        "tag": making.tag,
        "comment": making.comment,
        "waiting comment": making.waiting_comment,
        "search": making.search,
        "list": making_lists.reading_list,
        "session": making_others.session,
        "address": making_others.address,
        "name": making_others.name,
        "job": making_others.job,
        "empty search": making_others.empty_search,
        "quarantined piece": making_others.quarantined,
        "secret of the settings": making_others.secret,
    }
)
"""By kind."""


def make(world: World, texts: Callable[[str, Visibility], str]) -> None:
    """One thing of every kind and visibility, with the text that is given for it."""
    for kind, maker in MAKERS.items():
        for visibility in VISIBILITIES:
            if example := maker(world, visibility, texts(kind, visibility)):
                world.made.append(example)


def _searches(world: World, part: str = "") -> list[str]:
    numbers = SavedSearch.objects.filter(person=world.owner).values_list("pk", flat=True)
    return [saved_address(number, part) for number in numbers] or [saved_address(1, part)]


def _digests(world: World, part: str = "") -> list[str]:
    numbers = Digest.objects.filter(person=world.owner).values_list("pk", flat=True)
    return [digest_address(number) + part for number in numbers] or [digest_address(1) + part]


def _of_lists(form: str) -> Callable[[World], Iterable[str]]:
    """An address of each list that was made."""
    return lambda world: [form.format(made.public_id) for made in ReadingList.objects.filter(owner=world.owner)]


def _confirming(world: World) -> list[str]:
    """The links of letters to addresses of the owner's that are still to be confirmed."""
    addresses = EmailAddress.objects.filter(user=world.owner, verified=False)
    return [f"/account/email/{EmailConfirmationHMAC(each).key}/" for each in addresses]


def _recovering(world: World) -> str:
    """The link of a letter for a new password."""
    key = default_token_generator.make_token(world.owner)
    return f"/account/recover/{user_pk_to_url_str(world.owner)}-{key}/"


_TABS = ("Home", "Description", "Cite", "Similar", "Versions", "Details")
_TAB = "Home|Description|Cite|Similar|Versions|Details"
_SEARCH = "lookfor=lenalidomide&type=AllFields"

_FORMS = ("AddTag", "RemoveTag", "UserComments", "AddComment", "DeleteComment", "ReportComment", "Rate")


def _at(address: str) -> Callable[[World], Iterable[str]]:
    return lambda _: [address]


_OF_RECORD = {rf"^Record/(?P<record_id>[\s\S]+?)/{name}\Z": _at(f"{RECORD}/{name}") for name in _FORMS}

ADDRESSES: Mapping[str, Callable[[World], Iterable[str]]] = MappingProxyType(
    {
        rf"^Record/(?P<record_id>[\s\S]+?)(?:/(?P<tab>{_TAB}))?\Z": lambda _: [
            RECORD,
            *(f"{RECORD}/{tab}" for tab in _TABS),
        ],
        r"^Record/(?P<record_id>[\s\S]+?)/Explain\Z": lambda _: [f"{RECORD}/Explain?{_SEARCH}"],
        r"^Record/(?P<record_id>[\s\S]+?)/Export\Z": lambda _: [f"{RECORD}/Export?style=RIS"],
        r"^Record/(?P<record_id>[\s\S]+?)/As/(?P<name>[a-z_]+)\Z": lambda _: [f"{RECORD}/As/json"],
        r"^Record/(?P<record_id>[\s\S]+?)/Linkset\Z": lambda _: [f"{RECORD}/Linkset"],
        r"^Record/(?P<record_id>[\s\S]+?)/Save\Z": lambda _: [f"{RECORD}/Save"],
        "MyResearch/MyList/<str:public_id>": _of_lists("/MyResearch/MyList/{}"),
        **{
            f"MyResearch/MyList/<str:public_id>/{part}": _of_lists(f"/MyResearch/MyList/{{}}/{part}")
            for part in ("History", "Export", "Feed", "Items", "Item", "Remove", "Sharing", "Join", "Leave")
        },
        "MyResearch/EditList/<str:public_id>": _of_lists("/MyResearch/EditList/{}"),
        "MyResearch/DeleteList/<str:public_id>": _of_lists("/MyResearch/DeleteList/{}"),
        "Cart/<str:_rest>": lambda _: ["/Cart/Save", "/Cart/doExport"],
        "Browse/<str:name>": lambda _: ["/Browse/Author"],
        r"^account/email/(?P<key>[-:\w]+)/$": lambda world: ["/account/email/x/", *_confirming(world)],
        r"^account/recover/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": lambda world: [
            "/account/recover/1-x/",
            _recovering(world),
        ],
        **_OF_RECORD,
        r"^Record/(?P<record_id>[\s\S]+?)/EditComment\Z": lambda _: [
            f"{RECORD}/EditComment?id={number}" for number in Comment.objects.values_list("pk", flat=True)
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
        "Tag/Feed": ["/Tag/Feed?lookfor=canary", "/Tag/Feed?lookfor=canary+tag+private+q7w"],
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
        "Admin/Quarantine": ["/Admin/Quarantine?source=doaj&after=1"],
        "Admin/People": ["/Admin/People?q=canary", "/Admin/People?q=example.org"],
        "Admin/Missing": [f"/Admin/Missing?q={SEED}", "/Admin/Missing?q=x:1"],
        "MyResearch/TakeOut": [f"/MyResearch/TakeOut?as={form}" for form in ("json", "ris", "csv")],
        "Search/Feed": [f"/Search/Feed?{_SEARCH}&form={form}" for form in ("atom", "rss", "json")],
        "Search/NewItem": ["/Search/NewItem?range=30"],
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

SENT_WELL: tuple[Deed, ...] = tuple(
    Deed(address, data, READERS)
    for address, data in (
        (f"{RECORD}/AddTag", {"tag": "another"}),
        (f"{RECORD}/AddComment", {"comment": "Another."}),
        (f"{RECORD}/Rate", {"stars": "3"}),
        (f"{RECORD}/Save", {"title": "Another list"}),
        ("/MyResearch/BulkSave", {"title": "Another list", "id[]": SEED}),
        ("/MyResearch/SaveAll", {"title": "Another list", "lookfor": "bees"}),
        ("/MyResearch/EditList/NEW", {"title": "Another list"}),
        ("/MyResearch/SaveSearch", {"lookfor": "wasps", "name": "Another search"}),
        ("/Search/History/Wish", {"wanted": "1"}),
        ("/MyResearch/Profile", {"name": "Another name", "language": "en"}),
    )
)
"""Forms by which a reader makes something new, sent well."""

PAGES_OF_MANY: tuple[str, ...] = (
    "/",
    making.COMMENTS,
    "/Browse/Tag",
    "/List/Browse",
    f"/Search/Results?{_SEARCH}",
    "/Admin/Home",
    "/Admin/Moderation",
    "/Admin/People",
    "/Admin/Statistics",
    "/Admin/Jobs",
    "/Admin/Jobs/index",
)
"""Pages where texts of many readers stand beside each other, or texts of other hands."""
