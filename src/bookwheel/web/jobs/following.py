"""The job that looks for records under other ids, so that what readers attached to them follows."""

from django.utils.translation import gettext, ngettext

from bookwheel.web.jobs.context import Context
from bookwheel.web.works.following import batches, follow


def run(context: Context) -> str:
    """Goes through all works, and on from where a run was killed."""
    after, followed = int(context.checkpoint.get("after", 0)), int(context.checkpoint.get("followed", 0))
    for works in batches(after):
        followed += len(follow(context.library, works))
        context.save({"after": works[-1].pk, "followed": followed})
    if not followed:
        return gettext("No record has another id than before.")
    said = ngettext(
        "%(count)s record was found under another id.", "%(count)s records were found under other ids.", followed
    )
    return said % {"count": followed}
