"""`bookwheel status`: how a catalogue stands."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line, write_table
from bookwheel.library import Library, Status


@click.command()
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="How many runs to show.")
@catalogue_option
@output_options
def status(runs: int, catalogue: Path, as_json: bool) -> None:
    """Show sources, counts and the last runs."""
    with Library.open(existing(catalogue)) as library:
        found = library.status(runs)
        quarantined = library.quarantined()
    if as_json:
        pieces = [
            {name: getattr(piece, name) for name in ("id", "source", "identifier", "reason", "offset", "fetched")}
            for piece in quarantined
        ]
        write_json({"status": found, "quarantined": pieces})
        return
    _write(found)
    if quarantined:
        write_line()
        write_table(
            ("QUARANTINED", "SOURCE", "IDENTIFIER", "REASON"),
            [(piece.id, piece.source, piece.identifier, piece.reason) for piece in quarantined],
        )


def _write(found: Status) -> None:
    waiting = f"; {counted(found.waiting, 'change')} waiting: 'bookwheel index'" if found.waiting else ""
    write_line(f"{counted(found.stored, 'record')} stored, {found.indexed:,} in the index{waiting}.")
    if found.sources:
        write_line()
    write_table(
        ("SOURCE", "RECORDS", "DELETED", "WITH PROBLEMS", "QUARANTINED"),
        [(s.source, f"{s.live:,}", f"{s.deleted:,}", f"{s.problems:,}", f"{s.quarantined:,}") for s in found.sources],
    )
    if found.runs:
        write_line()
    write_table(
        (
            "RUN",
            "STARTED",
            "SOURCE",
            "KIND",
            "STATE",
            "FETCHED",
            "STORED",
            "UNCHANGED",
            "DELETED",
            "REJECTED",
        ),
        [(run.id, run.started[:19], run.source, run.kind, run.state, *_counts(run.counts)) for run in found.runs],
    )


def _counts(counts: object) -> list[str]:
    names = ("fetched", "stored", "unchanged", "deleted", "rejected")
    return [f"{getattr(counts, name):,}" for name in names]
