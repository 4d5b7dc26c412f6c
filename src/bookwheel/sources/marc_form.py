"""Files of MARC records in ISO 2709, the form library systems exchange them in."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources import cutting
from bookwheel.sources.forms import Form, OpenFile

_LEADER = re.compile(rb"\s{0,10}\d{5}[a-z ][a-z ][a-z ].{2}[ \d][ \d][\d ]{5}[^<{\[]{3}[\d ]{4}", re.DOTALL)
_LEADER_LENGTH = 24
_ENTRY_LENGTH = 12


def _recognise(sample: bytes) -> str | None:
    """By the leader: five digits of length, then letters and numbers at fixed places."""
    return "marc" if _LEADER.match(sample) else None


def _cut(file: OpenFile) -> Iterator[RawRecord | Rejected]:
    for piece in cutting.marc(file.stream):
        if len(piece.payload) <= _LEADER_LENGTH or not piece.payload.endswith(b"\x1d"):
            yield file.rejected(
                piece.payload, piece.offset, "no record terminator: the file was cut off or damaged here"
            )
            continue
        identifier, changed = _control_fields(piece.payload)
        datestamp = f"{changed[:4]}-{changed[4:6]}-{changed[6:8]}" if changed[:8].isdecimal() else ""
        if piece.payload[5:6] == b"d" and identifier:
            yield replace(file.record(b"", "marc", identifier, datestamp), deleted=True)
            continue
        yield file.record(piece.payload, "marc", identifier, datestamp)


def _control_fields(payload: bytes) -> tuple[str, str]:
    """The control number (001) and the moment of the last change (005), as the directory leads to them."""
    begin = payload[12:17]
    if not begin.isdigit():
        return "", ""
    found = {b"001": "", b"005": ""}
    for position in range(_LEADER_LENGTH, int(begin) - 1, _ENTRY_LENGTH):
        entry = payload[position : position + _ENTRY_LENGTH]
        if entry[:3] >= b"010" or len(entry) < _ENTRY_LENGTH:
            break
        if entry[:3] in found and entry[3:].isdigit():
            start = int(begin) + int(entry[7:])
            text = payload[start : start + int(entry[3:7])].partition(b"\x1e")[0]
            found[entry[:3]] = " ".join(text.decode("utf-8", "replace").split())
    return found[b"001"], found[b"005"]


FORM = Form("MARC 21 (ISO 2709)", ("marc",), _recognise, _cut)
