"""What time takes away: sessions that ended, sign-ups nobody confirmed, and accounts nobody uses (`inactive_days`)."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext, ngettext

from bookwheel.web.account.belongings import erase
from bookwheel.web.account.letters import Letter, write
from bookwheel.web.account.models import Counter, Session, Warned
from bookwheel.web.jobs.context import Context
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import may

UNVERIFIED_DAYS = 7
"""Days after which a sign-up that nobody confirmed is deleted."""
WARNING_DAYS = 30
"""Days between the warning and the deletion of an account that nobody uses."""


def run(context: Context) -> str:
    """Delete what is over its time. Each person is one step: a run that was killed goes on where it ended."""
    now = context.now()
    sessions = _end_sessions(now)
    unverified = 0
    for person in _unverified(now):
        erase(person)
        unverified += 1
    warned, deleted = _of_inactive(context, now)
    return (
        f"sessions that had ended: {sessions}; sign-ups nobody confirmed: {unverified}; "
        f"unused accounts: {warned} warned, {deleted} deleted"
    )


def _end_sessions(now: datetime) -> int:
    Counter.objects.filter(expires__lt=now).delete()
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended


def _unverified(now: datetime) -> QuerySet[Person]:
    verified = EmailAddress.objects.filter(verified=True).values("user")
    before = now - timedelta(days=UNVERIFIED_DAYS)
    return Person.objects.filter(joined__lt=before, last_login=None).exclude(pk__in=verified)


def _of_inactive(context: Context, now: datetime) -> tuple[int, int]:
    """Warn and delete; whoever runs the catalogue is spared, and so is who was warned and came back."""
    days = settings.BOOKWHEEL.inactive_days
    if not days:
        return 0, 0
    warned = deleted = 0
    for person in _unused(now, max(0, days - WARNING_DAYS)):
        if may(person, "operate"):
            continue
        warning = Warned.objects.filter(person=person).first()
        if warning is None or warning.at < (person.last_login or person.joined):
            # The letter first: killed in between, somebody gets two, and nobody is deleted without one.
            _warn(person)
            Warned.objects.update_or_create(person=person, defaults={"at": now})
            warned += 1
        elif warning.at <= now - timedelta(days=WARNING_DAYS):
            erase(person)
            deleted += 1
        context.save({}, f"{warned} warned, {deleted} deleted")
    return warned, deleted


def _unused(now: datetime, days: int) -> QuerySet[Person]:
    """People who signed in so long ago, or never, and who are signed in nowhere."""
    before = now - timedelta(days=days)
    signed_in = Session.objects.filter(expire_date__gt=now).exclude(person=None).values("person")
    long_ago = Q(last_login__lt=before) | Q(last_login=None, joined__lt=before)
    return Person.objects.filter(long_ago).exclude(pk__in=signed_in).order_by("pk")


def _warn(person: Person) -> None:
    title = settings.BOOKWHEEL.title
    site = settings.BOOKWHEEL.public_url.rstrip("/")
    with translation.override(person.language or settings.LANGUAGE_CODE):
        letter = Letter(
            gettext("Your account of %(title)s will be deleted") % {"title": title},
            (
                gettext("You have not used your account for a long time."),
                ngettext(
                    "In %(count)s day it will be deleted, with all that is in it.",
                    "In %(count)s days it will be deleted, with all that is in it.",
                    WARNING_DAYS,
                )
                % {"count": WARNING_DAYS},
                gettext("Would you like to keep it? Signing in once is enough."),
            ),
            gettext("Sign in") if site else "",
            f"{site}/MyResearch/Login" if site else "",
        )
        write(person.email, letter, site)
