"""`bookwheel user` as an operator types it: each command a process, as Django is set up for one catalogue only."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bookwheel.cli.user import ROLES
from bookwheel.web.people.permissions import Role


def user(folder: Path, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bookwheel", "user", *arguments, "--catalogue", str(folder)]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False)


def listed(folder: Path) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = json.loads(user(folder, "list", "--json").stdout)
    return people


def test_roles_are_those_of_the_people() -> None:
    assert list(ROLES) == Role.values


def test_a_person_is_added_promoted_closed_and_opened(empty: Path) -> None:
    assert user(empty, "list").stdout.startswith("There is nobody")
    added = user(empty, "add", "Ada@Example.org", "--name", "Ada", "--role", "curator")
    assert added.returncode == 0
    assert added.stdout.startswith("/account/recover/")
    assert "works once, and for one hour" in added.stderr
    [ada] = listed(empty)
    assert (ada["email"], ada["name"], ada["role"], ada["is_verified"]) == ("ada@example.org", "Ada", "curator", True)
    assert user(empty, "promote", "ada@example.org", "operator").stdout == "ada@example.org: operator.\n"
    assert user(empty, "disable", "ada@example.org").stdout == "ada@example.org: closed; sessions ended: 0.\n"
    [ada] = listed(empty)
    assert (ada["role"], ada["is_active"]) == ("operator", False)
    assert "closed" in user(empty, "list").stdout.splitlines()[1]
    user(empty, "enable", "ada@example.org")
    assert listed(empty)[0]["is_active"]


def test_a_link_has_the_public_address_before_it(empty: Path) -> None:
    with (empty / "bookwheel.toml").open("a") as settings:
        settings.write('\npublic_url = "https://search.example.org/"\n')
    made = json.loads(user(empty, "add", "ada@example.org", "--json").stdout)
    assert made["link"].startswith("https://search.example.org/account/recover/")
    again = json.loads(user(empty, "link", "ada@example.org", "--json").stdout)
    assert again["link"].startswith("https://search.example.org/account/recover/")


def test_a_password_comes_from_standard_input(empty: Path) -> None:
    made = user(empty, "add", "ada@example.org", "--password-stdin", typed="a wheel of books\n")
    assert made.stdout == "ada@example.org: made.\n"
    weak = user(empty, "add", "eva@example.org", "--password-stdin", typed="password\n")
    assert weak.returncode == 1
    assert "too common" in weak.stderr
    assert user(empty, "add", "eva@example.org", "--password-stdin").returncode == 1
    assert len(listed(empty)) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "nobody"), 1, "Enter a valid email address."),
        (("add", "ada@example.org", "--role", "king"), 2, "king"),
        (("promote", "eva@example.org", "curator"), 4, "unknown person 'eva@example.org'"),
        (("disable", "eva@example.org"), 4, "unknown person"),
        (("link", "eva@example.org"), 4, "unknown person"),
        (("reset-factor", "eva@example.org"), 4, "unknown person"),
    ],
)
def test_mistakes_are_told_in_a_line(empty: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    outcome = user(empty, *arguments)
    assert outcome.returncode == code
    assert said in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_nobody_is_added_twice(empty: Path) -> None:
    user(empty, "add", "ada@example.org")
    assert "has an account already" in user(empty, "add", "ADA@example.org").stderr


def test_a_catalogue_without_accounts_has_no_people(empty: Path) -> None:
    with (empty / "bookwheel.toml").open("a") as settings:
        settings.write("\naccounts = false\n")
    outcome = user(empty, "list")
    assert outcome.returncode == 3
    assert "accounts = false" in outcome.stderr
    assert not (empty / "people.sqlite3").exists()
