"""A worker in a process of its own, for a test that kills it: runs the alerts of a catalogue once.

It waits to be killed at the nth statement to the database, counted from the beginning of the run, when a number is
given: `python worker.py FOLDER PORT MOMENT [N]`.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from bookwheel.web.people.setup import set_up


def main(folder: Path, port: int, moment: datetime, kill_at: int) -> None:
    set_up(folder)
    from django.conf import settings
    from django.db import connection

    from bookwheel.library import Library
    from bookwheel.web.alerts import job

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "library@example.org"
    count = 0

    def statement(execute: Any, *rest: Any) -> Any:
        nonlocal count
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)

    class Context:
        def __init__(self, library: Library) -> None:
            self.library = library
            self.checkpoint: dict[str, Any] = {}

        def now(self) -> datetime:
            return moment

        def save(self, checkpoint: Any, progress: str = "") -> None:
            pass

    with Library.open(folder) as library, connection.execute_wrapper(statement):
        print(job.run(Context(library)), count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), int(sys.argv[4]))
