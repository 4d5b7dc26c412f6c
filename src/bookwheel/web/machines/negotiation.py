"""Content negotiation: which form of a record a request's `Accept` header prefers (RFC 9110, 12.5.1)."""

import re

from bookwheel.web.machines.signposting import DESCRIBED_BY, media_type

_MAX_LENGTH = 1_000
_ALIASES = {"text/x-bibtex": "bibtex", "application/rdf+xml": "bibo", "application/citeproc+json": "csl_json"}
_HTML = ("text/html", "application/xhtml+xml", "*/*", "text/*")


def preferred(accept: str) -> str:
    """The name of the export asked for; "" for the page, which whoever takes it as gladly gets."""
    offered = {media_type(name): name for name in DESCRIBED_BY} | _ALIASES
    html, best, name = 0.0, 0.0, ""
    for part in accept[:_MAX_LENGTH].split(","):
        kind, *parameters = (text.strip().lower() for text in part.split(";"))
        weight = _weight(parameters)
        if kind in _HTML:
            html = max(html, weight)
        elif kind in offered and weight > best:
            best, name = weight, offered[kind]
    return name if best > html else ""


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if found := re.fullmatch(r"q\s*=\s*([01](?:\.[0-9]{0,3})?)", parameter):
            return min(float(found[1]), 1.0)
    return 1.0
