"""Tells Django of the accounts' pages; their tables are allauth's."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "bookwheel.web.account"
    label = "bookwheel_account"

    def ready(self) -> None:
        from bookwheel.web.account import signals  # noqa: F401  (what is imported listens)
