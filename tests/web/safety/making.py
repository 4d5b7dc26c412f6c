"""Makes what readers write on records and search for, one example of each kind and visibility."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone
from tests.web.safety.kinds import EVERYBODY, READERS, RECORD, SEED, Deed, Example, Place, Role, Visibility, World

from bookwheel.jobs.matching import Reached
from bookwheel.search.url import from_url
from bookwheel.web.alerts.addresses import digest_address, unsubscribe_address
from bookwheel.web.alerts.models import Digest, Event
from bookwheel.web.alerts.models import State as DigestState
from bookwheel.web.alerts.subscribing import set_frequency
from bookwheel.web.alerts.tokens import token_for_alert, token_for_all
from bookwheel.web.comments.models import Comment, Rating, Report, State
from bookwheel.web.searches import history
from bookwheel.web.searches.addresses import saved_address
from bookwheel.web.searches.keeping import MistakeError, save
from bookwheel.web.searches.models import LONGEST_NAME, SavedSearch
from bookwheel.web.tags.addresses import feed_address, tag_address
from bookwheel.web.tags.entry import single
from bookwheel.web.tags.models import Tagging
from bookwheel.web.tags.tagging import tag_as
from bookwheel.web.works.models import Work

COMMENTS = f"{RECORD}/UserComments"
TAKEN_OUT = "/MyResearch/TakeOut?as=json"

_OWNER: frozenset[Role] = frozenset({"owner"})
_CURATORS: frozenset[Role] = frozenset({"curator", "operator"})


def search(world: World, visibility: Visibility, text: str) -> Example | None:
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
    page, told = saved_address(search.pk), digest_address(digest.pk)
    return Example(
        kind="search",
        visibility=visibility,
        text=text,
        seen_by=_OWNER,
        places=(
            Place(page, _OWNER),
            Place(told, _OWNER),
            Place("/MyResearch/Searches", None),
            Place("/MyResearch/Searches/Export", None),
            Place("/Search/History", None),
            Place(TAKEN_OUT, None, _OWNER),
        ),
        secrets=(unsubscribe_address(token_for_alert(alert)), unsubscribe_address(token_for_all(world.owner))),
        deeds=(
            Deed(f"{page}/Change", {"name": f"{text} changed", "frequency": "weekly"}, _OWNER),
            Deed(f"{page}/Delete", {}, _OWNER),
            Deed(f"{told}/TryAgain", {}, _OWNER),
        ),
    )


def digest_of(world: World, name: str, now: datetime) -> Digest:
    """A digest that waits to be sent, of a search that has this name, whether or not the form would take it."""
    search = save(world.owner, from_url([("lookfor", f"lenalidomide {uuid4().hex}")]), "a search")
    SavedSearch.objects.filter(pk=search.pk).update(name=name[:LONGEST_NAME].replace("\0", ""))
    alert = set_frequency(search, "daily", Reached(0, now), now)
    assert alert is not None
    digest = Digest.objects.create(person=world.owner, made=now, next_attempt=now, message_id=f"<{uuid4().hex}@x>")
    Event.objects.create(alert=alert, record_id=SEED, found=now, digest=digest)
    return digest


def tag(world: World, visibility: Visibility, text: str) -> Example | None:
    if visibility == "link":
        return None
    is_private = visibility == "private"
    tag = tag_as(single(text), is_private)
    Tagging.objects.create(person=world.owner, work=work(world), tag=tag, is_private=is_private)
    named = {"tag": tag.shown}
    return Example(
        kind="tag",
        visibility=visibility,
        text=tag.shown,
        seen_by=_OWNER if is_private else EVERYBODY,
        places=(
            Place(RECORD, None),
            Place(tag_address(tag.shown), None),
            Place("/Browse/Tag", None),
            *([] if is_private else [Place(feed_address(tag.shown, form), None) for form in ("atom", "rss", "json")]),
            Place("/MyResearch/Tags", None, _OWNER),
            Place(TAKEN_OUT, None, _OWNER),
            *([] if is_private else [Place("/Admin/Moderation", _CURATORS)]),
        ),
        deeds=(
            Deed(f"{RECORD}/RemoveTag", named, _OWNER),
            *([] if is_private else [Deed("/Admin/Moderation/Tag", {**named, "do": "hide"}, _CURATORS)]),
        ),
    )


def comment(world: World, visibility: Visibility, text: str) -> Example | None:
    """A public one, which was reported; and one that a curator has hidden, which its writer alone sees."""
    if visibility == "link":
        return None
    is_hidden = visibility == "private"
    made = Comment.objects.create(
        person=world.owner, work=work(world), text=text, state=State.HIDDEN if is_hidden else State.SHOWN
    )
    Report.objects.create(person=world.people["other"], comment=made)
    Rating.objects.get_or_create(person=world.owner, work=made.work, defaults={"stars": 4})
    named = {"id": str(made.pk)}
    return Example(
        kind="comment",
        visibility=visibility,
        text=text,
        seen_by=_OWNER if is_hidden else EVERYBODY,
        places=(Place(COMMENTS, None), Place(TAKEN_OUT, None, _OWNER)),
        deeds=(
            Deed(f"{RECORD}/EditComment", {**named, "comment": "Another text."}, _OWNER),
            Deed(f"{RECORD}/DeleteComment", named, _OWNER),
            Deed("/Admin/Moderation/Comment", {**named, "do": "hide"}, _CURATORS),
            *([] if is_hidden else [Deed(f"{RECORD}/ReportComment", named, READERS - {"owner"})]),
        ),
    )


def waiting_comment(world: World, visibility: Visibility, text: str) -> Example | None:
    """One that no curator has read yet."""
    if visibility != "private":
        return None
    made = Comment.objects.create(person=world.owner, work=work(world), text=text, state=State.WAITING)
    return Example(
        kind="waiting comment",
        visibility=visibility,
        text=text,
        seen_by=_CURATORS | _OWNER,
        places=(
            Place("/Admin/Moderation", _CURATORS),
            Place(COMMENTS, None, _OWNER),
            Place(TAKEN_OUT, None, _OWNER),
        ),
        deeds=(Deed("/Admin/Moderation/Comment", {"id": str(made.pk), "do": "show"}, _CURATORS),),
    )


def work(world: World) -> Work:
    work, _ = Work.objects.get_or_create(record_id=world.record_id, defaults={"title": "The seed record"})
    return work
