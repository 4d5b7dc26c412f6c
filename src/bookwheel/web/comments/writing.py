"""Writing comments, reporting those of others, and giving stars: what is refused, and why."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from bookwheel.web.comments.entry import clean
from bookwheel.web.comments.models import LONGEST, STARS, Comment, Rating, Report, State
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import may
from bookwheel.web.people.writers import may_write
from bookwheel.web.works.models import Work

A_DAY = 30
"""Comments a person may write in 24 hours (reliability S25): more than anybody has read with care."""
REPORTS_A_DAY = 50
"""Comments a person may report in 24 hours, so that one reader floods no curator."""


class Refused(Exception):  # noqa: N818  (a sentence for the reader, and no fault)
    """What was asked for is not done; its text tells the reader why."""


def write(person: Person, work: Work, text: str) -> Comment:
    """A new comment, seen at once or after a curator has read it, as the catalogue has it. Raises Refused."""
    text = _checked(person, text)
    if Comment.objects.filter(person=person, made__gt=_a_day_ago()).count() >= A_DAY:
        raise Refused(gettext("%(most)s comments a day are the most. Try again tomorrow.") % {"most": A_DAY})
    return Comment.objects.create(person=person, work=work, text=text, state=first_state(person))


def rewrite(comment: Comment, text: str) -> None:
    """Another text by the same writer, which is read anew where comments are; hidden stays hidden. Raises Refused."""
    text = _checked(comment.person, text)
    if text == comment.text:
        return
    comment.text, comment.changed = text, timezone.now()
    if comment.state == State.SHOWN or settings.BOOKWHEEL.comments == "moderated":
        comment.state = first_state(comment.person)
    comment.save(update_fields=["text", "changed", "state"])


def report(person: Person, comment: Comment) -> None:
    """Ask a curator to look at somebody else's comment; asking again changes nothing. Raises Refused."""
    if not may_write(person):
        raise Refused(_not_verified())
    if Report.objects.filter(person=person, made__gt=_a_day_ago()).count() >= REPORTS_A_DAY:
        raise Refused(gettext("%(most)s reports a day are the most. Try again tomorrow.") % {"most": REPORTS_A_DAY})
    Report.objects.get_or_create(person=person, comment=comment)


def rate(person: Person, work: Work, stars: int) -> None:
    """One to five stars in place of those this person gave before; 0 takes them away. Raises Refused."""
    if stars == 0:
        Rating.objects.filter(person=person, work=work).delete()
        return
    if stars not in STARS:
        raise Refused(gettext("Choose from one to five stars."))
    if not may_write(person):
        raise Refused(_not_verified())
    Rating.objects.update_or_create(person=person, work=work, defaults={"stars": stars, "made": timezone.now()})


def first_state(person: Person) -> State:
    """Whether a comment is seen at once: a curator would only read their own."""
    waits = settings.BOOKWHEEL.comments != "on" and not may(person, "moderate")
    return State.WAITING if waits else State.SHOWN


def _checked(person: Person, text: str) -> str:
    if not may_write(person):
        raise Refused(_not_verified())
    text = clean(text)
    if not text:
        raise Refused(gettext("Write something first."))
    if len(text) > LONGEST:
        said = {"most": LONGEST, "count": len(text)}
        raise Refused(gettext("This has %(count)s characters; a comment has at most %(most)s.") % said)
    return text


def _not_verified() -> str:
    return gettext("That is possible once your e-mail address is verified.")


def _a_day_ago() -> datetime:
    return timezone.now() - timedelta(days=1)
