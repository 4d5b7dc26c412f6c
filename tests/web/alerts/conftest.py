"""A catalogue that changes, a server for mail, and readers with alerts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.changing import Changing, changing
from tests.fakes.smtp_server import Letterbox, letterbox

from bookwheel.library import Library
from bookwheel.search.url import from_url
from bookwheel.web.alerts.models import Alert
from bookwheel.web.alerts.subscribing import set_frequency
from bookwheel.web.library import use
from bookwheel.web.people.models import Person
from bookwheel.web.searches.keeping import save

SITE = "https://search.example.org"


@dataclass
class FakeContext:
    """What a running job is given; `saved` is what it remembered."""

    changing: Changing
    checkpoint: Mapping[str, Any] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        return self.changing.library

    def now(self) -> datetime:
        return self.changing.clock.now()

    def save(self, checkpoint: Mapping[str, Any], progress: str = "") -> None:
        self.checkpoint = checkpoint


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, public_url=SITE, title="The Library")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Changing]:
    with changing(tmp_path) as world, use(world.library):
        yield world


@pytest.fixture
def context(world: Changing) -> FakeContext:
    return FakeContext(world)


@pytest.fixture
def box(settings: Settings) -> Iterator[Letterbox]:
    """Mail goes through a real server on loopback."""
    with letterbox() as (box, controller):
        through(settings, controller.port)
        yield box


def through(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "The Library <library@example.org>"


Subscribe = Callable[..., Alert]


@pytest.fixture
def subscribe(world: Changing) -> Subscribe:
    """Saves a search of a person and switches its alert on."""

    def subscribe(person: Person, text: str = "bees", frequency: str = "daily", name: str = "") -> Alert:
        search = save(person, from_url([("lookfor", text)]), name or text)
        now = world.clock.now()
        alert = set_frequency(search, frequency, world.library.reached(now), now)
        assert alert is not None
        return alert

    return subscribe
