"""Confirming an address: by the form of its page alone."""

from allauth.account.models import EmailConfirmation
from allauth.account.views import ConfirmEmailView


class ConfirmAddress(ConfirmEmailView):  # type: ignore[misc]
    """allauth's, which would end the session of somebody else who only looks at the link."""

    def logout_other_user(self, confirmation: EmailConfirmation) -> None:
        if self.request.method == "POST":
            super().logout_other_user(confirmation)
