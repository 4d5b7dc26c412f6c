"""What a reader wrote, as the text of a comment: plain, with its lines."""

import re
from unicodedata import category, normalize

_KEPT = "\n\u200c\u200d\u200e\u200f"
"""Line ends, and what Persian, Indic scripts, Arabic and Hebrew are written with; other such signs are dropped."""
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Composed (NFC), without characters of control or direction, with at most one empty line at a time.

    >>> clean("A good\\r\\n\\r\\n\\r\\nread.\\u202e ")
    'A good\\n\\nread.'
    """
    lines = normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(c for c in lines if c in _KEPT or category(c) not in ("Cc", "Cf", "Cs", "Cn"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in kept.split("\n"))).strip()
