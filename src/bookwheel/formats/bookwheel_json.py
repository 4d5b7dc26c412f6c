"""Bookwheel's own JSON: a Record as the store keeps it, so that a whole catalogue can move.

A line of a file holds it as it is; an OAI-PMH repository wraps it in an element (`NAMESPACE`, "json").
"""

from dataclasses import fields, replace

from bookwheel.errors import StoreError, XmlError
from bookwheel.formats import parts
from bookwheel.formats.reading import Findings, rejected
from bookwheel.formats.xml import parse
from bookwheel.records import codec
from bookwheel.records.raw import Provenance, RawRecord, Reading

NAMESPACE = "urn:bookwheel:json"


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record as it was written, of this source now; a prefix comes before its id. Never raises for bad data."""
    try:
        record = codec.decode(_json(raw.payload))
    except (StoreError, XmlError, RecursionError) as error:
        return rejected(raw, str(error))
    findings = Findings()
    identifier = raw.identifier or record.id
    if record.id:
        record = replace(record, id=f"{id_prefix}{record.id}", source=raw.source, source_identifier=identifier)
    found = parts.checked(record, findings)
    made = [
        Provenance(field.name, f"record/{field.name}", "as it was")
        for field in fields(record)
        if field.name not in ("source", "source_identifier", "all_text") and getattr(record, field.name)
    ]
    return Reading(found, tuple(findings.problems), tuple(made) if found else ())


def _json(payload: bytes) -> bytes:
    return (parse(payload).text or "").encode() if payload.lstrip().startswith(b"<") else payload
