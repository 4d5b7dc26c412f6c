"""`bookwheel serve`: the pages."""

import logging
import socket
from contextlib import nullcontext
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces

from bookwheel.cli.follow import following
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.work import working
from bookwheel.library import Library
from bookwheel.web.people.setup import set_up

APPLICATION = "bookwheel.web.wsgi:application"

THREADS = 4
"""Requests one worker answers at a time: Python runs one, while others wait in the index or the database."""

STOP_SECONDS = 10
"""What a worker may take to end. Without a limit, one that is told to stop while it starts never does."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--threads", type=click.IntRange(1), default=THREADS, show_default=True, help="Threads of each process.")
@click.option("--no-work", is_flag=True, help="Leave harvests, alerts and other jobs to 'bookwheel work'.")
@catalogue_option
@output_options
def serve(host: str, port: int, workers: int, threads: int, no_work: bool, catalogue: Path, as_json: bool) -> None:
    """Serve the pages of a catalogue, until Ctrl-C, run its jobs, and index what harvests bring meanwhile.

    Put a web server that speaks TLS before it when readers are not on this machine.
    """
    with Library.open(existing(catalogue)) as library:
        status = library.status()
        title = library.config.title
    port = free_port(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if as_json:
        write_json({"address": address, "records": status.indexed})
    else:
        write_line(f"{title}: {counted(status.indexed, 'record')} at {address} (Ctrl-C stops)")
        if status.waiting:
            write_line(f"{counted(status.waiting, 'change')} are being indexed; readers find them as they come.")
    run_server(catalogue, host, port, workers=workers, threads=threads, work=not no_work)


def run_server(
    catalogue: Path, host: str, port: int, *, workers: int = 1, threads: int = THREADS, work: bool = True
) -> None:
    """Serve until a signal ends it. The catalogue is given to the workers in the environment.

    A process beside the workers indexes what harvests bring, and makes the index again when it is lost; another runs
    the jobs that are due, where it is to `work`.
    """
    set_up(catalogue)
    logging.getLogger("granian").setLevel(logging.WARNING)
    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_enabled=False,
        websockets=False,
    )
    with following(catalogue) as follower, working(catalogue) if work else nullcontext():
        follower.start()
        server.serve()


def free_port(host: str, port: int) -> int:
    """The port, when nobody listens there; port 0 becomes a free one.

    Raises click.ClickException when it is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As servers do: a port that was served a moment ago may be taken again at once.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            taken: int = probe.getsockname()[1]
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host} port {port}: {error.strerror}. Is it being served already? --port takes another."
        ) from error
    return taken
