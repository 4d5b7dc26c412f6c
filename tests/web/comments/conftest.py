"""What tests of comments begin with: a catalogue that has them, and stars."""

from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from bookwheel.web.works.models import Work


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, comments="on", ratings=True)


@pytest.fixture
def moderated(settings: Settings) -> None:
    """A curator reads comments before others do."""
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, comments="moderated")


@pytest.fixture
def off(settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, comments="off", ratings=False)


@pytest.fixture
def work() -> Work:
    return Work.objects.create(record_id="sample-1", title="Sample work number 1")
