"""What an operator's settings make of accounts: closed, of some domains, or none at all.

What Django is told is told when it starts, so a catalogue without accounts is asked in a process of its own.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings
from tests.web.account.conftest import sign_in
from tests.web.page import Page

from bookwheel.config import Config, LoginConfig
from bookwheel.errors import ConfigError
from bookwheel.web.account.providers import provider_origins, provider_settings
from bookwheel.web.people.models import Person

PAGES = (
    "/",
    "/Search/Results?lookfor=leukemia&type=AllFields",
    "/Search/Advanced",
    "/Search/History",
    "/Browse/Home",
    "/Help/Home",
    "/api",
    "/nothing",
    "/Record/doaj-art-a34e60229e934aac998908d0fd28b026",
    "/Record/doaj-art-a34e60229e934aac998908d0fd28b026/Details",
)

_ASK = """
import json, sys, warnings
warnings.simplefilter("ignore")
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.stub import seed_library
from bookwheel.web.library import use
settings.ALLOWED_HOSTS.append("testserver")
client = Client(raise_request_exception=False)
client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
answers = {}
with use(seed_library()):
    for page in json.loads(sys.argv[1]):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        answers[page] = [answer.status_code, answer.content.decode(), len(asked), sorted(answer.cookies)]
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, int, list[str]]]:
    """Answers of a catalogue whose settings say `accounts = false`: status, page, queries, cookies."""
    folder = tmp_path_factory.mktemp("without")
    (folder / "bookwheel.toml").write_text("accounts = false\n")
    environ = {**os.environ, "BOOKWHEEL_CATALOGUE": str(folder), "DJANGO_SETTINGS_MODULE": "bookwheel.web.settings"}
    pages = [*PAGES, "/MyResearch/Home", "/MyResearch/Login", "/account/sessions/"]
    command = [sys.executable, "-c", _ASK, json.dumps(pages)]
    done = subprocess.run(
        command, env=environ, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, tuple[int, str, int, list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.mark.parametrize("page", PAGES)
def test_without_accounts_no_page_knows_of_any(page: str, without: dict[str, tuple[int, str, int, list[str]]]) -> None:
    status, text, queries, cookies = without[page]
    assert status == (404 if page == "/nothing" else 200)
    assert "/MyResearch" not in text
    assert "/account/" not in text
    assert "Sign in" not in text
    assert "My account" not in text
    assert "Tags:" not in text
    assert "Save" not in text
    assert (queries, cookies) == (0, [])


@pytest.mark.parametrize("page", ["/MyResearch/Home", "/MyResearch/Login", "/account/sessions/"])
def test_without_accounts_their_addresses_are_none(
    page: str, without: dict[str, tuple[int, str, int, list[str]]]
) -> None:
    assert without[page][0] == 404


def test_with_accounts_every_page_has_a_door(client: Client) -> None:
    for page in PAGES[1:4]:
        assert "Sign in" in Page(client.get(page)).text("//nav[@class='doors-more']"), page


def test_a_closed_catalogue_makes_no_accounts(client: Client, reader: Person, settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, registration="closed")
    page = Page(client.get("/MyResearch/Account"))
    assert "Accounts are made for you here" in page.text()
    client.post("/MyResearch/Account", {"email": "eva@example.org", "password1": "many wheels of books"})
    assert list(Person.objects.all()) == [reader]
    assert mail.outbox == []
    assert sign_in(client, "ada@example.org")["Location"] == "/MyResearch/Home"


def test_without_providers_there_are_no_doors_to_them() -> None:
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert "openid_connect_login" not in names
    assert "account_login" in names
    assert not [name for name in names if "phone" in name or "webauthn" in name or "passkey" in name]


def test_a_provider_is_told_to_allauth_and_to_browsers() -> None:
    config = Config(login={"uni": LoginConfig("https://login.uni.example/oidc/", "us", "secret", "University")})
    [app] = provider_settings(config)["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://login.uni.example/oidc"
    assert (app["provider_id"], app["name"], app["client_id"]) == ("uni", "University", "us")
    assert provider_origins(config) == ["https://login.uni.example"]


def test_two_providers_have_two_names_for_the_catalogue() -> None:
    logins = {name: LoginConfig(f"https://{name}.example", "us") for name in ("one", "two")}
    with pytest.raises(ConfigError, match=r"\[login.one\] and \[login.two\] have the same client_id 'us'"):
        provider_settings(Config(login=logins))
