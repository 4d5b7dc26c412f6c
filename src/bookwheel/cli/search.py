"""`bookwheel search TEXT`: ask the index, as the search page does."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.library import Library
from bookwheel.search.ranking import SEARCH_TYPES, SORTS
from bookwheel.search.results import Hit, SearchResult
from bookwheel.search.url import from_url


@click.command()
@click.argument("text", default="")
@click.option("--type", "search_type", type=click.Choice(list(SEARCH_TYPES)), default="AllFields", show_default=True)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="FIELD:VALUE",
    help="Narrow down, e.g. 'language:\"English\"'.",
)
@click.option("--sort", type=click.Choice(list(SORTS)), default="relevance", show_default=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Hits on a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@catalogue_option
@output_options
def search(
    text: str,
    search_type: str,
    filters: tuple[str, ...],
    sort: str,
    limit: int,
    page: int,
    catalogue: Path,
    as_json: bool,
) -> None:
    """Find records by TEXT; without it, all of them.

    A filter stands as in the addresses of the search page: FIELD:VALUE must hold, ~FIELD:VALUE is one of
    several, -FIELD:VALUE must not hold. It may be given several times.
    """
    parameters = [
        ("lookfor", text),
        ("type", search_type),
        ("sort", sort),
        ("limit", str(limit)),
        ("page", str(page)),
    ]
    query = from_url([*parameters, *(("filter[]", filter_) for filter_ in filters)], facets=())
    with Library.open(existing(catalogue)) as library:
        result = library.search(query)
    if as_json:
        write_json({"total": result.total, "notes": result.notes, "hits": result.hits})
    else:
        _write(result, query.offset)


def _write(result: SearchResult, offset: int) -> None:
    write_line(counted(result.total, "record"))
    for note in result.notes:
        write_line(f"  ({note.text})")
    for number, hit in enumerate(result.hits, offset + 1):
        write_line(f"{number:>3}. {_first(hit, 'title')}")
        about = [
            ", ".join(hit.document.get("author", ())[:3]),
            _first(hit, "container_title"),
            _first(hit, "publishDate"),
        ]
        write_line(f"     {' · '.join(part for part in about if part)}")
        write_line(f"     {hit.id}")


def _first(hit: Hit, field: str) -> str:
    return next(iter(hit.document.get(field, ())), "")
