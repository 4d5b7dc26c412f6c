"""`bookwheel remap SOURCE`: read kept payloads anew after a mapping changed."""

from collections.abc import Sequence
from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line, write_table
from bookwheel.cli.progress import shown
from bookwheel.cli.readings import as_line, shortened
from bookwheel.cli.runs import finish
from bookwheel.errors import UnknownNameError
from bookwheel.jobs.remap import Reread
from bookwheel.library import Library


@click.command()
@click.argument("source")
@click.option("--format", "as_format", default="", help="Only payloads in this format.")
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Which column of a table is which field from now on, in TOML.  [default: the one kept for the source]",
)
@click.option("--dry-run", is_flag=True, help="Show 50 records before and after; change nothing.")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@catalogue_option
@output_options
def remap(
    source: str, as_format: str, mapping: Path | None, dry_run: bool, no_index: bool, catalogue: Path, as_json: bool
) -> None:
    """Read the kept payloads of SOURCE anew, and keep what comes out differently.

    For a new version of Bookwheel that reads a format better, or a new mapping of a table's columns. Nothing is
    fetched; addresses of records stay as they are; stopped anywhere, the same command goes on from there.
    """
    with Library.open(existing(catalogue)) as library:
        known = [row.source for row in library.status().sources]
        if source not in known:
            raise UnknownNameError("source", source, known)
        if dry_run:
            _write_rereads(list(library.preview_remap(source, as_format, mapping)), as_json=as_json)
            return
        with shown(f"remap {source}") as progress:
            run = library.remap(source, as_format, mapping, progress)
        finish(library, run, to_index=not no_index, as_json=as_json)


def _write_rereads(rereads: Sequence[Reread], *, as_json: bool) -> None:
    if as_json:
        write_json([{"id": r.id, "changes": r.changes, "readable": r.reading.record is not None} for r in rereads])
        return
    for reread in rereads:
        if reread.reading.record is None:
            write_line(f"{reread.id}: can no longer be read and would stay as it is: {_why(reread)}\n")
        elif reread.changes:
            write_line(reread.id)
            rows = [(c.field, shortened(as_line(c.before)), shortened(as_line(c.after))) for c in reread.changes]
            write_table(("FIELD", "BEFORE", "AFTER"), rows)
            write_line()
    changed = sum(bool(reread.changes) for reread in rereads)
    write_line(f"{changed} of {len(rereads)} records looked at would change. Nothing was changed.")


def _why(reread: Reread) -> str:
    return "; ".join(problem.message for problem in reread.reading.problems)
