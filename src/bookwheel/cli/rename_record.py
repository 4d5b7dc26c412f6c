"""`bookwheel rename-record`: what readers attached to a record follows it to another id."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line, write_table
from bookwheel.errors import UnknownRecordError
from bookwheel.library import Library
from bookwheel.web.people.setup import set_up


@click.command("rename-record")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--moved", is_flag=True, help="Find every record whose id has changed by what its source calls it.")
@catalogue_option
@output_options
def rename_record(old: str | None, new: str | None, moved: bool, catalogue: Path, as_json: bool) -> None:
    """Let tags, lists and comments of the record OLD follow it to the id NEW.

    The address of OLD leads to NEW from then on. Ids change when a catalogue is filled anew with another id_prefix,
    and where a record comes from another source than before; the record OLD must be gone, and NEW be there.
    """
    if moved == bool(old) or bool(old) != bool(new):
        raise click.UsageError("give OLD and NEW, or --moved.")
    with Library.open(existing(catalogue)) as library:
        set_up(catalogue)
        if moved:
            _follow_all(library, as_json)
        else:
            _rename(library, str(old), str(new), as_json)


def _rename(library: Library, old: str, new: str, as_json: bool) -> None:
    from bookwheel.web.works.keeping import rename

    if not library.has(new):
        raise UnknownRecordError(new)
    if library.has(old):
        raise click.ClickException(f"{old} is still a record of this catalogue: only what is gone can bear another id.")
    things = rename(old, new)
    if as_json:
        write_json({"old": old, "new": new, "things": things})
    else:
        write_line(f"{old} is {new} now: {counted(things, 'thing')} of readers went with it.")


def _follow_all(library: Library, as_json: bool) -> None:
    from bookwheel.web.works.following import follow_all

    pairs = follow_all(library)
    if as_json:
        write_json([{"old": old, "new": new} for old, new in pairs])
        return
    write_table(("OLD", "NEW"), pairs)
    if not pairs:
        write_line("Every record that readers attached something to has the id they know.")
