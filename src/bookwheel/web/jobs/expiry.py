"""Forgets old runs of jobs; the newest of each job are kept however old they are."""

from datetime import timedelta

from bookwheel.web.jobs.context import Context
from bookwheel.web.jobs.models import Job, Run

KEPT = timedelta(days=90)
ALWAYS_KEPT = 10
"""Newest runs of each job."""


def run(context: Context) -> str:
    """Delete ended runs from before `KEPT`."""
    before = context.now() - KEPT
    forgotten = 0
    for job in Job.objects.all():
        newest = list(job.runs.values_list("pk", flat=True)[:ALWAYS_KEPT])
        old = Run.objects.filter(job=job, ended__lt=before).exclude(pk__in=newest)
        forgotten += old.delete()[0]
    return f"{forgotten:,} old runs of jobs forgotten." if forgotten else ""
