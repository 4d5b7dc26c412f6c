"""The catalogue that others harvest is the one that programs read."""

import pytest
from django.test import Client
from tests.web.oai.conftest import Repository
from tests.web.oai.conftest import repository as repository


@pytest.fixture
def client(repository: Repository) -> Client:
    return Client(raise_request_exception=False)
