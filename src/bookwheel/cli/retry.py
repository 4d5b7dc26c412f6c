"""`bookwheel retry`: read again what was put in quarantine."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line
from bookwheel.cli.runs import counts_line, indexed, write_report
from bookwheel.library import Library


@click.command()
@click.option("--source", default="", help="Only what came from this source.")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@catalogue_option
@output_options
def retry(source: str, no_index: bool, catalogue: Path, as_json: bool) -> None:
    """Read again what no record could be made of, as after a new version of Bookwheel.

    What still cannot be read stays in quarantine; "bookwheel status" lists it.
    """
    with Library.open(existing(catalogue)) as library:
        counts = library.retry(source)
        report = None if no_index else indexed(library)
    if as_json:
        write_json({"counts": counts, "index": report})
    else:
        write_line(f"{counts_line(counts)}.".replace("fetched", "tried again", 1))
        write_report(report)
