"""`bookwheel key`: keys for programs that ask the API more than a stranger may."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line, write_table
from bookwheel.config import read_config
from bookwheel.store.keys import PER_DAY, SCOPES, Keys


@click.group()
def key() -> None:
    """Make, list and revoke keys to the API at /api/v1.

    Whoever asks without a key may ask so often in a minute; a key has its own quota for each day.
    """


@key.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    help="What the key is for; may be given again.  [default: everything]",
)
@click.option(
    "--per-day", type=click.IntRange(1), default=PER_DAY, show_default=True, help="Requests a day (UTC) allows."
)
@catalogue_option
@output_options
def add(name: str, scopes: tuple[str, ...], per_day: int, catalogue: Path, as_json: bool) -> None:
    """Make a key for a program or person and show it, once: only its hash is kept."""
    made = _keys(catalogue).add(name, scopes or SCOPES, per_day)
    if as_json:
        write_json({"name": name, "key": made, "scopes": scopes or SCOPES, "per_day": per_day})
        return
    write_line(made)
    click.echo("Keep it now: it is not shown again. It is sent as the header X-API-Key.", err=True)


@key.command("list")
@catalogue_option
@output_options
def list_(catalogue: Path, as_json: bool) -> None:
    """Show every key made so far, with today's requests."""
    keys = _keys(catalogue).all()
    if as_json:
        write_json(keys)
        return
    rows = [(k.name, ", ".join(k.scopes), k.used, k.per_day, k.made[:10], k.revoked[:10]) for k in keys]
    write_table(("name", "scopes", "today", "per day", "made", "revoked"), rows)
    if not keys:
        write_line("There are none: 'bookwheel key add NAME' makes one.")


@key.command()
@click.argument("name")
@catalogue_option
@output_options
def revoke(name: str, catalogue: Path, as_json: bool) -> None:
    """Let a key open nothing any more, from the next request on."""
    _keys(catalogue).revoke(name)
    if as_json:
        write_json({"revoked": name})
    else:
        write_line(f"{name}: revoked.")


def _keys(catalogue: Path) -> Keys:
    return Keys(read_config(existing(catalogue)).keys_path)
