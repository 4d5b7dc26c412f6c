"""`bookwheel index`: bring the index up to the store."""

from pathlib import Path

import click

from bookwheel.cli.follow import end_of_input, follow
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json
from bookwheel.cli.runs import indexed, write_report
from bookwheel.library import Library


@click.command()
@click.option("--rebuild", is_flag=True, help="Make a new index beside the live one, and put it in its place.")
@click.option("--follow", "follows", is_flag=True, help="Go on taking in changes until stopped.")
@catalogue_option
@output_options
def index(rebuild: bool, follows: bool, catalogue: Path, as_json: bool) -> None:
    """Bring the index up to what is stored.

    Readers search on while this runs. The index holds nothing that is not stored: it may be deleted, and this
    command makes it again. With --follow it ends with the program that started it through a pipe, or by Ctrl-C.
    """
    if follows:
        report = follow(existing(catalogue), end_of_input())
    else:
        with Library.open(existing(catalogue)) as library:
            report = indexed(library, rebuild=rebuild)
    if as_json:
        write_json(report)
    else:
        write_report(report)
