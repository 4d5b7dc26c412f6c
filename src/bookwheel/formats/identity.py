"""Addresses of records whose payload has no header: from an identifier of their own, else from what they say."""

import re
from hashlib import sha256

from bookwheel.formats.reading import record_id
from bookwheel.records import identifiers
from bookwheel.records.text import sort_key


def address(identifier: str, prefix: str) -> str:
    """The record's id: a DOI in letters that need no escaping, else what `record_id` makes of the identifier.

    >>> address("10.1155/2012/393864", "crossref-")
    'crossref-10.1155-2012-393864-131e'
    """
    doi = identifiers.doi(identifier) if identifier.startswith("10.") else ""
    if not doi:
        return record_id(identifier, prefix)
    plain = doi.replace("/", "-", 1)
    slug = _ESCAPED.sub("-", plain).strip("-")
    # Two DOIs that differ in signs alone stay apart.
    return prefix + (slug if slug == plain else f"{slug}-{_digest(doi)[:4]}")


_ESCAPED = re.compile(r"[^a-z0-9.-]+")


def fingerprint(*parts: str) -> str:
    """An identifier for a payload that has none: equal for equal words, whatever case and signs they are written in.

    "" when all parts are blank.
    """
    words = [sort_key(part) for part in parts]
    return _digest("\x1f".join(words))[:20] if any(words) else ""


def _digest(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()
