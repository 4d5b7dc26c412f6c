"""How answers are written: plain aligned lines for people, one JSON document for programs."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec


def write_json(value: object) -> None:
    """One JSON document, indented; values of ours become objects with their fields."""
    encoded = msgspec.json.encode(value, enc_hook=_plain)
    click.echo(msgspec.json.format(encoded, indent=2).decode())


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def text_of(payload: bytes) -> str:
    """A payload as text; base64 when it is not UTF-8."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return b64encode(payload).decode()


def write_line(text: str = "") -> None:
    click.echo(text)


def write_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their widest value; numbers stand right."""
    table = [[str(cell) for cell in row] for row in rows]
    if not table:
        return
    widths = [max(len(row[i]) for row in [list(head), *table]) for i in range(len(head))]
    numeric = [all(row[i].replace(",", "").isdecimal() for row in table) for i in range(len(head))]
    for row in [list(head), *table]:
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        write_line("  ".join(cells).rstrip())


def counted(count: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "record"), counted(1200, "record")
    ('1 record', '1,200 records')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
