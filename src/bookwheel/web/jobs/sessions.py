"""Forgets sessions whose time is over."""

from importlib import import_module
from typing import Any

from django.conf import settings

from bookwheel.web.jobs.context import Context


def run(context: Context) -> str:
    """Delete the rows of expired sessions, which sign nobody in any more."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    engine.SessionStore.clear_expired()
    return ""
