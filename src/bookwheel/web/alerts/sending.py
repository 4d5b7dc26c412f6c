"""Sends digests: each is claimed by one worker, sent, and marked as sent at once.

A worker that is killed leaves its claim behind, which ends by itself; then another sends the digest with the same
Message-ID. Only between the server's last word and our mark can a mail go out twice, and receivers drop the second.
"""

import logging
import smtplib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from socket import gaierror
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation

from bookwheel.library import Library
from bookwheel.web.alerts.composing import Letter, letter_of
from bookwheel.web.alerts.models import Alert, Digest, Event, Frequency, State
from bookwheel.web.alerts.rows import batches
from bookwheel.web.people import mail

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""For which a digest belongs to the worker that claimed it: longer than composing and sending ever take."""

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
"""Between two attempts: each wait is twice the one before. There is no last attempt."""

_SHOWN = 450
"""Characters of what a server said that are kept."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How a round of sending went. `is_down`: the server did not take mail at all, so the rest was left for later."""

    sent: int = 0
    refused: int = 0
    postponed: int = 0
    is_down: bool = False


def send_due(library: Library, clock: Callable[[], datetime], beat: Iterator[None]) -> Sent:
    """Send what is due by now, the longest waiting first. `beat` is advanced between two mails."""
    sent = refused = postponed = 0
    for number in list(_waiting(clock()).order_by("next_attempt", "pk").values_list("pk", flat=True)):
        next(beat)
        digest = _claim(number, clock())
        letter = _letter(library, digest) if digest else None
        if digest is None or letter is None:
            continue
        # From here until it is known how it went the mail may have arrived.
        if not Digest.objects.filter(pk=number, holder=digest.holder).update(is_doubtful=True):
            continue
        problem = _send(digest, letter)
        if problem is None:
            _settle(digest, state=State.SENT, sent=clock(), problem="")
            sent += 1
        elif _is_for_good(problem):
            _settle(digest, state=State.REFUSED, problem=_said(problem), is_doubtful=digest.is_doubtful)
            refused += 1
        else:
            _postpone(digest, problem, clock())
            postponed += 1
            if _is_down(problem):
                return Sent(sent, refused, postponed, is_down=True)
    return Sent(sent, refused, postponed)


def try_again(digest: Digest, now: datetime) -> None:
    """Send a digest that was refused for good once more; what waited behind it goes on too."""
    Digest.objects.filter(pk=digest.pk, state=State.REFUSED).update(state=State.PREPARED, next_attempt=now)


def _waiting(now: datetime) -> QuerySet[Digest]:
    """Digests to be sent by now, of people who can be sent mail; also those whose worker was killed."""
    verified = EmailAddress.objects.filter(user=OuterRef("person"), email=OuterRef("person__email"), verified=True)
    is_free = Q(state=State.PREPARED, next_attempt__lte=now) | Q(state=State.SENDING, lease__lte=now)
    return Digest.objects.filter(is_free, Exists(verified), person__is_active=True)


@transaction.atomic
def _claim(number: int, now: datetime) -> Digest | None:
    """The digest, from now on ours; None when somebody else has it already."""
    digest = _waiting(now).filter(pk=number).first()
    if digest is None:
        return None
    was, digest.holder = digest.holder, uuid4().hex
    digest.attempts += 1
    claimed = Digest.objects.filter(pk=number, state=digest.state, holder=was).update(
        state=State.SENDING, holder=digest.holder, lease=now + LEASE, attempts=digest.attempts
    )
    return digest if claimed else None


def _letter(library: Library, digest: Digest) -> Letter | None:
    """The mail; None when nothing is left to tell, and nothing is to be sent."""
    found = _told(library, digest)
    if not found:
        if digest.is_doubtful:
            _settle(digest, state=State.SENT, sent=None)
        else:
            Digest.objects.filter(pk=digest.pk, holder=digest.holder).delete()
        return None
    with translation.override(digest.person.language or settings.LANGUAGE_CODE):
        return letter_of(library, digest, found)


def _told(library: Library, digest: Digest) -> Sequence[tuple[Alert, Sequence[str]]]:
    """The alerts of a digest that are still on, each with its records that are still there.

    A record that has gone is let go, so that it is told should it come back. A digest that may have arrived tells the
    same once more: then each record in it is told once, whichever of the mails is read.
    """
    by_alert: dict[int, list[str]] = {}
    events = digest.events.exclude(alert__frequency=Frequency.NEVER)
    for alert, record_id in events.values_list("alert", "record_id"):
        by_alert.setdefault(alert, []).append(record_id)
    told = {record_id for ids in by_alert.values() for record_id in ids}
    gone = set() if digest.is_doubtful else library.store.deleted(told)
    for some in batches(sorted(gone)):
        Event.objects.filter(digest=digest, record_id__in=some).delete()
    alerts = Alert.objects.filter(pk__in=by_alert).defer("baseline").select_related("search").order_by("search__name")
    left = ((alert, [each for each in by_alert[alert.pk] if each not in gone]) for alert in alerts)
    return [(alert, ids) for alert, ids in left if ids]


def _send(digest: Digest, letter: Letter) -> Exception | None:
    """What went wrong, None for nothing."""
    headers = {**letter.headers, "Message-ID": digest.message_id}
    try:
        with translation.override(digest.person.language or settings.LANGUAGE_CODE):
            mail.send(
                digest.person.email,
                letter.subject,
                "alerts/digest.txt",
                "alerts/digest.html",
                letter.context(),
                headers,
            )
    except OSError as problem:
        log.warning("a digest was not sent: %s: %s", type(problem).__name__, _said(problem))
        return problem
    except Exception as problem:
        # One mail that cannot be written must not keep the others.
        log.exception("a digest could not be written")
        return problem
    return None


def _postpone(digest: Digest, problem: Exception, now: datetime) -> None:
    wait = min(FIRST_WAIT * 2 ** min(digest.attempts - 1, 10), LONGEST_WAIT)
    doubtful = digest.is_doubtful or not _is_definite(problem)
    said = _said(problem)
    _settle(digest, state=State.PREPARED, next_attempt=now + wait, problem=said, is_doubtful=doubtful)


def _settle(digest: Digest, **values: Any) -> None:
    """Write how it went, if the digest is still ours."""
    Digest.objects.filter(pk=digest.pk, holder=digest.holder).update(holder="", lease=None, **values)


def _is_for_good(problem: Exception) -> bool:
    """Whether the server will never take mail for this reader: all its recipients, who is one, refused for good."""
    if not isinstance(problem, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _ in problem.recipients.values())


def _is_down(problem: Exception) -> bool:
    """Whether the next mail would fare alike: no connection, or the server does not want us."""
    if isinstance(problem, smtplib.SMTPException):
        return isinstance(
            problem,
            smtplib.SMTPConnectError
            | smtplib.SMTPHeloError
            | smtplib.SMTPAuthenticationError
            | smtplib.SMTPSenderRefused
            | smtplib.SMTPNotSupportedError,
        )
    return isinstance(problem, OSError)


def _is_definite(problem: Exception) -> bool:
    """Whether the mail has certainly not gone out: the server said so, or was never reached."""
    return isinstance(
        problem,
        smtplib.SMTPResponseException
        | smtplib.SMTPRecipientsRefused
        | smtplib.SMTPNotSupportedError
        | ConnectionRefusedError
        | gaierror,
    ) or not isinstance(problem, OSError)


def _said(problem: Exception) -> str:
    """What the server said, as one line."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        parts = [f"{code} {text.decode(errors='replace')}" for code, text in problem.recipients.values()]
    elif isinstance(problem, smtplib.SMTPResponseException):
        text = problem.smtp_error
        parts = [f"{problem.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"]
    else:
        parts = [str(problem) or type(problem).__name__]
    return " ".join(" ".join(parts).split())[:_SHOWN]
