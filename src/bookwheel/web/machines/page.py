"""What stands in a record page for programs: values for its template."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from bookwheel.records.model import Record
from bookwheel.web.machines import meta, openurl, schema_org
from bookwheel.web.machines.signposting import DESCRIBED_BY, media_type


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of the record: where, and of which media type."""

    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class ForMachines:
    """`json_ld` may stand inside a script element as it is; all else is escaped like any text."""

    metas: list[meta.Meta]
    json_ld: Markup
    coins: str
    forms: list[Form]


def for_machines(record: Record, address: str) -> ForMachines:
    """Of the record whose page has this absolute address."""
    return ForMachines(
        meta.elements(record, address),
        # The text holds no "<": nothing in a record can end the element.
        Markup(schema_org.json_ld(record, address)),  # noqa: S704
        openurl.coins(record, urlsplit(address).hostname or ""),
        [Form(f"{address}/As/{name}", media_type(name)) for name in DESCRIBED_BY],
    )
