"""Tests of accounts read the mail that was sent, and count tries from nought."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.conftest import PASSWORD


@pytest.fixture(autouse=True)
def _no_tries_so_far() -> None:
    cache.clear()


@pytest.fixture
def stranger(client: Client) -> Client:
    """A browser of somebody who is not signed in."""
    return client


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/MyResearch/Login", {"login": email, "password": password, **more})


def link(message: Any) -> str:
    """The path of the link in a letter; the address before it is the catalogue's."""
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found, message.body
    return found[1]


Mails = list[EmailMessage]
Ask = Callable[[], Any]
