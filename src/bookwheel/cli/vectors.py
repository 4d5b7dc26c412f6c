"""`bookwheel vectors`: make what searching by meaning needs."""

import os
from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.progress import shown
from bookwheel.jobs.vectors import VectorReport, VectorStatus
from bookwheel.library import Library

POLITENESS = 10
"""Added to the process's niceness: readers go first."""


@click.command()
@click.option("--status", "only_status", is_flag=True, help="Only show how the vectors stand.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Cores to work with.")
@catalogue_option
@output_options
def vectors(only_status: bool, threads: int, catalogue: Path, as_json: bool) -> None:
    """Make the vectors of new and changed records, for the order of hits by meaning.

    Needs the extra "semantic". Readers search on while this runs, at low priority; stopped anywhere, the same command
    goes on from there. Vectors can be made again from what is stored: their folder may be deleted.
    """
    with Library.open(existing(catalogue)) as library:
        if only_status:
            report: VectorReport | VectorStatus = library.vector_status()
        else:
            if hasattr(os, "nice"):
                os.nice(POLITENESS)
            with shown("vectors") as progress:
                report = library.build_vectors(threads, progress)
        is_used = library.config.semantic
    if as_json:
        write_json(report)
        return
    _write(report)
    if not is_used:
        write_line("They are not used: 'semantic = true' in bookwheel.toml switches searching by meaning on.")


def _write(report: VectorReport | VectorStatus) -> None:
    if isinstance(report, VectorReport):
        rate = report.made / report.seconds if report.seconds else 0.0
        write_line(
            f"{counted(report.made, 'vector')} made in {report.seconds:.1f} s ({rate:,.0f}/s), "
            f"{report.kept:,} still right, {report.deleted:,} taken out."
        )
        report = report.status
    write_line(
        f"{counted(report.vectors, 'record')} with a vector in {report.bytes / 1e6:,.1f} MB; "
        f"{counted(report.waiting, 'change')} not yet looked at."
    )
