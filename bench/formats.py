"""How fast each format is read: records a second, and the time beside that of parsing the same bytes and no more.

    python -m bench.formats FILE... [--seconds 2]

Files are of any form an import takes, packed or not. Their payloads are held in memory first; then each is read over
and over. Times are of the processor. What parses "and no more" is lxml for XML, pymarc for ISO 2709, msgspec for JSON;
other formats have nothing to stand beside.
"""

from __future__ import annotations

import argparse
import logging
import platform
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pymarc

from bookwheel.config import SourceConfig
from bookwheel.formats import FORMATS
from bookwheel.formats.xml import parse
from bookwheel.records.raw import RawRecord
from bookwheel.sources.files import FilesSource


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--seconds", type=float, default=2.0)
    given = arguments.parse_args()
    # pymarc tells of every field it finds odd; that is not what is measured.
    logging.getLogger("pymarc").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    source = FilesSource("bench", SourceConfig(type="files"), paths=given.files)
    by_format: dict[str, list[RawRecord]] = {}
    for page in source.pages():
        for raw in page.records:
            if raw.payload:
                by_format.setdefault(raw.format, []).append(raw)
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{'format':<14}{'records':>9}{'kB each':>9}{'read/s':>9}{'parsed/s':>10}{'ratio':>7}")
    for name, payloads in sorted(by_format.items()):
        _report(name, payloads, given.seconds)


def _report(name: str, payloads: Sequence[RawRecord], seconds: float) -> None:
    read = FORMATS[name].read
    rate = _rate(lambda raw: read(raw), payloads, seconds)
    size = sum(len(raw.payload) for raw in payloads) / len(payloads) / 1000
    parser = _parser(payloads[0])
    alone = _rate(parser, payloads, seconds) if parser else 0.0
    beside = f"{alone:>10,.0f}{alone / rate:>7.1f}" if alone else f"{'–':>10}{'–':>7}"
    print(f"{name:<14}{len(payloads):>9,}{size:>9.1f}{rate:>9,.0f}{beside}")


def _parser(raw: RawRecord) -> Callable[[RawRecord], object] | None:
    if raw.format == "marc":
        return lambda raw: pymarc.Record(raw.payload, utf8_handling="replace", hide_utf8_warnings=True)
    if raw.payload.lstrip()[:1] == b"<":
        return lambda raw: parse(raw.payload)
    if raw.payload.lstrip()[:1] == b"{":
        return lambda raw: msgspec.json.decode(raw.payload)
    return None


def _rate(do: Callable[[RawRecord], object], payloads: Sequence[RawRecord], seconds: float) -> float:
    """Calls a second of processor time, over whole rounds."""
    begin = time.process_time()
    rounds = 0
    while (passed := time.process_time() - begin) < seconds:
        for raw in payloads:
            _quietly(do, raw)
        rounds += 1
    return rounds * len(payloads) / passed


def _quietly(do: Callable[[RawRecord], object], raw: RawRecord) -> None:
    try:
        do(raw)
    except (pymarc.exceptions.PymarcException, UnicodeDecodeError, ValueError):
        # What the other parser refuses is still time it took.
        return


if __name__ == "__main__":
    main()
