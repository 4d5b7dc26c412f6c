"""`bookwheel jobs`: what runs by itself, when, and how it went; run now, pause, resume."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line, write_table
from bookwheel.web.people.setup import set_up

if TYPE_CHECKING:
    from bookwheel.web.jobs.board import LastRun


@click.group()
def jobs() -> None:
    """Show what runs by itself, and have it run now, or not.

    The jobs are run by "bookwheel serve" and "bookwheel work". A source is harvested by itself where its setting
    `every` says how often.
    """


@jobs.command("list")
@catalogue_option
@output_options
def list_(catalogue: Path, as_json: bool) -> None:
    """Show every job with its last run and its next one (UTC)."""
    _set_up(catalogue)
    from bookwheel.web.jobs.board import board

    rows = board(datetime.now(UTC))
    if as_json:
        write_json(rows)
        return
    write_table(
        ("JOB", "STATE", "EVERY", "LAST", "OUTCOME", "NEXT"),
        [(each.name, each.state, each.every or "by hand", *_last(each.last), _short(each.next)) for each in rows],
    )
    for each in rows:
        if each.error:
            write_line(f"{each.name}: {' '.join(each.error.split())}")


@jobs.command()
@click.argument("name")
@catalogue_option
@output_options
def run(name: str, catalogue: Path, as_json: bool) -> None:
    """Have job NAME run as soon as a worker is free."""
    _set_up(catalogue)
    from bookwheel.web.jobs.asking import ask

    ask(name)
    _answer(as_json, {"asked": name}, f"{name}: a worker runs it as soon as it is free.")


@jobs.command()
@click.argument("name")
@catalogue_option
@output_options
def pause(name: str, catalogue: Path, as_json: bool) -> None:
    """Keep job NAME from running by itself; one that runs stops at its next step."""
    _set_up(catalogue)
    from bookwheel.web.jobs.asking import pause as pause_job

    pause_job(name)
    _answer(as_json, {"paused": name}, f"{name}: paused.")


@jobs.command()
@click.argument("name")
@catalogue_option
@output_options
def resume(name: str, catalogue: Path, as_json: bool) -> None:
    """Let job NAME run by itself again; what it missed is caught up once."""
    _set_up(catalogue)
    from bookwheel.web.jobs.asking import resume as resume_job

    resume_job(name)
    _answer(as_json, {"resumed": name}, f"{name}: runs by itself again.")


def _set_up(catalogue: Path) -> None:
    """Django for this catalogue, and the rows of its jobs."""
    set_up(existing(catalogue))
    from bookwheel.config import read_config
    from bookwheel.web.jobs.asking import settle
    from bookwheel.web.jobs.table import planned

    settle((each.wanted for each in planned(read_config(catalogue)).values()), datetime.now(UTC))


def _last(run: "LastRun | None") -> tuple[str, str]:
    return (_short(run.started), run.outcome) if run else ("", "")


def _short(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _answer(as_json: bool, value: dict[str, Any], line: str) -> None:
    if as_json:
        write_json(value)
    else:
        write_line(line)
