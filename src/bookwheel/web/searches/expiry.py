"""Forgets searches that were remembered longer than the catalogue's setting allows."""

from bookwheel.web.jobs.context import Context
from bookwheel.web.searches.history import oldest
from bookwheel.web.searches.models import PastSearch

_AT_ONCE = 1_000


def run(context: Context) -> str:
    """Delete what has expired, some at a time."""
    before, forgotten = oldest(context.now()), 0
    while numbers := list(PastSearch.objects.filter(made__lte=before).values_list("pk", flat=True)[:_AT_ONCE]):
        PastSearch.objects.filter(pk__in=numbers).delete()
        forgotten += len(numbers)
        context.save({"forgotten": forgotten}, f"{forgotten} searches forgotten")
    return f"{forgotten} searches forgotten."
