"""Forgets sessions whose time is over."""

from django.contrib.sessions.models import Session

from bookwheel.web.jobs.context import Context


def run(context: Context) -> str:
    """Delete the rows of expired sessions, which sign nobody in any more."""
    forgotten, _ = Session.objects.filter(expire_date__lt=context.now()).delete()
    return f"{forgotten:,} expired sessions forgotten." if forgotten else ""
