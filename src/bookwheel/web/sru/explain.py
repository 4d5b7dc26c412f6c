"""How the server explains itself: a ZeeRex record with its indexes, schemas and limits."""

from collections.abc import Iterator

from lxml import etree

from bookwheel.config import Config
from bookwheel.search.syntaxes.cql import EXACT, INDEXES
from bookwheel.web.sru.request import DEFAULT_RECORDS, MAX_RECORDS, SCHEMAS
from bookwheel.web.sru.response import zeerex

_SETS = {
    "cql": "info:srw/cql-context-set/1/cql-v1.2",
    "dc": "info:srw/cql-context-set/1/dc-v1.1",
    "rec": "info:srw/cql-context-set/2/rec-1.1",
    "bath": "http://zing.z3950.org/cql/bath/2.0/",
}


def record(config: Config, host: str, port: str) -> etree._Element:
    """The server at `host` and `port`."""
    return zeerex(
        "explain",
        zeerex(
            "serverInfo",
            zeerex("host", host),
            zeerex("port", port),
            zeerex("database", "SRU"),
            protocol="SRU",
            version="2.0",
        ),
        zeerex("databaseInfo", zeerex("title", config.title, primary="true")),
        zeerex("indexInfo", *_sets(), *_indexes()),
        zeerex("schemaInfo", *_schemas()),
        zeerex(
            "configInfo",
            zeerex("default", str(DEFAULT_RECORDS), type="numberOfRecords"),
            zeerex("setting", str(MAX_RECORDS), type="maximumRecords"),
        ),
    )


def _sets() -> Iterator[etree._Element]:
    for name, identifier in _SETS.items():
        yield zeerex("set", name=name, identifier=identifier)


def _indexes() -> Iterator[etree._Element]:
    for name in (*INDEXES, *EXACT, "dc.date"):
        prefix, _, index = name.partition(".")
        if prefix in _SETS and index:
            yield zeerex("index", zeerex("title", index), zeerex("map", zeerex("name", index, set=prefix)))


def _schemas() -> Iterator[etree._Element]:
    for name, identifier in SCHEMAS.items():
        yield zeerex("schema", zeerex("title", name), identifier=identifier, name=name, sort="false", retrieve="true")
