"""Cookies of who signs in: out of reach for scripts and other sites, new at each sign-in, worth nothing afterwards.

What Django is told of cookies it is told when it starts, so a catalogue at an https address is asked in a process of
its own; one at an http address is that of all other tests.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.serving import plain_environment
from tests.web.conftest import PASSWORD
from tests.web.safety.kinds import World

SITE = "https://search.example.org"

WANTED = {"httponly", "path=/", "samesite=lax", "secure"}
"""No domain, so that no other host of the same domain is sent it: __Host- asks for that and for the path."""

_ROOT = Path(__file__).resolve().parents[3]

_SIGN_IN = """
import json, pathlib, sys
from bookwheel.web.people.setup import set_up
set_up(pathlib.Path(sys.argv[1]))
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from tests.web.stub import seed_library
from bookwheel.web.library import use
from bookwheel.web.people.models import Person

person = Person.objects.create_user("ada@example.org", sys.argv[2])
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
host, is_secure = settings.ALLOWED_HOSTS[0], settings.SESSION_COOKIE_SECURE

def browser():
    return Client(headers={"host": host}, raise_request_exception=False)

def status(session):
    again = browser()
    again.cookies[settings.SESSION_COOKIE_NAME] = session
    return again.get("/MyResearch/Home", secure=is_secure).status_code

with use(seed_library()):
    client = browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    form = client.get("/MyResearch/Login", secure=is_secure)
    answer = client.post("/MyResearch/Login", {"login": person.email, "password": sys.argv[2]}, secure=is_secure)
    session = answer.cookies[settings.SESSION_COOKIE_NAME].value
    told = {
        "form": [each.OutputString() for each in form.cookies.values()],
        "sign in": [each.OutputString() for each in answer.cookies.values()],
        "given": status("a" * 32),
        "during": status(session),
    }
    client.post("/MyResearch/Logout", secure=is_secure)
    told["after"] = status(session)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Cookies of the form and of the sign-in, and what the sessions open."""
    folder = tmp_path_factory.mktemp("cookies")
    (folder / "bookwheel.toml").write_text(f'public_url = "{SITE}"\nallowed_hosts = ["search.example.org"]\n')
    done = subprocess.run(
        [sys.executable, "-c", _SIGN_IN, str(folder), PASSWORD],
        env=plain_environment(),
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(told: dict[str, Any]) -> None:
    [cookie] = [each for each in told["sign in"] if "session=" in each]
    assert cookie.startswith("__Host-session=")
    assert _flags(cookie) == WANTED


def test_the_cookie_of_forms_is_too(told: dict[str, Any]) -> None:
    cookies = [each for each in (*told["form"], *told["sign in"]) if "csrf=" in each]
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-csrf=")
        # It outlives the browser's window, as an open form does.
        assert {flag for flag in _flags(cookie) if not flag.startswith(("expires", "max-age"))} == WANTED


def test_without_https_scripts_and_other_sites_are_kept_out_too(world: World) -> None:
    client = Client()
    answer = client.post("/MyResearch/Login", {"login": world.owner.email, "password": PASSWORD})
    cookies = [each.OutputString() for each in answer.cookies.values()]
    [cookie] = [each for each in cookies if each.startswith("session=")]
    assert _flags(cookie) == WANTED - {"secure"}


def test_a_session_that_somebody_brings_along_is_not_taken_over(told: dict[str, Any]) -> None:
    assert told["given"] == 302
    assert told["during"] == 200
    assert not [each for each in told["sign in"] if "a" * 32 in each]


def test_a_session_opens_nothing_after_signing_out(told: dict[str, Any]) -> None:
    assert told["after"] == 302


def _flags(cookie: str) -> set[str]:
    return {flag.strip().lower() for flag in cookie.split(";")[1:]}
