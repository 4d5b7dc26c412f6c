"""Harvests in processes that die of SIGKILL at a random statement, one after the other; run by
test_harvest_killed.py.

Arguments: the repository's address, the store's, how many deaths, a seed. Prints how many harvests came to
their end all the same. Dying at statements instead of after milliseconds makes every point of a transaction
as likely as any other, on machines of every speed.
"""

import os
import random
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event

import bookwheel.formats.oai_doaj  # noqa: F401  Imported once here instead of in every life.
from bookwheel.config import SourceConfig
from bookwheel.jobs.harvest import harvest
from bookwheel.sources.oai import OaiSource
from bookwheel.store import Store

MOST_STATEMENTS = 40
"""A start takes about 15 statements and a page about 10, so that most lives store no page or one."""


def main(url: str, store_url: str, deaths: int, seed: int) -> None:
    random_ = random.Random(seed)
    # Made once: its certificates take longer to load than a life lasts. It connects only when it is asked.
    source = OaiSource("x", SourceConfig(url=url))
    complete = 0
    while deaths:
        statements = random_.randint(1, MOST_STATEMENTS)
        child = os.fork()
        if not child:
            live(source, store_url, statements)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            deaths -= 1
        elif os.WEXITSTATUS(status):
            sys.exit("a harvest failed")
        else:
            complete += 1
    print(complete)


def live(source: OaiSource, store_url: str, statements: int) -> None:
    """Harvest until so many statements or commits have begun, or to the end; never returns."""
    left = iter(range(statements))

    def die_in_time(*_: Any) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", die_in_time)
    event.listen(Engine, "commit", die_in_time)
    status = 1
    try:
        with Store.open(store_url) as store:
            harvest(source, store)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
