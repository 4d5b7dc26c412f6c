"""`bookwheel mcp`: the catalogue's tools for programs that converse."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line
from bookwheel.errors import ConfigError
from bookwheel.library import Library


@click.command("mcp")
@click.option("--http", is_flag=True, help="Answer at http://HOST:PORT/mcp instead of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on with --http.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port for --http.")
@catalogue_option
@output_options
def mcp(http: bool, host: str, port: int, catalogue: Path, as_json: bool) -> None:
    """Serve the Model Context Protocol: search, get_record, cite and find_similar, read-only.

    Over standard input and output, as the programs that start it expect. Needs the extra "mcp".
    """
    try:
        from bookwheel.mcp.server import server
    except ImportError as error:
        raise ConfigError(f"{error}. The extra is missing: pip install 'bookwheel[mcp]'.") from error
    with Library.open(existing(catalogue)) as library:
        made = server(library)
        if http:
            address = f"http://{f'[{host}]' if ':' in host else host}:{port}/mcp"
            if as_json:
                write_json({"address": address})
            else:
                write_line(f"{library.config.title} at {address} (Ctrl-C stops)")
            made.run("streamable-http", host=host, port=port, stateless_http=True, json_response=True)
        else:
            made.run("stdio")
