"""Cookies of who signs in: out of reach for scripts and other sites, new at each sign-in, worth nothing afterwards.

What Django is told of cookies it is told when it starts, so a catalogue at an https address is asked in a process of
its own, which also shows that nothing of this hangs on the settings of the tests.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.serving import plain_environment
from tests.web.conftest import PASSWORD

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


@pytest.fixture(scope="module", params=["https://search.example.org", "http://search.example.org"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The address of the catalogue, cookies of the form and of the sign-in, and what the sessions open."""
    folder = tmp_path_factory.mktemp("cookies")
    (folder / "bookwheel.toml").write_text(f'public_url = "{request.param}"\nallowed_hosts = ["search.example.org"]\n')
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
    return {"address": request.param, **answers}


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(told: dict[str, Any]) -> None:
    [cookie] = [each for each in told["sign in"] if "session=" in each]
    assert _flags(cookie) == _wanted(told["address"])
    name = cookie.partition("=")[0]
    assert name == ("__Host-session" if told["address"].startswith("https:") else "session")


def test_the_cookie_of_forms_is_too(told: dict[str, Any]) -> None:
    cookies = [each for each in (*told["form"], *told["sign in"]) if "csrf=" in each]
    assert cookies
    for cookie in cookies:
        # It outlives the browser's window, as an open form does.
        assert {flag for flag in _flags(cookie) if not flag.startswith(("expires", "max-age"))} == _wanted(
            told["address"]
        )


def test_a_session_that_somebody_brings_along_is_not_taken_over(told: dict[str, Any]) -> None:
    assert told["given"] == 302
    assert told["during"] == 200
    assert not [each for each in told["sign in"] if "a" * 32 in each]


def test_a_session_opens_nothing_after_signing_out(told: dict[str, Any]) -> None:
    assert told["after"] == 302


def _flags(cookie: str) -> set[str]:
    return {flag.strip().lower() for flag in cookie.split(";")[1:]}


def _wanted(address: str) -> set[str]:
    """No domain, so that no other host of the same domain is sent it: __Host- asks for that and for the path."""
    return {"httponly", "path=/", "samesite=lax"} | ({"secure"} if address.startswith("https:") else set())
