"""What every command takes: the catalogue, --json and --debug."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from bookwheel.errors import CatalogueError


@dataclass(slots=True)
class Settings:
    """How this run of the command was asked to behave."""

    debug: bool = False


Command = TypeVar("Command", bound=Callable[..., Any])


def catalogue_option(command: Command) -> Command:
    """Give a command `catalogue: Path`. It is not opened or checked here."""
    return click.option(
        "--catalogue",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="BOOKWHEEL_CATALOGUE",
        default=Path(),
        help="The catalogue's folder.  [default: $BOOKWHEEL_CATALOGUE, or the current folder]",
    )(command)


def output_options(command: Command) -> Command:
    """Give a command `as_json: bool`, and --debug, which it never sees."""
    as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
    debug = click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_set_debug,
        help="Show where in the code an error arose.",
    )
    return debug(as_json(command))


def _set_debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    settings = context.ensure_object(Settings)
    settings.debug = settings.debug or value


def existing(catalogue: Path) -> Path:
    """The folder, when there is one; what is in it is the Library's business.

    Raises CatalogueError for a folder that does not exist.
    """
    if not catalogue.is_dir():
        raise CatalogueError(
            f"{catalogue} is no catalogue: there is no such folder. 'bookwheel init {catalogue}' makes one."
        )
    return catalogue
