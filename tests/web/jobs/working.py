"""A worker in a process of its own, whose leases are short; run by test_worker.py.

Arguments: the catalogue; a file that each step is written to. Instead of the catalogue's jobs it runs "count", a job of
`STEPS` steps, unless no file is named.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

from bookwheel.web.people.setup import set_up

STEPS = 40
STEP_SECONDS = 0.05
LEASE = timedelta(seconds=3)


def main(catalogue: Path, log: Path | None) -> None:
    set_up(catalogue)
    from bookwheel.web.jobs import lease, running, worker
    from bookwheel.web.jobs.context import Context
    from bookwheel.web.jobs.table import Planned

    def count(context: Context) -> str:
        assert log is not None
        for step in range(context.checkpoint.get("step", 0), STEPS):
            with log.open("a") as file:
                file.write(f"{os.getpid()} {step}\n")
            time.sleep(STEP_SECONDS)
            context.save({"step": step + 1}, f"{step + 1} of {STEPS}")
        return "Counted."

    lease.LEASE = LEASE
    running.BEAT_SECONDS = 0.2
    worker.LOOK_SECONDS = 0.1
    if log is not None:
        vars(worker)["planned"] = lambda config: {"count": Planned("count", "1 day", count)}
    work = worker.Worker(catalogue)
    signal.signal(signal.SIGTERM, lambda *_: work.stop.set())
    print("ready", flush=True)
    work.until_stopped(2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
