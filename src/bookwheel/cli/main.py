"""The command `bookwheel`: finds the command asked for, and turns errors into one line and an exit code."""

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

import click

from bookwheel import __version__
from bookwheel.cli.exit_codes import ERROR, INTERRUPTED, PIPE_CLOSED
from bookwheel.cli.options import Settings
from bookwheel.errors import BookwheelError

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "bookwheel.cli.init:init",
        "demo": "bookwheel.cli.demo:demo",
        "harvest": "bookwheel.cli.harvest:harvest",
        "import": "bookwheel.cli.import_files:import_files",
        "index": "bookwheel.cli.index:index",
        "vectors": "bookwheel.cli.vectors:vectors",
        "vocabulary": "bookwheel.cli.vocabulary:vocabulary",
        "search": "bookwheel.cli.search:search",
        "record": "bookwheel.cli.record:record",
        "cite": "bookwheel.cli.cite:cite_records",
        "export": "bookwheel.cli.export:export",
        "serve": "bookwheel.cli.serve:serve",
        "key": "bookwheel.cli.key:key",
        "user": "bookwheel.cli.user:user",
        "mcp": "bookwheel.cli.mcp:mcp",
        "status": "bookwheel.cli.status:status",
        "check": "bookwheel.cli.check:check",
        "retry": "bookwheel.cli.retry:retry",
        "remap": "bookwheel.cli.remap:remap",
        "reconcile": "bookwheel.cli.reconcile:reconcile",
        "rename-record": "bookwheel.cli.rename_record:rename_record",
    }
)
"""In the order a new catalogue needs them. A command's module is imported when it is asked for."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code; `arguments` are those of the process unless given."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code. Nothing is raised for what an operator can do wrong."""
    settings = Settings()
    try:
        words = list(sys.argv[1:] if arguments is None else arguments)
        # Not click's own main(), which hides a closed pipe behind the exit code of an error.
        with bookwheel.make_context("bookwheel", words, obj=settings) as context:
            code: int | None = bookwheel.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted; what was done so far is kept, the same command goes on from there", INTERRUPTED)
    except BrokenPipeError:
        _forget_stdout()
        return PIPE_CLOSED
    except BookwheelError as error:
        _show_trace(settings)
        return _say(str(error), error.exit_code)
    except OSError as error:
        _show_trace(settings)
        return _say(_system_error(error), ERROR)
    except Exception as error:
        _show_trace(settings)
        return _say(f"unexpected {type(error).__name__}: {error}. --debug shows where; please report it.", ERROR)
    return code or 0


class _Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="bookwheel %(version)s")
def bookwheel() -> None:
    """A discovery system for open-access literature: harvest, keep, index, search, show.

    Every command takes --catalogue DIR (or the environment variable BOOKWHEEL_CATALOGUE; the current folder
    otherwise) and --json, which prints one JSON document. "bookwheel COMMAND --help" tells more.
    """


def _say(message: str, code: int) -> int:
    click.echo(f"bookwheel: {' '.join(message.split())}", err=True)
    return code


def _show_trace(settings: Settings) -> None:
    if settings.debug:
        traceback.print_exc()


def _system_error(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}. Nothing more was written; what was done before is kept."


def _forget_stdout() -> None:
    """Nobody reads on: point stdout at nothing, so that Python's last flush finds no closed pipe either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
