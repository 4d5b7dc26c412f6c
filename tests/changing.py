"""A catalogue that changes as time goes by: records with titles, a clock, and the index when it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bookwheel.config import Config
from bookwheel.engines.memory import MemoryEngine
from bookwheel.library import Library
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.search.engine import Engine
from bookwheel.store import Store
from bookwheel.store.model import Received

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)
DC = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>
 <dc:date>2025</dc:date></oai_dc:dc>"""


@dataclass
class Clock:
    """A time that is told."""

    moment: datetime = field(default=BEGAN)

    def now(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        self.moment += timedelta(**span)


@dataclass
class Changing:
    """`put` and `delete` are a harvest each; readers find what was changed after `index`."""

    library: Library
    clock: Clock

    def put(self, *titles: tuple[str, str]) -> None:
        """Names of records and their titles, new or changed."""
        self._save([self._received(name, DC.format(title, "Lovelace, Ada").encode()) for name, title in titles])

    def delete(self, *names: str) -> None:
        self._save([self._received(name, b"") for name in names])

    def index(self) -> None:
        self.library.index()

    def _received(self, name: str, payload: bytes) -> Received:
        fetched = f"{self.clock.moment:%Y-%m-%dT%H:%M:%SZ}"
        # The datestamp is the moment: what comes later is newer.
        raw = RawRecord("a", f"oai:a:{name}", fetched, "oai_dc", payload, not payload, (), fetched)
        if raw.deleted:
            return Received(f"a-{name}", raw, Reading(None))
        reading = self.library._read(raw)
        assert reading.record is not None
        return Received(reading.record.id, raw, reading)

    def _save(self, received: list[Received]) -> None:
        run = self.library.store.start_run("a", "harvest")
        self.library.store.save_page(run, received)
        self.library.store.finish_run(run, "complete")


@contextmanager
def changing(folder: Path, engine: Engine | None = None, **settings: object) -> Iterator[Changing]:
    """An empty catalogue, in memory unless it is given another engine."""
    clock = Clock()
    store = Store.open("sqlite://", now=clock.now)
    store.migrate()
    config = Config(folder, **settings)  # type: ignore[arg-type]
    with Library(config, store, engine or MemoryEngine()) as library:
        yield Changing(library, clock)
