"""Forgets searches that found nothing, after the days the settings say."""

from datetime import timedelta

from django.conf import settings

from bookwheel.web.jobs.context import Context
from bookwheel.web.ops.models import EmptySearch


def run(context: Context) -> str:
    """Delete the counts of days that are over their time; all of them where none are to be kept."""
    first = context.now().date() - timedelta(days=settings.BOOKWHEEL.empty_searches_days)
    forgotten, _ = EmptySearch.objects.filter(day__lte=first).delete()
    return f"{forgotten:,} counts of searches that found nothing forgotten." if forgotten else ""
