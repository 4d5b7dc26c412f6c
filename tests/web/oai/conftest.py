"""A catalogue that others harvest: thirty records of two sources, some deleted, with a source for harvesting it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import httpx2
import pytest
from django.core.wsgi import get_wsgi_application
from lxml import etree
from tests.formats.cases import case

from bookwheel.config import Config, OaiConfig, SetConfig, SourceConfig
from bookwheel.engines.memory import MemoryEngine
from bookwheel.library import Library
from bookwheel.records.model import Container, Contributor, Record, Text
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.sources.oai import OaiSource
from bookwheel.store import Store
from bookwheel.store.model import Received
from bookwheel.web.library import use

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
DC = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></oai_dc:dc>"""
BEES = SetConfig("lookfor=bees&type=Title")
OAI = OaiConfig("librarian@example.org", page_size=7, sets=MappingProxyType({"bees": BEES}))


@dataclass
class Repository:
    """A catalogue with a clock of its own; every record saved is an hour younger than the one before."""

    library: Library
    moment: datetime = BEGAN

    def save(self, received: Received) -> None:
        self.moment += timedelta(hours=1)
        store = self.library.store
        run = store.start_run(received.raw.source, "harvest")
        store.save_page(run, [received])
        store.finish_run(run, "complete")

    def put(self, number: int, title: str, *, source: str = "a", deleted: bool = False) -> None:
        record_id = f"{source}-{number}"
        payload = b"" if deleted else DC.format(title).encode()
        raw = RawRecord(source, f"oai:{source}:{number}", "2024-01-01T00:00:00Z", "oai_dc", payload, deleted)
        record = Record(
            record_id,
            source,
            raw.identifier,
            raw.datestamp,
            "Article",
            "oai_dc",
            title=Text(title),
            contributors=(Contributor("Ada Lovelace"),),
            container=Container("Bee World", eissn="2376-7618") if number % 2 else Container(),
            all_text=title,
        )
        self.save(Received(record_id, raw, Reading(None if deleted else record)))


def filled(library: Library, repository: Repository) -> None:
    seed = case(SEED)
    repository.save(Received(SEED, seed.raw, seed.reading))
    for number in range(30):
        title = f"Bees, volume {number}" if number < 10 else f"Wasps, volume {number}"
        repository.put(number, title, source="b" if number % 5 == 0 else "a")
    for number in (1, 2, 11):
        repository.put(number, "", deleted=True)
    library.index()


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    config = Config(tmp_path, title="A repository", public_url="http://testserver", oai=OAI)
    clock: list[Repository] = []
    store = Store.open("sqlite://", now=lambda: clock[0].moment if clock else BEGAN)
    store.migrate()
    library = Library(config, store, MemoryEngine())
    clock.append(Repository(library))
    filled(library, clock[0])
    with library, use(library):
        yield clock[0]


Ask = Callable[..., etree._Element]


@pytest.fixture
def ask(repository: Repository) -> Iterator[Ask]:
    """Asks the repository; gives the root of its answer."""
    with httpx2.Client(transport=httpx2.WSGITransport(app=get_wsgi_application())) as client:

        def ask(**arguments: str) -> etree._Element:
            parameters = {name.rstrip("_"): text for name, text in arguments.items()}
            response = client.get("http://testserver/OAI/Server", params=parameters)
            assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
            return etree.fromstring(response.content)

        yield ask


@pytest.fixture
def source(repository: Repository) -> Callable[[str], OaiSource]:
    """Bookwheel's own harvester, asking the repository for a format."""

    def source(prefix: str) -> OaiSource:
        config = SourceConfig(url="http://testserver/OAI/Server", format=prefix)
        return OaiSource("mirror", config, transport=httpx2.WSGITransport(app=get_wsgi_application()))

    return source
