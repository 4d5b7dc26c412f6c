"""What an OpenURL says of the work it wants: identifiers, its place in a journal, or words to search for."""

import re
from collections.abc import Iterator, Sequence

from bookwheel.records import identifiers as known
from bookwheel.search.prefixes import identifier_field
from bookwheel.search.query import And, Exact, Field, Node, Phrase

Pairs = Sequence[tuple[str, str]]


def identifiers(asked: Pairs) -> Iterator[tuple[str, str]]:
    """Index field and value of each DOI and PMID: of `rft_id` (1.0) and of `id` (0.1)."""
    for name, value in asked:
        if name not in ("rft_id", "id", "rft.doi"):
            continue
        bare = re.sub(r"^(info:|urn:)?(doi|pmid)[/:]", "", value.strip(), flags=re.IGNORECASE)
        if doi := known.doi(bare):
            yield identifier_field("doi"), doi
        elif "pmid" in value.lower() and (pmid := known.pmid(f"pmid:{bare}")):
            yield identifier_field("pmid"), pmid


def place(asked: Pairs) -> Node | None:
    """Journal, volume and first page, which name one article; None where one of them lacks."""
    issn = known.issn(_value(asked, "issn") or _value(asked, "eissn"))
    volume, page = _value(asked, "volume"), _value(asked, "spage") or _value(asked, "artnum")
    if not (issn and volume and page):
        return None
    where = Exact("container_article_number_str", page) if not _value(asked, "spage") else _first_page(page)
    return And((Exact("issn", issn), Field("container_volume", Phrase(volume)), where))


def _first_page(page: str) -> Node:
    return Field("container_start_page", Phrase(page))


def search(asked: Pairs) -> list[tuple[str, str]]:
    """Parameters of a result page for what is not found: title and first author, else journal, else what is there."""
    title = _value(asked, "atitle") or _value(asked, "btitle") or _value(asked, "title") or _value(asked, "jtitle")
    family = _value(asked, "aulast")
    if title and family:
        return [
            ("lookfor0[]", title),
            ("type0[]", "Title"),
            ("lookfor0[]", family),
            ("type0[]", "Author"),
            ("bool0[]", "AND"),
        ]
    if title:
        return [("lookfor", title), ("type", "Title")]
    if issn := known.issn(_value(asked, "issn") or _value(asked, "eissn")):
        return [("lookfor", issn), ("type", "ISN")]
    return [("lookfor", next((value for name, value in asked if name in ("rft_id", "id")), ""))]


def _value(asked: Pairs, name: str) -> str:
    """A value by its name in 1.0 ("rft.issn") or 0.1 ("issn")."""
    return next((value.strip() for key, value in asked if key in (f"rft.{name}", name) and value.strip()), "")
