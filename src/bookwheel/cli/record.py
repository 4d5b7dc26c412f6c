"""`bookwheel record ID`: everything that is known of one record."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import text_of, write_json, write_line, write_table
from bookwheel.errors import UnknownRecordError
from bookwheel.library import Library
from bookwheel.records.raw import RawRecord, Reading


@click.command()
@click.argument("record_id", metavar="ID")
@click.option(
    "--as",
    "view",
    type=click.Choice(["document", "record", "payload", "provenance"]),
    default="document",
    show_default=True,
    help="The fields of the index; the record as values; the payload as it came; where each field came from.",
)
@catalogue_option
@output_options
def record(record_id: str, view: str, catalogue: Path, as_json: bool) -> None:
    """Show the record ID in one of four ways."""
    with Library.open(existing(catalogue)) as library:
        if view in ("payload", "provenance"):
            raw, reading = _reading(library, record_id)
            write = _write_payload if view == "payload" else _write_provenance
            write(raw, reading, as_json)
            return
        found = library.record(record_id)
    if found is None:
        raise UnknownRecordError(record_id)
    if view == "record" or as_json:
        write_json(found.record if view == "record" else found.document)
        return
    for name in sorted(found.document):
        first, *others = found.document[name]
        write_line(f"{name} {first}")
        for value in others:
            write_line(f"{' ' * len(name)} {value}")


def _reading(library: Library, record_id: str) -> tuple[RawRecord, Reading]:
    found = library.reading(record_id)
    if found is None:
        raise UnknownRecordError(record_id)
    return found


def _write_payload(raw: RawRecord, reading: Reading, as_json: bool) -> None:
    if as_json:
        about = {
            name: getattr(raw, name) for name in ("source", "identifier", "datestamp", "format", "fetched", "sets")
        }
        write_json({**about, "payload": text_of(raw.payload)})
    else:
        click.echo(raw.payload)


def _write_provenance(raw: RawRecord, reading: Reading, as_json: bool) -> None:
    if as_json:
        write_json({"provenance": reading.provenance, "problems": reading.problems, "unused": reading.unused})
        return
    write_table(("FIELD", "ELEMENT", "RULE"), [(p.field, p.element, p.rule) for p in reading.provenance])
    for problem in reading.problems:
        write_line(f"{problem.severity}: {problem.field}: {problem.message}")
    if reading.unused:
        write_line(f"Not used: {', '.join(reading.unused)}")
