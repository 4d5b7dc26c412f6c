"""`bookwheel check`: the doctor."""

from pathlib import Path

import click

from bookwheel.cli.exit_codes import OK, PROBLEMS_FOUND
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line
from bookwheel.library import Library


@click.command()
@catalogue_option
@output_options
def check(catalogue: Path, as_json: bool) -> int:
    """Look for damage: in the store, in the index, and between the two.

    Exits with 8 when an error was found; warnings and notes do not count.
    """
    with Library.open(existing(catalogue)) as library:
        problems = library.check()
    if as_json:
        write_json(problems)
    else:
        for problem in problems:
            write_line(f"{problem.severity}: {problem.field}: {problem.message}")
        if not problems:
            write_line("All is well.")
    return PROBLEMS_FOUND if any(problem.severity == "error" for problem in problems) else OK
