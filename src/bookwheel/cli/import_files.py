"""`bookwheel import FILE...`: take in files of records."""

from pathlib import Path

import click

from bookwheel.cli.follow import FollowedProgress, following
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.progress import shown
from bookwheel.cli.runs import finish, named
from bookwheel.library import Library


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--source", default="", help="Name of the source the records belong to.  [default: their repository's]")
@click.option("--format", "as_format", default="", help="How the records are written.  [default: seen from the file]")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@catalogue_option
@output_options
def import_files(
    files: tuple[Path, ...], source: str, as_format: str, no_index: bool, catalogue: Path, as_json: bool
) -> None:
    """Take in files or folders of records, and index them.

    A FILE may be a saved OAI-PMH response, DOAJ's article dump or JSON lines; plain, .gz, .zst or .tar.gz.
    """
    with Library.open(existing(catalogue)) as library, following(catalogue) as follower:
        with shown(f"import {named(files)}") as bar:
            progress = bar if no_index else FollowedProgress(bar, follower)
            run = library.import_files(files, source=source, as_format=as_format, progress=progress)
        finish(library, run, to_index=not no_index, as_json=as_json, followed=follower.end())
