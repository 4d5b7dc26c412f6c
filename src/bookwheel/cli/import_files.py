"""`bookwheel import FILE...`: take in files of records."""

from collections.abc import Sequence
from pathlib import Path

import click

from bookwheel.cli.follow import FollowedProgress, following
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.progress import shown
from bookwheel.cli.readings import write_reading
from bookwheel.cli.runs import finish, named
from bookwheel.jobs.previewing import Preview
from bookwheel.library import Library
from bookwheel.records.raw import Rejected


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--source", default="", help="Name of the source the records belong to.  [default: their repository's]")
@click.option("--format", "as_format", default="", help="How the records are written.  [default: seen from the file]")
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Which column of a table is which field, in TOML; kept for the source.  [default: by the columns' names]",
)
@click.option("--dry-run", is_flag=True, help="Show what would become of the first 20 records; touch nothing.")
@click.option("--no-index", is_flag=True, help="Leave the index as it is.")
@catalogue_option
@output_options
def import_files(
    files: tuple[Path, ...],
    source: str,
    as_format: str,
    mapping: Path | None,
    dry_run: bool,
    no_index: bool,
    catalogue: Path,
    as_json: bool,
) -> None:
    """Take in files or folders of records, and index them.

    What a FILE is shows in its content: OAI-PMH responses, MARC 21 and MARCXML, PubMed XML, JATS, MODS, EndNote XML,
    JSON of DOAJ, Crossref, DataCite, OpenAlex, citation managers and Bookwheel, RIS, NBIB, Web of Science, BibTeX, CSV;
    plain, .gz, .zst or .tar.gz.
    """
    with Library.open(existing(catalogue)) as library:
        if dry_run:
            write_previews(list(library.preview_files(files, source, as_format, mapping)), as_json=as_json)
            return
        with following(catalogue) as follower:
            with shown(f"import {named(files)}") as bar:
                progress = bar if no_index else FollowedProgress(bar, follower)
                run = library.import_files(
                    files, source=source, as_format=as_format, mapping=mapping, progress=progress
                )
            finish(library, run, to_index=not no_index, as_json=as_json, followed=follower.end())


def write_previews(previews: Sequence[Preview], *, as_json: bool) -> None:
    if as_json:
        write_json([_as_object(preview) for preview in previews])
        return
    for number, preview in enumerate(previews, 1):
        write_line(f"{number}. {_heading(preview)}")
        write_reading(preview.reading)
        write_line()
    refused = sum(preview.reading.record is None for preview in previews)
    write_line(f"{counted(len(previews), 'record')} looked at, {refused} of them would be rejected. Nothing was kept.")


def _heading(preview: Preview) -> str:
    raw, record = preview.raw, preview.reading.record
    if isinstance(raw, Rejected):
        return f"rejected at byte {raw.offset:,}: {raw.reason}"
    return f"{raw.format} → {record.id}" if record else f"{raw.format}: would be rejected"


def _as_object(preview: Preview) -> dict[str, object]:
    raw, reading = preview.raw, preview.reading
    if isinstance(raw, Rejected):
        return {"rejected": raw.reason, "offset": raw.offset}
    return {"format": raw.format, "identifier": raw.identifier, "record": reading.record} | {
        name: getattr(reading, name) for name in ("provenance", "problems", "unused")
    }
