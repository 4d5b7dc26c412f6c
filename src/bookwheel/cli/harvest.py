"""`bookwheel harvest SOURCE`: fetch what is new from a repository."""

from pathlib import Path

import click

from bookwheel.cli.follow import FollowedProgress, following
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.progress import shown
from bookwheel.cli.runs import finish
from bookwheel.library import Library


@click.command()
@click.argument("source")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@catalogue_option
@output_options
def harvest(source: str, no_index: bool, catalogue: Path, as_json: bool) -> None:
    """Fetch what is new from SOURCE, and index it.

    SOURCE is a name from the [sources] of bookwheel.toml. A harvest that was stopped, even by a power cut,
    goes on where it stood. A long one is indexed while it runs.
    """
    with Library.open(existing(catalogue)) as library, following(catalogue) as follower:
        with shown(f"harvest {source}") as progress:
            run = library.harvest(source, progress=progress if no_index else FollowedProgress(progress, follower))
        finish(library, run, to_index=not no_index, as_json=as_json, followed=follower.end())
