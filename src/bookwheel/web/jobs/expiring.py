"""The daily job that keeps what the settings say on how long things are kept: each room forgets what is its own."""

from importlib import import_module
from importlib.util import find_spec

from bookwheel.web.jobs.context import Context

ROOMS = (
    "bookwheel.web.searches.expiry",
    "bookwheel.web.account.expiry",
    "bookwheel.web.jobs.expiry",
    "bookwheel.web.ops.expiry",
)
"""Modules with a function `run(context) -> str`; one that is not there is passed over."""


def run(context: Context) -> str:
    """Each room in turn; one that fails keeps no other from its work. Raises what failed first, at the end."""
    finished: list[str] = list(context.checkpoint.get("finished", ()))
    failures: list[Exception] = []
    sentences = []
    for room in ROOMS:
        if room in finished or not find_spec(room):
            continue
        try:
            sentences.append(import_module(room).run(context))
        except Exception as error:
            failures.append(error)
            continue
        finished.append(room)
        context.save({"finished": finished}, room.split(".")[2])
    if failures:
        raise failures[0]
    return " ".join(filter(None, sentences)) or "Nothing to forget."
