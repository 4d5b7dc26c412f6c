"""What kind of work a MARC record describes, told by its leader and coded fields.

Source: MARC 21 Format for Bibliographic Data, leader/06-07 and field 008.
"""

from collections.abc import Mapping

from bookwheel.formats.marc_fields import Marc
from bookwheel.records import kinds

NO_WORK: Mapping[str, str] = {
    **dict.fromkeys("uvxy", "a record of holdings"),
    "q": "a record of community information",
    "w": "a classification record",
    "z": "an authority record",
}
"""Leader/06 of records that describe no work, in words."""

_BY_TYPE: Mapping[str, str] = {
    **dict.fromkeys("cd", kinds.SCORE),
    **dict.fromkeys("ef", kinds.MAP),
    **dict.fromkeys("ij", kinds.AUDIO),
    "g": kinds.VIDEO,
    "k": kinds.IMAGE,
}
_BY_FILE: Mapping[str, str] = {
    **dict.fromkeys("ae", kinds.DATASET),
    **dict.fromkeys("bfgi", kinds.SOFTWARE),
    "c": kinds.IMAGE,
    "d": kinds.BOOK,
    "h": kinds.AUDIO,
    "j": kinds.WEBSITE,
}


def kind(record: Marc) -> str:
    """One of `records.kinds`."""
    of_record, level = tuple(f"{record.leader:24}"[6:8])
    coded = f"{record.control('008'):40.40}"
    if of_record in _BY_TYPE:
        return kinds.IMAGE if of_record == "g" and _is_still(record, coded) else _BY_TYPE[of_record]
    if of_record == "m":
        return _BY_FILE.get(coded[26], kinds.SOFTWARE)
    if of_record not in "at ":
        return kinds.OTHER
    return _text(record, level, coded, is_manuscript=of_record == "t")


def _is_still(record: Marc, coded: str) -> bool:
    """Slides, filmstrips and transparencies are projected too."""
    return coded[33] in "ast" and not any(found.data[:1] in "mv" for found in record.all("007"))


def _text(record: Marc, level: str, coded: str, *, is_manuscript: bool) -> str:
    if level in "ab":
        # A part of something: of a serial an article; where only "part" is said, the host's ISSN tells.
        hosts = record.all("773")
        in_serial = level == "b" or any(host.get("x") or not host.get("z") for host in hosts)
        return kinds.ARTICLE if (in_serial and hosts) or level == "b" else kinds.CHAPTER
    if record.all("502") or "m" in coded[24:28]:
        return kinds.THESIS
    if level == "s":
        return kinds.JOURNAL
    if level == "i":
        return kinds.WEBSITE
    if is_manuscript or level == "d":
        return kinds.MANUSCRIPT
    if coded[29] == "1":
        return kinds.PROCEEDINGS
    return kinds.REPORT if "t" in coded[24:28] else kinds.BOOK
