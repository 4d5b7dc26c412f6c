"""DOI, ISSN, ISBN, ORCID, PMID and PMCID: from any way they are written to one normal form.

Each reader takes what a payload or a person wrote and gives the normal form, or "" when it is not one.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

from stdnum import isbn as isbn_number
from stdnum import issn as issn_number
from stdnum.iso7064 import mod_11_2

from bookwheel.records.model import Identifier

_MAX_LENGTH = 500
"""No identifier is longer; what is, is not looked at."""

_DOI = re.compile(
    r"(?:(https?://)?(?:dx\.|www\.)?doi\.org/|(?:info:|urn:)?doi(?:[:/]|\s)\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.I
)


def doi(text: str) -> str:
    """Bare and in lower case, so that two spellings of one DOI are equal (DOI Handbook 3.4: case does not count).

    >>> doi("https://doi.org/10.1155/2012/ABC.")
    '10.1155/2012/abc'
    """
    if len(text) > _MAX_LENGTH:
        return ""
    match = _DOI.fullmatch(text.strip())
    if match is None:
        return ""
    value = match[2].lower()
    if match[1] or "%2f" in value:
        value = unquote(value.partition("?")[0])
    value = value.rstrip(".,;:'\"»”")
    while value[-1:] in (")", "]") and value.count(value[-1]) > value.count("(["[value[-1] == "]"]):
        value = value[:-1].rstrip(".,;:")
    return value if len(value.partition("/")[2]) > 0 and value.isprintable() else ""


_ISSN = re.compile(r"(?:e?issn)?[:\s]*(\d{4})[-‐‑–]?(\d{3}[\dx])", re.I)


@lru_cache(maxsize=20_000)
def issn(text: str) -> str:
    """With hyphen and capital X ("1234-567X"), whether its check digit is right or not: see `is_issn`."""
    match = _ISSN.fullmatch(text.strip())
    return f"{match[1]}-{match[2].upper()}" if match else ""


@lru_cache(maxsize=20_000)
def is_issn(text: str) -> bool:
    """Whether the check digit is right (ISO 3297)."""
    return bool(issn_number.is_valid(text))


def isbn(text: str) -> str:
    """Thirteen digits without hyphens; "" where the check digit is wrong."""
    bare = re.sub(r"^(?:urn:)?isbn(?:-1[03])?[:\s]*", "", text.strip()[:40], flags=re.I)
    if not isbn_number.is_valid(bare):
        return ""
    return str(isbn_number.to_isbn13(bare)).replace("-", "").replace(" ", "")


_ORCID = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/|orcid(?:\.org/|[:\s])\s*)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dx])/?", re.I
)


def orcid(text: str) -> str:
    """Bare with hyphens ("0000-0002-1825-0097"); "" where the check digit (ISO 7064 mod 11-2) is wrong."""
    match = _ORCID.fullmatch(text.strip()) if len(text) <= _MAX_LENGTH else None
    if match is None:
        return ""
    value = "-".join(match.groups()).upper()
    return value if mod_11_2.is_valid(value.replace("-", "")) else ""


_PMID = re.compile(
    r"(?:(?:info:)?pmid[:/\s]\s*|https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/)(\d{1,9})/?",
    re.I,
)


def pmid(text: str) -> str:
    """Digits alone. A bare number is none: "PMID:", "pmid 123" or PubMed's address must say so."""
    match = _PMID.fullmatch(text.strip()[:_MAX_LENGTH])
    return match[1].lstrip("0") if match else ""


_PMCID = re.compile(
    r"(?:https?://(?:www\.ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/|pmcid[:\s]\s*)?pmc(\d{1,9})/?",
    re.I,
)


def pmcid(text: str) -> str:
    """With its letters: "PMC3173870"."""
    match = _PMCID.fullmatch(text.strip()[:_MAX_LENGTH])
    return f"PMC{match[1].lstrip('0')}" if match else ""


def detect(text: str) -> Identifier | None:
    """The identifier a person typed into a search box, or None when the text is words.

    Eight digits without a hyphen are no ISSN and a bare number is no PMID: both are too often something else.

    >>> detect("doi:10.1155/2012/393864")
    Identifier(scheme='doi', value='10.1155/2012/393864')
    """
    text = text.strip()
    if len(text) > _MAX_LENGTH or not any(character.isdigit() for character in text):
        return None
    for scheme, reader in (("doi", doi), ("orcid", orcid), ("pmid", pmid), ("pmcid", pmcid)):
        if value := reader(text):
            return Identifier(scheme, value)
    if (value := issn(text)) and is_issn(value) and not text.isalnum():
        return Identifier("issn", value)
    if value := isbn(text):
        return Identifier("isbn", value)
    return None
