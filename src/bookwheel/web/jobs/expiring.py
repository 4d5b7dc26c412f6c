"""The daily job that keeps what the settings say on how long things are kept: each room forgets what is its own."""

from collections.abc import Mapping
from types import MappingProxyType

from bookwheel.web.account import expiry as account
from bookwheel.web.jobs import expiry as jobs
from bookwheel.web.jobs.context import Context
from bookwheel.web.jobs.running import Work
from bookwheel.web.ops import expiry as ops
from bookwheel.web.searches import expiry as searches

ROOMS: Mapping[str, Work] = MappingProxyType(
    {"searches": searches.run, "account": account.run, "jobs": jobs.run, "ops": ops.run}
)


def run(context: Context) -> str:
    """Each room in turn; one that fails keeps no other from its work. Raises what failed first, at the end."""
    finished: list[str] = list(context.checkpoint.get("finished", ()))
    failures: list[Exception] = []
    sentences = []
    for room, forget in ROOMS.items():
        if room in finished:
            continue
        try:
            sentences.append(forget(context))
        except Exception as error:
            failures.append(error)
            continue
        finished.append(room)
        context.save({"finished": finished}, room)
    if failures:
        raise failures[0]
    return " ".join(filter(None, sentences)) or "Nothing to forget."
