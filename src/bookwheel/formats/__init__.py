"""How is a payload read? One module per metadata format: bytes in, record and problems out."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.plugins import load
from bookwheel.records.raw import RawRecord, Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A metadata format and what its records get where a source does not say.

    `name` is also the metadataPrefix asked for. `collection` is the index field's value. `id_prefix` begins record ids;
    empty: the source's own name does, since identifiers of two repositories may end alike. `repository` is the source
    that imported files of the format belong to; empty: nobody's in particular.
    """

    name: str
    collection: str = ""
    id_prefix: str = ""
    repository: str = ""

    def read(self, raw: RawRecord, id_prefix: str = "") -> Reading:
        """The record and its problems; `id_prefix` stands in for the format's. Never raises for bad data."""
        reading: Reading = load("format", self.name)(raw, id_prefix or self.id_prefix)
        return reading


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "doaj_json": Format("doaj_json", "DOAJ", "doaj-art-", "doaj"),
        "oai_dc": Format("oai_dc"),
        "oai_doaj": Format("oai_doaj", "DOAJ", "doaj-art-", "doaj"),
    }
)
