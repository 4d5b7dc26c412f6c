"""Files at fixed addresses, a dump or a list of them: fetched when they changed, then read as files are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2
import msgspec

from bookwheel.config import SourceConfig
from bookwheel.errors import ConfigError
from bookwheel.sources.base import Clock
from bookwheel.sources.delivery import Delivery, cutter, known
from bookwheel.sources.download import DOWNLOADS, Download, Version, key_of
from bookwheel.sources.http import Client


class WebFilesSource:
    """The files at `url` and `urls`, in that order. `transport` and `clock` are for tests."""

    def __init__(
        self,
        name: str,
        config: SourceConfig,
        folder: Path = Path(),
        *,
        transport: httpx2.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._urls = tuple(url for url in (config.url, *config.urls) if url)
        _check(name, config, self._urls)
        self.name = name
        self.format = "http"
        self._config = config
        self._catalogue = folder
        self._clock = clock or Clock()
        # The client asks its own address nothing here, but knows by it which host gets the credentials.
        self._client = Client(replace(config, url=self._urls[0]), transport=transport, clock=clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def names(self, notes: list[str]) -> Iterator[str]:
        yield from self._urls

    def get(self, name: str, mark: str, notes: list[str]) -> Delivery | None:
        content, stamp = known(mark)
        if content and content == self._config.sha256.lower():
            return None
        found = self._download(name).fetch(_version(stamp), self._config.sha256, notes)
        if found is None:
            return None
        content, version = found
        path = self._download(name).whole
        source = cutter(self.name, self._config, self._catalogue, path, self._clock)
        return Delivery(content, msgspec.json.encode(version).decode(), source)

    def done(self, name: str) -> None:
        self._download(name).discard()

    def _download(self, url: str) -> Download:
        whole = self._catalogue / DOWNLOADS / self.name / f"{key_of(url)}.data"
        return Download(self._client, url, whole, self._config.max_download_bytes)


def _version(stamp: str) -> Version:
    return msgspec.json.decode(stamp, type=Version) if stamp else Version()


def _check(name: str, config: SourceConfig, urls: tuple[str, ...]) -> None:
    where = f"[sources.{name}]"
    if not urls:
        raise ConfigError(f'{where}: type "http" needs the setting url, or urls for several files.')
    for url in urls:
        if not url.startswith(("http://", "https://")):
            raise ConfigError(f"{where}: {url!r} is no http or https address.")
        if httpx2.URL(url).userinfo:
            raise ConfigError(f"{where}: credentials belong in the settings user and password, not in url.")
    if config.sha256 and not re.fullmatch("[0-9a-fA-F]{64}", config.sha256):
        raise ConfigError(f"{where}: sha256 {config.sha256!r} is no SHA-256 of 64 hexadecimal digits.")
    if config.sha256 and len(urls) > 1:
        raise ConfigError(f"{where}: sha256 belongs to one file, but there are {len(urls)}.")
