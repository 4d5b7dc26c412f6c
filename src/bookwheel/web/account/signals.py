"""What happens beside what allauth does: all other sessions end with the password that opened them."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from bookwheel.web.account.models import Session
from bookwheel.web.people.models import Person


@receiver([password_changed, password_reset, password_set])
def end_other_sessions(request: HttpRequest, user: Person, **more: Any) -> None:
    """Django would not let them in any more; this leaves no row of them either."""
    end_sessions(user, request.session.session_key)


def end_sessions(person: Person, but: str | None = None) -> int:
    """End every session of a person, `but` one; answers how many."""
    UserSession.objects.filter(user=person).exclude(session_key=but).delete()
    ended, _ = Session.objects.filter(person=person).exclude(session_key=but).delete()
    return ended
