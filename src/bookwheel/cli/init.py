"""`bookwheel init DIR`: make a new, empty catalogue."""

from pathlib import Path

import click

from bookwheel.cli.options import output_options
from bookwheel.cli.output import write_json, write_line
from bookwheel.config import FILE_NAME
from bookwheel.errors import CatalogueError

TEMPLATE = """\
# Settings of this catalogue. An empty file works; docs/reference/settings.md lists every setting.

# title = "Our library"
# institution = "OA Journals"
# public_url = "https://search.example.org"

# Where records come from. "bookwheel harvest doaj" fetches them, and only what is new the next time.
# [sources.doaj]
# url = "https://doaj.org/oai.article"
# format = "oai_doaj"
"""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@output_options
def init(folder: Path, as_json: bool) -> None:
    """Make a new catalogue in DIR.

    DIR is created when it does not exist, and gets a bookwheel.toml whose settings are all comments.
    """
    path = create(folder)
    if as_json:
        write_json({"catalogue": folder.resolve(), "settings": path.resolve()})
    else:
        write_line(f"{folder} is a catalogue now. Its settings are in {path}.")
        write_line(f"Next: bookwheel import FILE --catalogue {folder}")


def create(folder: Path, settings: str = TEMPLATE) -> Path:
    """Make the folder and its settings file; answers the file.

    Raises CatalogueError when the folder is a catalogue already, or cannot be written.
    """
    path = folder / FILE_NAME
    if path.exists():
        raise CatalogueError(f"{folder} is a catalogue already: it has a {FILE_NAME}. Choose another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(settings, encoding="utf-8")
    except OSError as error:
        raise CatalogueError(
            f"{folder} cannot be made a catalogue: {error.strerror}. Choose another folder."
        ) from error
    return path
