"""`bookwheel cite ID...`: records as citations, one alone or several as a bibliography."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line
from bookwheel.errors import UnknownNameError, UnknownRecordError
from bookwheel.exports.base import Item
from bookwheel.exports.citation import bibliography, cite, in_order
from bookwheel.library import Library


@click.command("cite")
@click.argument("record_ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--style",
    default="apa",
    show_default=True,
    help="apa, mla, chicago-author-date, chicago-notes, vancouver, ama, harvard, ieee, acs, or the name of a CSL "
    "file in the catalogue's folder styles.",
)
@click.option("--language", default="", help='Its words in another language than its manual\'s, such as "de-DE".')
@click.option("--html", is_flag=True, help="HTML in place of plain text.")
@catalogue_option
@output_options
def cite_records(
    record_ids: tuple[str, ...], style: str, language: str, html: bool, catalogue: Path, as_json: bool
) -> None:
    """Cite the records ID, several of them in the order the style wants its list in."""
    with Library.open(existing(catalogue)) as library:
        chosen = library.styles.get(style)
        if chosen is None:
            raise UnknownNameError("citation style", style, tuple(library.styles))
        items = [_item(library, record_id) for record_id in record_ids]
    if len(items) == 1:
        citations = [cite(items[0], chosen, language)]
    else:
        items = in_order(items, chosen)
        citations = list(bibliography(items, chosen, language))
    if as_json:
        write_json([{"id": item.id, "citation": made} for item, made in zip(items, citations, strict=True)])
        return
    for made in citations:
        write_line(made.html if html else made.text)
        if made.warning:
            click.echo(f"Note: {made.warning}", err=True)


def _item(library: Library, record_id: str) -> Item:
    found = library.record(record_id)
    if found is None:
        raise UnknownRecordError(record_id)
    return Item(found.id, found.record)
