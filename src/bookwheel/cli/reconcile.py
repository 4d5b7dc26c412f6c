"""`bookwheel reconcile SOURCE`: compare a repository's list of identifiers with what is stored."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.progress import shown
from bookwheel.cli.runs import indexed, must_be_complete, write_report, write_run
from bookwheel.library import Library


@click.command()
@click.argument("source")
@click.option("--accept-loss", is_flag=True, help="Delete even when more than a twentieth of the records are gone.")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@catalogue_option
@output_options
def reconcile(source: str, accept_loss: bool, no_index: bool, catalogue: Path, as_json: bool) -> None:
    """Compare SOURCE's own list of identifiers with what is stored, and mend what differs.

    Fetches what is missing. A record the repository dropped without a word is deleted when it was missing
    twice, a month apart.
    """
    with Library.open(existing(catalogue)) as library:
        with shown(f"reconcile {source}") as progress:
            found = library.reconcile(source, accept_loss, progress)
        report = None if no_index else indexed(library)
    if as_json:
        write_json({"reconciled": found, "index": report})
    else:
        write_line(f"{source} lists {counted(found.listed, 'record')}; {found.differing:,} differed from the store.")
        write_line(f"{counted(found.vanished, 'record')} stored here are no longer listed, {found.deleted:,} deleted.")
        write_run(found.run)
        write_report(report)
    must_be_complete(found.run)
