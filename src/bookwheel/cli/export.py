"""`bookwheel export TEXT`: everything a search finds, into a file, in any export format."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
import msgspec

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.progress import shown
from bookwheel.exports import EXPORTS
from bookwheel.jobs.progress import Progress
from bookwheel.library import Library
from bookwheel.search.ranking import SEARCH_TYPES, SORTS
from bookwheel.search.url import from_url

_NOTED_EVERY = 1_000
"""Records after which the place to go on from is written down."""


class Question(msgspec.Struct, frozen=True):
    """What was asked for: a file can be gone on with only by the same question."""

    text: str
    search_type: str
    filters: tuple[str, ...]
    sort: str
    format: str
    style: str


class Place(msgspec.Struct, frozen=True):
    """How far a file came: it holds `records`, and their last byte is at `size`."""

    question: Question
    records: int
    size: int


@click.command()
@click.argument("text", default="")
@click.option("--format", "format_name", type=click.Choice(list(EXPORTS)), default="ris", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output.")
@click.option("--resume", is_flag=True, help="Go on with a file that was broken off, given the same question.")
@click.option("--ids", type=click.File("r", encoding="utf-8"), help="File with record ids, one a line; - for input.")
@click.option("--type", "search_type", type=click.Choice(list(SEARCH_TYPES)), default="AllFields", show_default=True)
@click.option("--filter", "filters", multiple=True, metavar="FIELD:VALUE", help="Narrow down, as in `search`.")
@click.option("--sort", type=click.Choice(list(SORTS)), default="relevance", show_default=True)
@click.option("--style", default="", help="Citation style of a bibliography.  [default: apa]")
@catalogue_option
@output_options
def export(
    text: str,
    format_name: str,
    output: Path | None,
    resume: bool,
    ids: Iterator[str] | None,
    search_type: str,
    filters: tuple[str, ...],
    sort: str,
    style: str,
    catalogue: Path,
    as_json: bool,
) -> None:
    """Write every record that TEXT finds, or all records, in the order of the result pages.

    There is no limit, and memory stays the same however many they are. A file is called FILE.part until it is whole;
    broken off, --resume goes on behind its last record.
    """
    question = Question(text, search_type, filters, sort, format_name, style)
    _refuse(output, resume, ids, as_json, format_name)
    with Library.open(existing(catalogue)) as library, shown("Exporting") as progress:
        counting = _Counting(progress)
        if ids is not None:
            wanted = (line.strip() for line in ids if line.strip())
            _write(output, question, library.export_records(wanted, format_name, style, counting))
        elif output and resume:
            _resume(library, output, question, counting)
        else:
            _write(output, question, _asked(library, question, 0, counting))
    if as_json:
        write_json({"records": counting.records, "file": output, "bytes": output.stat().st_size if output else 0})
    elif output:
        write_line(f"{counted(counting.records, 'record')} in {output}")


@dataclass(slots=True)
class _Counting:
    """A progress that knows how many records it has seen, those of an earlier run among them."""

    shown: Progress
    records: int = 0

    def total(self, count: int | None) -> None:
        self.shown.total(count)

    def advance(self, count: int) -> None:
        self.records += count
        self.shown.advance(count)

    def message(self, text: str) -> None:
        self.shown.message(text)


def _refuse(output: Path | None, resume: bool, ids: Iterator[str] | None, as_json: bool, format_name: str) -> None:
    if as_json and not output:
        raise click.UsageError("--json tells about a file: give --output too.")
    if resume and (ids is not None or not output):
        raise click.UsageError("--resume goes on with the --output of a search.")
    if resume and not EXPORTS[format_name].resumes:
        raise click.UsageError(f"a file of the format {format_name} cannot be gone on with; leave out --resume.")
    if output is None and sys.stdout.isatty() and format_name in ("xlsx", "docx", "marc"):
        raise click.UsageError(f"{format_name} is nothing for a terminal: give --output.")


def _asked(library: Library, question: Question, offset: int, progress: Progress) -> Iterator[bytes]:
    parameters = [("lookfor", question.text), ("type", question.search_type), ("sort", question.sort)]
    query = from_url([*parameters, *(("filter[]", filter_) for filter_ in question.filters)])
    progress.total(library.search(query).total)
    progress.advance(offset)
    return library.export(query, question.format, question.style, offset, progress=progress)


def _resume(library: Library, output: Path, question: Question, progress: Progress) -> None:
    """Cut what came behind the last place written down, and go on from there."""
    place = _read_place(output)
    if place is None or not _part(output).is_file():
        raise click.ClickException(f"{output}: nothing was broken off here; the command without --resume begins it.")
    if place.question != question:
        raise click.ClickException(f"{output} was begun with another question, filter, order, format or style.")
    os.truncate(_part(output), place.size)
    # The first piece is the beginning of the document, which is there already.
    pieces = islice(_asked(library, question, place.records, progress), 1, None)
    _write(output, question, pieces, place.records)


def _write(output: Path | None, question: Question, pieces: Iterator[bytes], begun: int | None = None) -> None:
    """Write all pieces, to standard output where there is no file; behind those of `begun` records, if any."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    with _part(output).open("wb" if begun is None else "ab") as file:
        if begun is None:
            file.write(next(pieces, b""))
        for records, piece in enumerate(pieces, begun or 0):
            if records % _NOTED_EVERY == 0 and EXPORTS[question.format].resumes:
                file.flush()
                _note(output, Place(question, records, file.tell()))
            file.write(piece)
    _part(output).replace(output)
    _place(output).unlink(missing_ok=True)


def _note(output: Path, place: Place) -> None:
    beside = output.with_name(f"{output.name}.place.new")
    beside.write_bytes(msgspec.json.encode(place))
    beside.replace(_place(output))


def _read_place(output: Path) -> Place | None:
    try:
        return msgspec.json.decode(_place(output).read_bytes(), type=Place)
    except (OSError, msgspec.DecodeError):
        return None


def _part(output: Path) -> Path:
    return output.with_name(f"{output.name}.part")


def _place(output: Path) -> Path:
    return output.with_name(f"{output.name}.place")
