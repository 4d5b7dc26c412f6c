"""The one polite HTTP client: it waits when told to, tries again, stops at caps, and keeps secrets to itself."""

import base64
import ipaddress
import logging
import socket
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote, quote_plus
from urllib.request import getproxies, proxy_bypass

import httpx2

from bookwheel import __version__
from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError, SourceError, TooLargeError, TransportError
from bookwheel.sources.base import Clock
from bookwheel.sources.unpack import from_chunks, unpacked

MAX_TRIES = 8
"""Tries for one page before the harvest stops, to be resumed later."""
MAX_TRIES_UNREADABLE = 3
"""Tries when the server answers, but with something else: a wrong address should not take minutes to say so."""
MIN_WAIT_SECONDS = 5.0
MAX_WAIT_SECONDS = 900.0
MAX_REDIRECTS = 3
_CONNECT_SECONDS = 30.0
_SILENCE_SECONDS = 30.0
"""Time a server may say nothing within an answer."""
STEADY_BYTES = 1_000_000
"""What a long download must bring within `page_deadline_seconds`; less is a connection that only seems alive."""
_BUSY = {408, 425, 429}
_REDIRECTS = {301, 302, 303, 307, 308}

_log = logging.getLogger(__name__)
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body still comes: `chunks` are its bytes as sent."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class Client:
    """Asks one address, with the credentials and caps of its source."""

    def __init__(
        self,
        config: SourceConfig,
        *,
        transport: httpx2.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._config = config
        self._clock = clock or Clock()
        self._address = httpx2.URL(config.url)
        self._secrets = [secret for secret in (config.api_key, config.password) if secret]
        headers = {"User-Agent": f"Bookwheel/{__version__}", "Accept-Encoding": "gzip"}
        if config.user:
            pair = base64.b64encode(f"{config.user}:{config.password}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
            self._secrets.append(pair)
        inner = transport or httpx2.HTTPTransport(proxy=_proxy(self._address))
        if config.api_key:
            inner = _WithKey(inner, config.api_key, self._address.host)
        timeout = httpx2.Timeout(min(_SILENCE_SECONDS, config.page_deadline_seconds), connect=_CONNECT_SECONDS)
        self._client = httpx2.Client(transport=inner, timeout=timeout, headers=headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def ask(self, parameters: Mapping[str, str], read: Callable[[bytes], Read], notes: list[str]) -> Read:
        """What `read` makes of the answer's body; `notes` receives a line for every further try.

        An answer is tried again, after the wait the server asks for, when the connection broke, the server
        was busy or `read` raised TransportError or ProtocolError. Raises the last one's kind when it stays
        so, TooLargeError at once.
        """
        return self._persistently(self._address, lambda: self._try(self._request(parameters), read), notes)

    def get(self, url: str, read: Callable[[bytes], Read], notes: list[str]) -> Read:
        """What `read` makes of the document at another address, with the tries, caps and errors of `ask`.

        Credentials go to the source's own host alone, and an address within our own network is refused unless it is
        that host.
        """
        address = httpx2.URL(url)
        return self._persistently(address, lambda: self._try(self._request_at(address, {}), read), notes)

    def fetch(
        self,
        url: str,
        headers: Callable[[], Mapping[str, str]],
        take: Callable[[Answer], Read],
        notes: list[str],
        received: Callable[[], int],
    ) -> Read:
        """What `take` makes of an answer as it streams in, its bytes as sent; otherwise as `get`.

        `headers` are asked for anew at each try, and `received` tells the bytes kept so far: as long as STEADY_BYTES
        more come, the tries count from the beginning, and the answer may take all the time it needs.
        """
        address = httpx2.URL(url)
        return self._persistently(
            address, lambda: self._stream(self._request_at(address, headers()), take), notes, received
        )

    def _persistently(
        self,
        address: httpx2.URL,
        attempt: Callable[[], Read],
        notes: list[str],
        received: Callable[[], int] = lambda: 0,
    ) -> Read:
        number = had = 0
        while True:
            number += 1
            try:
                return attempt()
            except _RefusedError as error:
                raise ProtocolError(self._told(error, address)) from None
            except TooLargeError:
                raise
            except (
                httpx2.HTTPError,
                httpx2.InvalidURL,
                OSError,
                EOFError,
                zlib.error,
                _BusyError,
                SourceError,
            ) as error:
                unreadable = isinstance(error, ProtocolError)
                tries = MAX_TRIES_UNREADABLE if unreadable else MAX_TRIES
                told = self._told(error, address)
                if received() >= had + STEADY_BYTES:
                    number, had = 1, received()
                if number >= tries:
                    kind = ProtocolError if unreadable else TransportError
                    hint = "Is the address right?" if unreadable else "The harvest can go on from here later."
                    raise kind(f"{told} ({number} tries). {hint}") from None
                seconds = _wait_seconds(error, number, self._clock)
                _log.warning("%s; waiting %d s before try %d of %d", told, seconds, number + 1, tries)
                notes.append(f"try {number} failed: {told}")
                self._clock.sleep(seconds)

    def redact(self, text: str) -> str:
        """The text without the key and the password, however they are written."""
        for secret in self._secrets:
            for written in {secret, quote(secret, safe=""), quote_plus(secret)}:
                text = text.replace(written, "***")
        return text

    def _told(self, error: Exception, address: httpx2.URL) -> str:
        text = str(error) or type(error).__name__
        return self.redact(f"{address.copy_with(query=None, userinfo=b'')}: {text}")

    def _try(self, request: httpx2.Request, read: Callable[[bytes], Read]) -> Read:
        deadline = self._clock.monotonic() + self._config.page_deadline_seconds
        response = self._open(request)
        try:
            status = response.status_code
            _refuse_busy(response)
            body = self._body(response, deadline)
            if status < 400:
                return read(body)
            try:
                # Some repositories send the protocol's errors with a status of their own.
                return read(body)
            except SourceError:
                raise _RefusedError(f"{_status(status)}. Check the address and the credentials.") from None
        finally:
            response.close()

    def _stream(self, request: httpx2.Request, take: Callable[[Answer], Read]) -> Read:
        response = self._open(request)
        try:
            status = response.status_code
            _refuse_busy(response)
            if status >= 400 and status != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise _RefusedError(f"{_status(status)}. Check the address and the credentials.")
            return take(Answer(status, response.headers, self._steadily(response.iter_raw())))
        finally:
            response.close()

    def _steadily(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, while STEADY_BYTES come within each deadline of a page."""
        size, since = 0, self._clock.monotonic()
        for chunk in chunks:
            yield chunk
            size += len(chunk)
            now = self._clock.monotonic()
            if size >= STEADY_BYTES:
                size, since = 0, now
            elif now - since > self._config.page_deadline_seconds:
                raise _BusyError(f"{size:,} bytes in {now - since:.0f} s", None)

    def _request_at(self, address: httpx2.URL, headers: Mapping[str, str]) -> httpx2.Request:
        if address.scheme not in ("http", "https"):
            raise _RefusedError("only http and https are fetched")
        if (self._address.scheme, address.scheme) == ("https", "http"):
            raise _RefusedError("an http address in an https source, where anybody can read along: not fetched")
        request = self._client.build_request("GET", address, headers=dict(headers))
        if address.host != self._address.host:
            if not _is_public(address.host):
                raise _RefusedError(f"{address.host} is no public address: not fetched")
            request.headers.pop("Authorization", None)
        return request

    def _request(self, parameters: Mapping[str, str]) -> httpx2.Request:
        if self._config.method.upper() == "POST":
            return self._client.build_request("POST", self._address, data=dict(parameters))
        return self._client.build_request("GET", self._address.copy_merge_params(dict(parameters)))

    def _open(self, request: httpx2.Request) -> httpx2.Response:
        for _ in range(MAX_REDIRECTS + 1):
            response = self._client.send(request, stream=True, follow_redirects=False)
            if response.status_code not in _REDIRECTS or response.next_request is None:
                return response
            response.close()
            request = response.next_request
            request.url = request.url.copy_remove_param("api_key")
            if request.url.scheme not in ("http", "https"):
                raise _RefusedError(f"redirected to {request.url.scheme}:, but only http and https are followed")
            if (self._address.scheme, request.url.scheme) == ("https", "http"):
                raise _RefusedError("redirected from https to http, where anybody can read along: not followed")
            if request.url.host != self._address.host and not _is_public(request.url.host):
                raise _RefusedError(f"redirected to {request.url.host}, which is no public address: not followed")
        raise _RefusedError(f"more than {MAX_REDIRECTS} redirects")

    def _body(self, response: httpx2.Response, deadline: float) -> bytes:
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise ProtocolError(f"the answer came packed as {encoding!r}, gzip was asked for")
        stream = from_chunks(self._timely(response.iter_raw(), deadline))
        return unpacked(stream, str(self._address.host), self._config.max_page_bytes).read()

    def _timely(self, chunks: Iterator[bytes], deadline: float) -> Iterator[bytes]:
        for chunk in chunks:
            if self._clock.monotonic() > deadline:
                raise _BusyError(f"the page took longer than {self._config.page_deadline_seconds:g} s", None)
            yield chunk


def _refuse_busy(response: httpx2.Response) -> None:
    if response.status_code in _BUSY or response.status_code >= 500:
        raise _BusyError(_status(response.status_code), response.headers.get("Retry-After"))


class _BusyError(Exception):
    """The server cannot now; `retry_after` is its header."""

    def __init__(self, message: str, retry_after: str | None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class _RefusedError(Exception):
    """The server will not: asking again is of no use."""


class _WithKey(httpx2.BaseTransport):
    """Adds the key as a request leaves, behind everything that logs or raises with its address."""

    def __init__(self, inner: httpx2.BaseTransport, key: str, host: str) -> None:
        self._inner = inner
        self._key = key
        self._host = host

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host != self._host:
            return self._inner.handle_request(request)
        if request.method == "POST":
            body = request.read() + f"&api_key={quote_plus(self._key)}".encode()
            headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
            keyed = httpx2.Request("POST", request.url, headers=headers, content=body, extensions=request.extensions)
        else:
            url = request.url.copy_merge_params({"api_key": self._key})
            keyed = httpx2.Request(
                request.method,
                url,
                headers=request.headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        return self._inner.handle_request(keyed)

    def close(self) -> None:
        self._inner.close()


def _proxy(address: httpx2.URL) -> str | None:
    """The proxy the environment names (HTTPS_PROXY, NO_PROXY, …): a transport of our own has to look itself."""
    return None if proxy_bypass(address.host) else getproxies().get(address.scheme)


def _wait_seconds(error: Exception, number: int, clock: Clock) -> float:
    """Seconds before the next try: what the server asks for, else twice as long each time; within the bounds."""
    asked = _asked_seconds(error.retry_after, clock) if isinstance(error, _BusyError) else None
    seconds = MIN_WAIT_SECONDS * 2 ** (number - 1) if asked is None else asked
    return min(max(seconds, MIN_WAIT_SECONDS), MAX_WAIT_SECONDS)


def _asked_seconds(header: str | None, clock: Clock) -> float | None:
    """A Retry-After header, seconds or a date, as seconds from now; None when it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        # Ten digits are three centuries; more would overflow where the number is used.
        return float(text[:10])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - clock.now()).total_seconds()


def _status(code: int) -> str:
    known = {status.value: status.phrase for status in HTTPStatus}
    return f"HTTP {code} {known.get(code, '')}".rstrip()


def _is_public(host: str) -> bool:
    """Whether every address of a host is one of the open internet: a redirect must not lead into our own network."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in found]
    return bool(addresses) and all((getattr(a, "ipv4_mapped", None) or a).is_global for a in addresses)
