"""`bookwheel user`: the people with accounts, and what they may do."""

import sys
from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line, write_table
from bookwheel.config import read_config
from bookwheel.errors import BookwheelError, ConfigError
from bookwheel.web.people.setup import set_up

ROLES = ("reader", "curator", "operator")
"""As in web.people.permissions, which cannot be imported before a catalogue is known; a test compares them."""


@click.group()
def user() -> None:
    """Make, list, close and promote accounts of readers, curators and operators."""


@user.command()
@click.argument("email")
@click.option("--name", default="", help="Name that others see.")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What they may do.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, its first line.")
@click.option("--ask", is_flag=True, help="Ask for the password on this terminal.")
@catalogue_option
@output_options
def add(email: str, name: str, role: str, password_stdin: bool, ask: bool, catalogue: Path, as_json: bool) -> None:
    """Make an account, and show a link where its password is chosen.

    The link works once, and for one hour; 'bookwheel user link' makes another one. With --ask or --password-stdin the
    account has a password at once. Addresses of every domain can be added, whatever the settings say of sign-ups.
    """
    _open(catalogue)
    from bookwheel.web.account import register

    password = _password(password_stdin, ask)
    person = register.add(email, name, role, password)
    link = "" if password else _link(catalogue, register.password_path(person))
    if as_json:
        write_json({"email": person.email, "name": person.name, "role": person.role, "link": link})
        return
    write_line(link or f"{person.email}: made.")
    if link:
        _explain(catalogue)


@user.command("list")
@catalogue_option
@output_options
def list_(catalogue: Path, as_json: bool) -> None:
    """Show everybody with an account."""
    _open(catalogue)
    from bookwheel.web.account import register

    people = register.everybody()
    if as_json:
        write_json(people)
        return
    rows = [
        (
            person.email,
            person.name,
            person.role,
            ("open" if person.is_verified else "unverified") if person.is_active else "closed",
            "yes" if person.has_second_factor else "no",
            f"{person.joined:%Y-%m-%d}",
            f"{person.signed_in:%Y-%m-%d}" if person.signed_in else "never",
        )
        for person in people
    ]
    write_table(("e-mail", "name", "role", "account", "second factor", "since", "signed in"), rows)
    if not people:
        write_line("There is nobody: 'bookwheel user add EMAIL' makes an account.")


@user.command()
@click.argument("email")
@catalogue_option
@output_options
def link(email: str, catalogue: Path, as_json: bool) -> None:
    """Show a link where a person chooses a new password: for catalogues without mail."""
    _open(catalogue)
    from bookwheel.web.account import register

    address = _link(catalogue, register.password_path(register.find(email)))
    if as_json:
        write_json({"email": email, "link": address})
        return
    write_line(address)
    _explain(catalogue)


@user.command()
@click.argument("email")
@catalogue_option
@output_options
def disable(email: str, catalogue: Path, as_json: bool) -> None:
    """Let a person sign in no more, and end their sessions at once. What they wrote stays."""
    _open(catalogue)
    from bookwheel.web.account import register

    sessions = register.close(email)
    if as_json:
        write_json({"disabled": email, "sessions": sessions})
    else:
        write_line(f"{email}: closed; sessions ended: {sessions}.")


@user.command()
@click.argument("email")
@catalogue_option
@output_options
def enable(email: str, catalogue: Path, as_json: bool) -> None:
    """Let a person sign in again."""
    _open(catalogue)
    from bookwheel.web.account import register

    register.open_again(email)
    if as_json:
        write_json({"enabled": email})
    else:
        write_line(f"{email}: open.")


@user.command()
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@catalogue_option
@output_options
def promote(email: str, role: str, catalogue: Path, as_json: bool) -> None:
    """Make a person a curator, an operator, or a reader again.

    Curators moderate tags and comments and edit synonyms; operators do that too, and see the pages of operation.
    """
    _open(catalogue)
    from bookwheel.web.account import register

    register.promote(email, role)
    if as_json:
        write_json({"email": email, "role": role})
    else:
        write_line(f"{email}: {role}.")


@user.command("reset-factor")
@click.argument("email")
@catalogue_option
@output_options
def reset_factor(email: str, catalogue: Path, as_json: bool) -> None:
    """Take a person's second factor away, who has lost it and the recovery codes. Make sure that it is them."""
    _open(catalogue)
    from bookwheel.web.account import register

    had = register.reset_factor(email)
    if as_json:
        write_json({"email": email, "had_second_factor": had})
    else:
        write_line(f"{email}: {'the second factor is gone' if had else 'there was no second factor'}.")


def _open(catalogue: Path) -> None:
    if not read_config(existing(catalogue)).accounts:
        raise ConfigError("This catalogue has no accounts: its settings say accounts = false.")
    set_up(catalogue)


def _password(from_stdin: bool, ask: bool) -> str | None:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise BookwheelError("No password came on standard input. Nothing was made.")
        return password
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)) if ask else None


def _link(catalogue: Path, path: str) -> str:
    return read_config(catalogue).public_url.rstrip("/") + path


def _explain(catalogue: Path) -> None:
    place = (
        "" if read_config(catalogue).public_url else " The catalogue's address goes before it: public_url is not set."
    )
    click.echo(f"It works once, and for one hour. Whoever has it can choose the password.{place}", err=True)
