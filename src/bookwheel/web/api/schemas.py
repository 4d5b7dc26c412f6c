"""What answers look like, as JSON Schema."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def closed(properties: Mapping[str, Schema], *optional: str) -> Schema:
    """An object of these members and no others; all are there but the `optional` ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


OK: Schema = {"const": "OK"}
RECORD, FACET_VALUE, NOTE = _named("Record"), _named("FacetValue"), _named("Note")
PROBLEM, ERROR = _named("Problem"), _named("Error")

_PROBLEM = {
    "title": {"type": "string", "description": "What the status means"},
    "detail": {"type": "string", "description": "What is wrong with this request, in a sentence"},
    "parameter": {"type": "string", "description": "The parameter it is about"},
}

NAMED: Mapping[str, Schema] = {
    "Record": {"type": "object", "description": "The fields asked for that the record has, by VuFind's names"},
    "FacetValue": closed(
        {"value": TEXT, "translated": TEXT, "count": NUMBER, "href": TEXT, "isApplied": FLAG}, "isApplied"
    ),
    "Note": closed(
        {
            "kind": TEXT,
            "text": TEXT,
            "honoured": {"type": "boolean", "description": "False where something else was done than asked"},
            "start": NUMBER,
            "end": NUMBER,
        },
        "start",
        "end",
    ),
    "Problem": closed({"status": NUMBER, **_PROBLEM}, "parameter"),
    "Error": closed({"status": {"const": "ERROR"}, "statusMessage": TEXT, **_PROBLEM}, "parameter"),
}
"""Shapes that several answers share. `Problem` is RFC 9457's; `Error` says the same as VuFind does."""

SEARCH = closed(
    {
        "resultCount": NUMBER,
        "records": listed(RECORD),
        "facets": {"type": "object", "additionalProperties": listed(FACET_VALUE)},
        "notes": listed(NOTE),
        "next": {"type": "string", "description": "What `after` takes for the page behind this one"},
        "status": OK,
    },
    "records",
    "facets",
    "notes",
    "next",
)
RECORDS = closed({"resultCount": NUMBER, "records": listed(RECORD), "status": OK})
FACETS = closed(
    {
        "facet": TEXT,
        "label": TEXT,
        "values": listed(FACET_VALUE),
        "next": {"type": "object", "description": "Parameters that lead to the values behind these"},
    },
    "next",
)
SUGGESTIONS = closed({"suggestions": listed(closed({"value": TEXT, "kind": TEXT, "type": TEXT}))})
SIMILAR = closed({"records": listed(RECORD)})
CITATIONS = closed(
    {
        "style": TEXT,
        "label": TEXT,
        "citations": listed(
            closed({"id": TEXT, "text": TEXT, "html": TEXT, "inText": TEXT, "warning": TEXT}, "inText", "warning")
        ),
    }
)
EXPORTS = closed({"exports": listed(closed({"name": TEXT, "label": TEXT, "mediaType": TEXT, "address": TEXT}))})
