"""Fills the demo's catalogue through the same harvest that fills any other."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bookwheel.config import FILE_NAME, read_config
from bookwheel.demo.provider import Samples, real_records, serving
from bookwheel.errors import CatalogueError, TransportError
from bookwheel.jobs.progress import Progress
from bookwheel.library import Library

COUNT = 1_500
"""Invented records of the demo: each oddity at least seven times, and a second to index."""

PORT = 8010
"""Where the provider stands when the port is free."""

LIVE_COUNT = 3_000

SOURCES = ("doaj", "samples")

SETTINGS = """\
# The demo's catalogue. 'bookwheel demo' serves both sources while it runs, so they can be harvested again.
title = "Bookwheel demo"

# One real record: public metadata (CC0) as DOAJ's feed gave it.
[sources.doaj]
url = "http://127.0.0.1:{port}/doaj"
format = "oai_doaj"

# Invented sample records: no such work, person or journal exists.
[sources.samples]
url = "http://127.0.0.1:{port}/samples"
format = "oai_doaj"
collection = "Invented samples"
id_prefix = "sample-"
"""

LIVE_SETTINGS = """\
# Current records from DOAJ. 'bookwheel harvest doaj' goes on with the millions that follow.
title = "Bookwheel demo, live"

[sources.doaj]
url = "https://doaj.org/oai.article"
format = "oai_doaj"
"""


@contextmanager
def sources_served(folder: Path, count: int = COUNT) -> Iterator[None]:
    """Serve the demo's sources where its settings look for them; makes the catalogue when it is new.

    Raises CatalogueError when their port is taken by something else.
    """
    port = _port_of(folder) or _free_port()
    if not (folder / FILE_NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE_NAME).write_text(SETTINGS.format(port=port), encoding="utf-8")
    provider = serving({"/doaj": real_records(), "/samples": Samples(count)}, port)
    try:
        provider.__enter__()
    except OSError as error:
        raise CatalogueError(
            f"{folder}: its sample records are served on port {port}, which is in use: {error.strerror}. "
            f"Stop what uses it (another demo?), or delete {folder}."
        ) from error
    try:
        yield
    finally:
        provider.__exit__(None, None, None)


def fill_live(folder: Path, progress: Progress) -> None:
    """Make a catalogue of the first few thousand records of DOAJ's feed.

    Raises TransportError when DOAJ cannot be reached.
    """
    _must_reach("doaj.org", 443)
    if not (folder / FILE_NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE_NAME).write_text(LIVE_SETTINGS, encoding="utf-8")
    with Library.open(folder) as library:
        try:
            library.harvest("doaj", _Limited(progress, LIVE_COUNT))
        except _Enough:
            progress.message(f"stopped after {LIVE_COUNT:,} records; 'bookwheel harvest doaj' goes on from there")


class _Enough(BaseException):
    """Stops a harvest as Ctrl-C does: what came is kept, and the next run goes on behind it."""


class _Limited:
    """A Progress that stops the job after so many pieces."""

    def __init__(self, progress: Progress, limit: int) -> None:
        self._progress = progress
        self._left = limit
        progress.total(limit)

    def total(self, count: int | None) -> None:
        """The whole feed is not what is waited for."""

    def advance(self, count: int) -> None:
        self._progress.advance(count)
        self._left -= count
        if self._left <= 0:
            raise _Enough

    def message(self, text: str) -> None:
        self._progress.message(text)


def _port_of(folder: Path) -> int | None:
    """The port the catalogue's settings name; None for a new catalogue."""
    if not (folder / FILE_NAME).exists():
        return None
    samples = read_config(folder).sources.get("samples")
    port = urlsplit(samples.url).port if samples else None
    if port is None:
        raise CatalogueError(f"{folder} is a catalogue, but not the demo's. Name another folder with --catalogue.")
    return port


def _free_port() -> int:
    for port in (PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise CatalogueError("no free port on 127.0.0.1. Close some programs and try again.")


def _must_reach(host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), timeout=10).close()
    except OSError as error:
        raise TransportError(
            f"{host} cannot be reached: {error.strerror or error}. 'bookwheel demo' without --live needs no network."
        ) from error
