"""Page tests run Django once, on the default settings, and each brings the catalogue it needs.

What people write is kept in a database of the test's own, in memory; with BOOKWHEEL_PEOPLE_URL on PostgreSQL.
"""

import os
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client
from tests.web.stub import StubLibrary, sample, seed_library

from bookwheel.web.library import use
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import Role

os.environ.pop("BOOKWHEEL_CATALOGUE", None)

PASSWORD = "a wheel of books"


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Argon2 still, but at a hundredth of the work that makes a stolen hash worth little: here hundreds are made."""
    with pytest.MonkeyPatch.context() as changed:
        for name, least in (("time_cost", 1), ("memory_cost", 1024), ("parallelism", 1)):
            changed.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    """Every page may ask who is reading."""


@pytest.fixture
def catalogue() -> Iterator[StubLibrary]:
    """The seed record and sixty samples."""
    library = seed_library(sample(number) for number in range(60))
    with use(library):
        yield library


@pytest.fixture
def client(catalogue: StubLibrary) -> Client:
    """Asks pages of `catalogue`, as a stranger; a page that fails answers 500, as it would a reader."""
    return Client(raise_request_exception=False)


@pytest.fixture(scope="session")
def _hash() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def reader(_hash: str) -> Person:
    """Somebody with an account, whose address is verified."""
    return make_person("ada@example.org", _hash, name="Ada")


@pytest.fixture
def other(_hash: str) -> Person:
    """Another reader."""
    return make_person("bert@example.org", _hash, name="Bert")


@pytest.fixture
def curator(_hash: str) -> Person:
    return make_person("cora@example.org", _hash, name="Cora", role=Role.CURATOR)


@pytest.fixture
def operator(_hash: str) -> Person:
    return make_person("olga@example.org", _hash, name="Olga", role=Role.OPERATOR)


def make_person(email: str, hashed: str, **more: object) -> Person:
    person = Person.objects.create(email=email, password=hashed, **more)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def signed_in(person: Person) -> Client:
    """A browser in which this person has signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
