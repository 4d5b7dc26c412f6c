"""MARC's words for roles, which MODS has too."""

from collections.abc import Mapping

_RELATORS: Mapping[str, str] = {
    "actor": "act",
    "adapter": "adp",
    "annotator": "ann",
    "arranger": "arr",
    "artist": "art",
    "author": "aut",
    "author of introduction": "aui",
    "cartographer": "ctg",
    "commentator": "cmm",
    "compiler": "com",
    "composer": "cmp",
    "conductor": "cnd",
    "contributor": "ctb",
    "director": "drt",
    "distributor": "dst",
    "editor": "edt",
    "engraver": "egr",
    "funder": "fnd",
    "illustrator": "ill",
    "instrumentalist": "itr",
    "interviewee": "ive",
    "interviewer": "ivr",
    "issuing body": "isb",
    "librettist": "lbt",
    "lyricist": "lyr",
    "musician": "mus",
    "narrator": "nrt",
    "originator": "org",
    "performer": "prf",
    "photographer": "pht",
    "producer": "pro",
    "programmer": "prg",
    "publisher": "pbl",
    "researcher": "res",
    "reviewer": "rev",
    "singer": "sng",
    "thesis advisor": "ths",
    "translator": "trl",
}


def relator(role: str) -> tuple[str, str]:
    """Code and word of a role; what MARC has no code for is a contributor.

    >>> relator("editor"), relator("cook")
    (('edt', 'editor'), ('ctb', 'contributor'))
    """
    return (_RELATORS[role], role) if role in _RELATORS else ("ctb", "contributor")
