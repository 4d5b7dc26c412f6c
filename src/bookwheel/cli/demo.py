"""`bookwheel demo`: a filled catalogue to look at, in one command."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import click

from bookwheel.cli.exit_codes import OK, PROBLEMS_FOUND
from bookwheel.cli.options import catalogue_option, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.progress import shown
from bookwheel.cli.runs import indexed
from bookwheel.cli.serve import free_port, run_server
from bookwheel.demo.catalogue import COUNT, SOURCES, fill_live, sources_served
from bookwheel.library import Library

RECORD = "doaj-art-a34e60229e934aac998908d0fd28b026"
SEARCH = "lenalidomide leukemia"

START_SECONDS = 60
"""A server that has not answered by then will not."""


@click.command()
@click.option("--live", is_flag=True, help="Harvest current records from DOAJ instead of the samples.")
@click.option("--check", is_flag=True, help="Serve on a free port, ask one search and one record, and stop.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--records", type=click.IntRange(1), default=COUNT, show_default=True, help="Invented records.")
@catalogue_option
@output_options
def demo(live: bool, check: bool, port: int, records: int, catalogue: Path, as_json: bool) -> int:
    """Fill a catalogue with sample records, index it and serve it.

    The samples are invented, beside one real record; they are harvested from a small OAI-PMH provider inside
    this command. The catalogue stands in ./demo (./demo-live with --live) unless --catalogue says otherwise.
    """
    folder = catalogue if catalogue != Path() else Path("demo-live" if live else "demo")
    port = free_port("127.0.0.1", 0 if check else port)
    if live:
        with shown("harvest doaj") as progress:
            fill_live(folder, progress)
        return _show(folder, port, "leukemia", check, as_json)
    with sources_served(folder, records):
        with Library.open(folder) as library:
            for name in SOURCES:
                with shown(f"harvest {name}") as progress:
                    library.harvest(name, progress)
        return _show(folder, port, SEARCH, check, as_json)


def _show(folder: Path, port: int, text: str, check: bool, as_json: bool) -> int:
    with Library.open(folder) as library:
        indexed(library)
        count = library.count()
    address = f"http://127.0.0.1:{port}"
    search = f"{address}/Search/Results?{urllib.parse.urlencode({'lookfor': text})}"
    if check:
        return _check(folder, port, address, as_json)
    if as_json:
        write_json({"catalogue": folder.resolve(), "records": count, "address": address, "search": search})
    else:
        write_line(f"{counted(count, 'record')} in {folder}, served at {address} (Ctrl-C stops)")
        write_line(f"Try: {search}")
    # Links in mail lead somewhere, so that accounts and alerts can be tried; the mail is written into the folder.
    os.environ.setdefault("BOOKWHEEL_PUBLIC_URL", address)
    run_server(folder, "127.0.0.1", port)
    return OK


def _check(folder: Path, port: int, address: str, as_json: bool) -> int:
    command = [sys.executable, "-m", "bookwheel", "serve", "--catalogue", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ) as server:  # noqa: S603
        try:
            findings = _ask(address, server)
        except OSError as error:
            findings = [(f"the server answers every question: {error}", False)]
        finally:
            server.terminate()
    if as_json:
        write_json([{"check": name, "passed": passed} for name, passed in findings])
    else:
        for name, passed in findings:
            write_line(f"{'ok    ' if passed else 'FAILED'} {name}")
    return OK if all(passed for _, passed in findings) else PROBLEMS_FOUND


def _ask(address: str, server: "subprocess.Popen[bytes]") -> list[tuple[str, bool]]:
    """What was asked of the server, and whether the answer was right."""
    if not _answers(address, server):
        return [(f"the server answers at {address} within {START_SECONDS} s", False)]
    query = urllib.parse.urlencode({"lookfor": SEARCH})
    found = json.loads(_get(f"{address}/api/v1/search?{query}"))
    record = json.loads(_get(f"{address}/api/v1/record?id={RECORD}"))
    results, page = _get(f"{address}/Search/Results?{query}"), _get(f"{address}/Record/{RECORD}")
    title = "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
    return [
        (f"the search {SEARCH!r} finds the real record", RECORD in [hit["id"] for hit in found["records"]]),
        ("the result page shows it", f"/Record/{RECORD}" in results),
        (
            "the record's answer bears its title",
            bool(record["records"]) and record["records"][0]["title"] == title,
        ),
        ("the record's page shows it", title in page and "Mariarita Sciumè" in page),
    ]


def _answers(address: str, server: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _get(f"{address}/health")
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  (an address of this machine, made above)
        body: bytes = answer.read()
    return body.decode()
