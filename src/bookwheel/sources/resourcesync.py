"""ResourceSync as a source: the resources a site lists, and since then those its change lists name."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2

from bookwheel.config import SourceConfig
from bookwheel.errors import ConfigError, EndlessListError, ProtocolError, StoreError, TooLargeError
from bookwheel.sources.base import Clock
from bookwheel.sources.delivery import Delivery, cutter, known
from bookwheel.sources.download import DOWNLOADS, key_of
from bookwheel.sources.http import Answer, Client
from bookwheel.sources.oai import utc
from bookwheel.sources.resource_lists import Entry, ListDocument, read_list
from bookwheel.sources.unpack import from_chunks, unpacked

MAX_LISTS = 10_000
"""Documents of one harvest; at 50,000 resources each that is a site of 500 million."""
_MAX_DEPTH = 2
_UNREADABLE = ("text/html", "application/pdf", "image/", "audio/", "video/")
"""Types of resources that hold no records by themselves: they are not fetched."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource to bring up to date. `stamp` changes whenever the lists say that it did; "" when they do not say."""

    uri: str
    is_deleted: bool = False
    stamp: str = ""
    hashes: tuple[str, ...] = ()
    length: int | None = None


class ResourceSyncSource:
    """One site; `url` is its source description or a capability list. `transport` and `clock` are for tests."""

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
        if httpx2.URL(config.url).userinfo:
            raise ConfigError(f"[sources.{name}]: credentials belong in the settings user and password, not in url.")
        self.name = name
        self.format = "resourcesync"
        self._config = config
        self._catalogue = folder
        self._clock = clock or Clock()
        self._client = Client(config, transport=transport, clock=self._clock)
        self._lists_read = 0
        self.reached = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def resources(self, since: str, notes: list[str]) -> Iterator[Resource]:
        """What to bring up to date: all that is listed and all that changed; or with `since` the changes from then on.

        At the end `reached` is the `since` of the next harvest, "" when the site tells no times. A resource that
        changed more than once comes once, as it is now. Where the change lists do not reach back to `since`, all that
        is listed comes again. Raises SourceError when a list cannot be had.
        """
        self._lists_read = 0
        self.reached = ""
        reached = []
        for capabilities in self._capability_lists(notes):
            found = {entry.about.get("capability", ""): entry.uri for entry in capabilities.entries}
            changes = found.get("changelist", "")
            known_since = since if changes and since and self._reaches_back(changes, since, notes) else ""
            if not known_since:
                if "resourcelist" not in found:
                    raise ProtocolError(
                        f"{self.name}: a capability list without a resource list. Is the address right?"
                    )
                for document in self._documents(found["resourcelist"], "resourcelist", notes):
                    at = utc(document.about.get("at", ""))
                    known_since = min(filter(None, (known_since, at)), default="")
                    yield from _resources(document.entries)
            newest = known_since
            latest: dict[str, Entry] = {}
            if changes:
                for document in self._documents(changes, "changelist", notes, known_since):
                    for entry in document.entries:
                        if _moment(entry) >= known_since or not _moment(entry):
                            latest.pop(entry.uri, None)
                            latest[entry.uri] = entry
                            newest = max(newest, _moment(entry))
            changed = list(_resources(latest.values()))
            # A resource that moved is a new one and a deleted one with the same records: those must stay.
            yield from sorted(changed, key=lambda resource: not resource.is_deleted)
            reached.append(newest)
        # A time that has not come yet would hide the changes until then.
        self.reached = min([*reached, f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}"]) if reached else ""

    def get(self, resource: Resource, mark: str, notes: list[str]) -> Delivery | None:
        """The resource, None when it is the one that was read with that mark or holds no records.

        Raises ProtocolError for one that is not as long, or has another checksum, than its list says.
        """
        if resource.stamp and known(mark)[1] == resource.stamp:
            return None
        body = self._client.fetch(resource.uri, lambda: {"Accept-Encoding": "identity"}, self._body, notes, int)
        _check(resource, body)
        path = self._path(resource.uri)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror or error}. The next harvest goes on from there.") from error
        source = cutter(self.name, self._config, self._catalogue, path, self._clock)
        try:
            source.formats()
        except ProtocolError as error:
            notes.append(f"left out {resource.uri}: {str(error).removeprefix(f'{path}: ')}")
            path.unlink()
            return None
        return Delivery(hashlib.sha256(body).hexdigest(), resource.stamp or "unknown", source)

    def done(self, uri: str) -> None:
        self._path(uri).unlink(missing_ok=True)

    def _path(self, uri: str) -> Path:
        return self._catalogue / DOWNLOADS / self.name / f"{key_of(uri)}.data"

    def _body(self, answer: Answer) -> bytes:
        if answer.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip"):
            return unpacked(from_chunks(answer.chunks), self.name, self._config.max_page_bytes).read()
        body = bytearray()
        for chunk in answer.chunks:
            body += chunk
            if len(body) > self._config.max_page_bytes:
                raise TooLargeError(f"more than max_page_bytes, {self._config.max_page_bytes:,} bytes: refused")
        return bytes(body)

    def _capability_lists(self, notes: list[str]) -> Iterator[ListDocument]:
        for first in self._documents(self._config.url, "", notes):
            if first.capability == "capabilitylist":
                yield first
            elif first.capability == "description":
                for entry in first.entries:
                    yield from self._documents(entry.uri, "capabilitylist", notes)
            else:
                raise ProtocolError(
                    f"{self.name}: {self._config.url} is a {first.capability}, where a source description or capability"
                    " list was expected."
                )

    def _reaches_back(self, changes: str, since: str, notes: list[str]) -> bool:
        """Whether the change lists begin before `since`."""
        about = self._read(changes, notes).about
        begins = utc(about.get("from", ""))
        if begins and begins <= since:
            return True
        notes.append(f"the change lists begin at {begins or 'an unknown time'}, after {since}: all is compared again")
        return False

    def _documents(
        self, url: str, capability: str, notes: list[str], since: str = "", depth: int = 0
    ) -> Iterator[ListDocument]:
        """The document, or the ones its index names, but not change lists that end before `since`."""
        document = self._read(url, notes)
        if capability and document.capability != capability:
            raise ProtocolError(f"{self.name}: {url} is a {document.capability}, where a {capability} was expected.")
        if not document.is_index:
            yield document
            return
        if depth == _MAX_DEPTH:
            raise EndlessListError(f"{self.name}: {url} is an index within an index within an index.")
        for entry in document.entries:
            ends = utc(entry.about.get("until", ""))
            if not (ends and ends < since):
                yield from self._documents(entry.uri, capability or document.capability, notes, since, depth + 1)

    def _read(self, url: str, notes: list[str]) -> ListDocument:
        self._lists_read += 1
        if self._lists_read > MAX_LISTS:
            raise EndlessListError(f"{self.name}: more than {MAX_LISTS:,} lists.")
        return self._client.get(url, read_list, notes)


def _resources(entries: Iterable[Entry]) -> Iterator[Resource]:
    for entry in entries:
        if not entry.about.get("type", "").lower().startswith(_UNREADABLE):
            yield _resource(entry)


def _resource(entry: Entry) -> Resource:
    length = entry.about.get("length", "")
    hashes = tuple(entry.about.get("hash", "").lower().split())
    facts = (*hashes, length, utc(entry.modified or entry.about.get("datetime", "")))
    return Resource(
        entry.uri,
        entry.about.get("change") == "deleted",
        " ".join(filter(None, facts)),
        hashes,
        int(length[:15]) if length.isascii() and length.isdigit() else None,
    )


def _moment(entry: Entry) -> str:
    """When a change happened."""
    return utc(entry.about.get("datetime", "") or entry.modified)


def _check(resource: Resource, body: bytes) -> None:
    if resource.length is not None and len(body) != resource.length:
        raise ProtocolError(f"{resource.uri}: {len(body):,} bytes, but its list says {resource.length:,}: not read.")
    for told in resource.hashes:
        algorithm, _, digest = told.partition(":")
        name = {"md5": "md5", "sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512"}.get(algorithm)
        # Weak ones too: they tell damage here, not malice.
        if name and hashlib.new(name, body, usedforsecurity=False).hexdigest() != digest:
            raise ProtocolError(
                f"{resource.uri}: another {algorithm} than its list says: not read. Damaged or changed?"
            )
