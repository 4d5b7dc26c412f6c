"""Makes what the catalogue knows of people, and what it keeps of its own work: for their owner, or operators alone."""

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from tests.web.safety.kinds import HIDDEN_PIECE, SECRET, Deed, Example, Place, Role, Visibility, World
from tests.web.safety.making import TAKEN_OUT

from bookwheel.web.jobs.models import Job, Run
from bookwheel.web.ops.models import LONGEST_TEXT, EmptySearch

_OWNER: frozenset[Role] = frozenset({"owner"})
_OPERATOR: frozenset[Role] = frozenset({"operator"})
_NOBODY: frozenset[Role] = frozenset()

NETWORK = "192.0.2.77"
"""Where the owner signed in from."""


def session(world: World, visibility: Visibility, _text: str) -> Example | None:
    """A browser elsewhere that the owner is signed in with."""
    if visibility != "private" or UserSession.objects.filter(ip=NETWORK, user=world.owner).exists():
        return None
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(world.owner.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = world.owner.get_session_auth_hash()
    store.create()
    made = UserSession.objects.create(user=world.owner, ip=NETWORK, session_key=store.session_key, user_agent="x")
    return Example(
        kind="session",
        visibility=visibility,
        text=NETWORK,
        seen_by=_OWNER,
        places=(Place("/account/sessions/", None),),
        deeds=(Deed("/account/sessions/end/", {"session": str(made.pk)}, _OWNER),),
    )


def address(world: World, visibility: Visibility, _text: str) -> Example | None:
    """The e-mail address of somebody whose comments, tags and lists others read."""
    if visibility != "private":
        return None
    # One that is still to be confirmed.
    EmailAddress.objects.create(user=world.owner, email=world.owner.email.replace("@", ".new@"))
    return Example(
        kind="e-mail address",
        visibility=visibility,
        text=world.owner.email,
        seen_by=_OWNER | _OPERATOR,
        places=(
            Place("/MyResearch/Profile", None, _OWNER),
            Place("/account/email/", None, _OWNER),
            Place(TAKEN_OUT, None, _OWNER),
            Place("/Admin/People", _OPERATOR),
        ),
    )


def name(world: World, visibility: Visibility, _text: str) -> Example | None:
    """The name of somebody who reported a comment, and did nothing else that others may know of."""
    if visibility != "private":
        return None
    return Example(
        kind="name",
        visibility=visibility,
        text=world.people["other"].name,
        seen_by=frozenset({"other", "operator"}),
        places=(
            Place("/MyResearch/Profile", None, frozenset({"other"})),
            Place("/Admin/People", _OPERATOR),
        ),
    )


def job(_world: World, visibility: Visibility, text: str) -> Example | None:
    """One that failed; the text is its error and what it said."""
    if visibility != "private":
        return None
    now = timezone.now()
    made, _ = Job.objects.update_or_create(name="index", defaults={"last_error": text, "progress": text, "due": now})
    Run.objects.create(job=made, started=now, ended=now, outcome="failed", sentence=text, error=text)
    return Example(
        kind="job",
        visibility=visibility,
        text=text,
        seen_by=_OPERATOR,
        places=(Place("/Admin/Jobs", _OPERATOR), Place("/Admin/Jobs/index", _OPERATOR)),
        deeds=tuple(Deed("/Admin/ChangeJob", {"job": "index", "do": do}, _OPERATOR) for do in ("run", "pause")),
    )


def empty_search(_world: World, visibility: Visibility, text: str) -> Example | None:
    """What several readers searched for in vain."""
    if visibility != "private":
        return None
    EmptySearch.objects.create(day=timezone.now().date(), text=text[:LONGEST_TEXT], times=100)
    return Example("empty search", visibility, text, _OPERATOR, (Place("/Admin/Statistics", _OPERATOR),))


def quarantined(_world: World, visibility: Visibility, _text: str) -> Example | None:
    """A piece that the catalogue of these tests could not read; it is there already."""
    if visibility != "private":
        return None
    places = ("/Admin/Quarantine", "/Admin/Quarantine/1", "/Admin/Quarantine/1/Bytes")
    return Example(
        "quarantined piece", visibility, HIDDEN_PIECE, _OPERATOR, tuple(Place(each, _OPERATOR) for each in places)
    )


def secret(_world: World, visibility: Visibility, _text: str) -> Example | None:
    """A password of the settings, which not even an operator is shown."""
    if visibility != "private":
        return None
    places = ("/Admin/Sources", "/Admin/Sources/doaj", "/Admin/Home", "/Admin/Missing")
    return Example(
        "secret of the settings", visibility, SECRET, _NOBODY, tuple(Place(each, _OPERATOR, _NOBODY) for each in places)
    )
