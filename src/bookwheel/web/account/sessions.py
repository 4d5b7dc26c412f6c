"""Django's sessions in the database, with a column that says whose they are (SESSION_ENGINE)."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession

from bookwheel.web.people.models import Person

_BEGUN = "account_login"
"""Where allauth keeps who is signing in, until the second factor or the mail has come."""


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        from bookwheel.web.account.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        session: Any = super().create_model_instance(data)
        session.person_id = _person_id(data)
        return session  # type: ignore[no-any-return]


def _person_id(data: dict[str, Any]) -> int | None:
    """Whose the session is; None for a stranger's, and for one of somebody who is deleted meanwhile."""
    begun = data.get(_BEGUN)
    number = data.get(SESSION_KEY) or (begun.get("user_pk") if isinstance(begun, dict) else None)
    if number is None:
        return None
    # allauth writes numbers in base 36 where it writes them into addresses.
    pk = int(number) if SESSION_KEY in data else int(str(number), 36)
    return pk if Person.objects.filter(pk=pk).exists() else None
