"""Samples written as DOAJ writes its feed: OAI-PMH 2.0 with the metadata format `oai_doaj`.

Elements stand in the order of DOAJ's crosswalk; an affiliation is repeated for each author, as it is there.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache

from bookwheel.demo.sample import Author, Sample

PREFIX = "oai_doaj"


def page(samples: Iterable[Sample], url: str, *, token: str = "", list_size: int = 0, cursor: int = 0) -> bytes:
    """A ListRecords answer. An empty token marks the last page; `cursor` counts records before this page."""
    records = "".join(map(record_element, samples))
    place = token_element(token, list_size, cursor)
    return response(url, "ListRecords", f"<ListRecords>{records}{place}</ListRecords>")


def token_element(token: str, list_size: int, cursor: int) -> str:
    """Where the list goes on, how long it is, and how many records came before."""
    return f'<resumptionToken completeListSize="{list_size}" cursor="{cursor}">{token}</resumptionToken>'


def response(url: str, verb: str, body: str) -> bytes:
    """An OAI-PMH answer around a body; no verb is told back where the request had none that counts."""
    request = f'<request verb="{verb}">' if verb else "<request>"
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
        f"<responseDate>{RESPONSE_DATE}</responseDate>{request}{url}</request>{body}</OAI-PMH>"
    ).encode()


RESPONSE_DATE = "2026-11-01T00:00:00Z"
"""Later than the datestamps of 1,500,000 samples, and fixed: a request has the same answer, byte for byte."""


def record_element(sample: Sample) -> str:
    """A record with its header; a deleted one is a header alone."""
    header = header_element(sample)
    if sample.deleted:
        return f"<record>{header}</record>"
    return (
        f'<record>{header}<metadata><oai_doaj:doajArticle xmlns:oai_doaj="http://doaj.org/features/oai_doaj/1.0/">'
        f"{_elements(sample)}</oai_doaj:doajArticle></metadata></record>"
    )


def header_element(sample: Sample) -> str:
    sets = "".join([f"<setSpec>{set_spec(term)}</setSpec>" for term in sample.sets])
    status = ' status="deleted"' if sample.deleted else ""
    return (
        f"<header{status}><identifier>{sample.identifier}</identifier>"
        f"<datestamp>{sample.datestamp}</datestamp>{sets}</header>"
    )


@cache
def set_spec(term: str) -> str:
    """DOAJ's setSpec for an LCC term: base64 of "LCC:term", with "~" for "=".

    >>> set_spec("Ecology")
    'TENDOkVjb2xvZ3k~'
    """
    return b64encode(f"LCC:{term}".encode()).decode().replace("=", "~")


def _elements(sample: Sample) -> str:
    plain = (
        ("language", sample.language),
        ("publisher", sample.publisher),
        ("journalTitle", sample.journal),
        ("issn", sample.issn),
        ("eissn", sample.eissn),
        ("publicationDate", sample.published),
        ("volume", sample.volume),
        ("issue", sample.issue),
        ("startPage", sample.start_page),
        ("endPage", sample.end_page),
        ("doi", sample.doi),
        ("title", sample.title),
    )
    parts = [_element(name, text) for name, text in plain if text]
    if sample.authors:
        parts.append(_authors(sample.authors))
    if sample.abstract:
        parts.append(_element("abstract", sample.abstract))
    parts.append(f'<oai_doaj:fullTextUrl format="html">{escaped(sample.url)}</oai_doaj:fullTextUrl>')
    if sample.keywords:
        keywords = "".join([_element("keyword", keyword) for keyword in sample.keywords])
        parts.append(f"<oai_doaj:keywords>{keywords}</oai_doaj:keywords>")
    return "".join(parts)


def _element(name: str, text: str) -> str:
    return f"<oai_doaj:{name}>{escaped(text)}</oai_doaj:{name}>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _authors(authors: tuple[Author, ...]) -> str:
    people: list[str] = []
    places: list[str] = []
    for author in authors:
        parts = f"<oai_doaj:name>{escaped(author.name)}</oai_doaj:name>"
        if author.affiliation:
            parts += f"<oai_doaj:affiliationId>{len(places)}</oai_doaj:affiliationId>"
            places.append(
                f'<oai_doaj:affiliationName affiliationId="{len(places)}">{escaped(author.affiliation)}'
                "</oai_doaj:affiliationName>"
            )
        if author.orcid:
            parts += f"<oai_doaj:orcid_id>https://orcid.org/{author.orcid}</oai_doaj:orcid_id>"
        people.append(f"<oai_doaj:author>{parts}</oai_doaj:author>")
    found = f"<oai_doaj:authors>{''.join(people)}</oai_doaj:authors>"
    return f"{found}<oai_doaj:affiliationsList>{''.join(places)}</oai_doaj:affiliationsList>" if places else found
