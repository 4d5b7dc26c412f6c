"""OAI-PMH 2.0 as a source: lists of records and headers, page by page, with every page's place to go on from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import httpx2

from bookwheel.config import SourceConfig
from bookwheel.errors import ConfigError, EndlessListError, ProtocolError, ResumptionError
from bookwheel.formats import xml
from bookwheel.formats.xml import local_name
from bookwheel.records.raw import Page
from bookwheel.sources.base import BEGINNING, Clock, HeaderPage, Start
from bookwheel.sources.http import Client
from bookwheel.sources.response import Response, read_response

MAX_EMPTY_PAGES = 3
"""Pages without a record, one after the other, after which a list that still has a token is taken for endless."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a repository says of itself; `granularity` is "day" or "seconds", `deleted_record` as in OAI-PMH."""

    name: str
    granularity: Literal["day", "seconds"]
    earliest_datestamp: str
    deleted_record: str


class OaiSource:
    """One repository. `transport` and `clock` are for tests: a repository without sockets, a time that is told."""

    def __init__(
        self,
        name: str,
        config: SourceConfig,
        folder: Path = Path(),
        *,
        transport: httpx2.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        if not config.url.startswith(("http://", "https://")):
            raise ConfigError(f"[sources.{name}]: url {config.url!r} is no http or https address.")
        if "@" in config.url:
            # Addresses are logged; passwords must not be.
            raise ConfigError(f"[sources.{name}]: credentials belong in the settings user and password, not in url.")
        self.name = name
        self.format = config.format
        self._clock = clock or Clock()
        self._client = Client(config, transport=transport, clock=self._clock)
        self._identity: Identity | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        for response in self._list("ListRecords", start):
            yield Page(
                response.records,
                response.rejected,
                response.token or "",
                response.list_size,
                self._newest(response),
                response.notes,
            )

    def headers(self, start: Start = BEGINNING) -> Iterator[HeaderPage]:
        for response in self._list("ListIdentifiers", start):
            yield HeaderPage(
                response.headers,
                response.token or "",
                response.list_size,
                len(response.rejected),
                response.notes,
            )

    def identify(self) -> Identity:
        """What the repository says of itself, asked once."""
        if self._identity is None:
            self._identity = self._client.ask({"verb": "Identify"}, _read_identity, [])
        return self._identity

    def _list(self, verb: str, start: Start) -> Iterator[Response]:
        """The responses of one list. A list known to be endless gives its last page and then raises."""
        token = start.checkpoint
        asked = {hash(token)}  # A hash keeps a list of millions of records from filling the memory with tokens.
        delivered = empty = 0
        response = self._resumed(verb, token) if token else self._first(verb, start)
        while True:
            delivered += len(response.records) + len(response.headers) + len(response.rejected)
            yield response
            token = response.token or ""
            if not token:
                return
            empty = 0 if response.records or response.headers or response.rejected else empty + 1
            if empty == MAX_EMPTY_PAGES:
                raise EndlessListError(f"{self.name}: {empty} pages without a record, and still a resumption token.")
            if hash(token) in asked:
                raise EndlessListError(f"{self.name}: resumption token {self._shown(token)} came a second time.")
            asked.add(hash(token))
            complete = response.list_size is not None and not start.checkpoint and delivered >= response.list_size
            response = self._resumed(verb, token, complete=complete)

    def _first(self, verb: str, start: Start) -> Response:
        parameters = {"verb": verb, "metadataPrefix": self.format, "set": start.set}
        parameters |= {"from": start.from_, "until": start.until}
        bounded = bool(start.from_ or start.until)
        by_day = bounded and self._works_by_day()
        response = self._ask(_in_granularity(parameters, by_day=by_day))
        if response.error == "badArgument" and bounded and not by_day:
            # Every repository must understand days, whatever granularity it says it has.
            told = f"bounds with seconds were refused ({response.message}); asked by day"
            response = self._ask(_in_granularity(parameters, by_day=True))
            response = replace(response, notes=(told, *response.notes))
        return self._accepted(response)

    def _works_by_day(self) -> bool:
        """Whether bounds must be days; they may always be, so a repository that cannot tell is asked by day."""
        try:
            return self.identify().granularity == "day"
        except ProtocolError:
            return True

    def _resumed(self, verb: str, token: str, *, complete: bool = False) -> Response:
        """The page behind a token. `complete` tells that all records had come already: an error then ends the list."""
        response = self._ask({"verb": verb, "resumptionToken": token})
        if response.error == "badResumptionToken":
            if complete:
                return Response(notes=("a resumption token behind the last page led nowhere",))
            raise ResumptionError(
                f"{self.name}: the repository no longer accepts resumption token {self._shown(token)}"
                f" ({self._client.redact(response.message) or 'no reason given'}). The list must begin again."
            )
        return self._accepted(response)

    def _accepted(self, response: Response) -> Response:
        if response.error == "noRecordsMatch":
            return replace(response, error="")
        if response.error:
            told = self._client.redact(f"{response.error} {response.message}".strip())
            raise ProtocolError(f"{self.name}: the repository answers {told}. Check format, set and dates asked for.")
        return response

    def _ask(self, parameters: dict[str, str]) -> Response:
        fetched = f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}"
        notes: list[str] = []
        response = self._client.ask(
            parameters, lambda body: read_response(body, self.name, self.format, fetched), notes
        )
        return replace(response, notes=(*notes, *map(self._client.redact, response.notes)))

    def _newest(self, response: Response) -> str:
        """The greatest datestamp of a page, but never a time that has not come yet, neither there nor here."""
        stamps = [stamp for record in response.records if (stamp := utc(record.datestamp))]
        if not stamps:
            return ""
        bounds = [f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}", utc(response.response_date)]
        return min([max(stamps), *filter(None, bounds)])

    def _shown(self, token: str) -> str:
        return repr(self._client.redact(token[:40]))


def utc(datestamp: str) -> str:
    """An ISO 8601 date or time in UTC with seconds, "" for what is neither.

    >>> utc("2025-08-20"), utc("2025-08-20T02:20:32+02:00"), utc("yesterday")
    ('2025-08-20T00:00:00Z', '2025-08-20T00:20:32Z', '')
    """
    try:
        moment = datetime.fromisoformat(datestamp)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _in_granularity(parameters: dict[str, str], *, by_day: bool) -> dict[str, str]:
    """Bounds as the repository understands them: a day covers all its seconds, so a list only ever grows wider."""
    found = dict(parameters)
    for name, last in (("from", "T00:00:00Z"), ("until", "T23:59:59Z")):
        text = found[name]
        found[name] = text[:10] if by_day or not text else text + last * (len(text) == 10)
    return {name: value for name, value in found.items() if value}


def _read_identity(document: bytes) -> Identity:
    root = xml.parse(document)
    told = next((child for child in root if local_name(child) == "Identify"), None)
    if local_name(root) != "OAI-PMH" or told is None:
        raise ProtocolError("no answer to Identify")
    texts = {local_name(child): (child.text or "").strip() for child in told}
    return Identity(
        texts.get("repositoryName", ""),
        "seconds" if "hh" in texts.get("granularity", "").lower() else "day",
        texts.get("earliestDatestamp", ""),
        texts.get("deletedRecord", "no"),
    )
