"""Page tests run Django once, on the default settings, and each brings the catalogue it needs."""

import os
from collections.abc import Iterator

import django
import pytest
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from tests.web.stub import StubLibrary, sample, seed_library

from bookwheel.web.library import use

os.environ.pop("BOOKWHEEL_CATALOGUE", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.web.settings"
django.setup()


@pytest.fixture(scope="session", autouse=True)
def _django() -> Iterator[None]:
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture
def catalogue() -> Iterator[StubLibrary]:
    """The seed record and sixty samples."""
    library = seed_library(sample(number) for number in range(60))
    with use(library):
        yield library


@pytest.fixture
def client(catalogue: StubLibrary) -> Client:
    """Asks pages of `catalogue`; a page that fails answers 500, as it would a reader."""
    return Client(raise_request_exception=False)
