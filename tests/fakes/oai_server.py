"""A scriptable OAI-PMH repository: a feed, answered over HTTP or in process, with faults by request number.

    feed = Feed(embargo=timedelta(days=30))
    feed.put("oai:x:1", title="One")
    repository = Repository(feed, page_size=10, faults={2: faults.status(503, retry_after="7")})
    source = OaiSource("x", SourceConfig(url=URL), transport=repository.transport(), clock=feed.clock)

    with serve(repository) as url: ...      # the same on a loopback socket

A fault is a function from the answer the repository would have given to the one it gives; `faults.py` has
them.
"""

import base64
import json
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BufferedIOBase
from typing import Literal, Protocol
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape, quoteattr

import httpx2
from tests.fakes.feed import Feed, Item

URL = "http://repository.test/oai"
Granularity = Literal["seconds", "day"]
Cut = Literal["", "connect", "reset", "length", "chunk"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire. `body` may be an iterator for what is too large to hold.

    `cut` breaks the connection in the middle of the body: "connect" before the first byte, "reset" with a
    reset, "length" behind a Content-Length that promised more, "chunk" within a chunk. `seconds_per_byte`
    makes it drip.
    """

    body: bytes | Iterator[bytes]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml; charset=utf-8"})
    cut: Cut = ""
    seconds_per_byte: float = 0.0


Fault = Callable[[Answer], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; header names are in lower case."""

    method: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    path: str


@dataclass
class Repository:
    """OAI-PMH over a feed.

    `granularity` is what the server works with, `advertised` what Identify says (the same when empty).
    `local_offset` is added to every datestamp, and "Z" written behind it all the same. `token_lifetime` lets
    resumption tokens expire; without it they are stateless and good for ever. With `api_key` a request that
    carries it sees past the embargo. `faults` are called by the number of the request, from 1; `fault` for
    every other one.
    """

    feed: Feed = field(default_factory=Feed)
    page_size: int = 100
    granularity: Granularity = "seconds"
    advertised: Granularity | Literal[""] = ""
    deleted_record: str = "transient"
    local_offset: timedelta = timedelta()
    token_lifetime: timedelta | None = None
    list_size: bool = True
    prefix: str = "oai_doaj"
    api_key: str = ""
    faults: dict[int, Fault] = field(default_factory=dict)
    fault: Fault | None = None
    requests: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        """The answer to one request, faults applied."""
        self.requests.append(asked)
        fault = self.faults.get(len(self.requests), self.fault)
        answer = Answer(self._document(asked.parameters))
        return fault(answer) if fault else answer

    def transport(self) -> httpx2.MockTransport:
        """The repository without sockets; time spent dripping passes on the feed's clock."""

        def handle(request: httpx2.Request) -> httpx2.Response:
            query = request.url.query.decode() if request.method == "GET" else request.read().decode()
            headers = {name.lower(): value for name, value in request.headers.items()}
            answer = self.answer(Asked(request.method, dict(parse_qsl(query)), headers, request.url.path))
            if answer.cut == "connect":
                raise httpx2.ConnectError("connection refused")
            return httpx2.Response(answer.status, headers=dict(answer.headers), stream=_Stream(answer, self.feed))

        return httpx2.MockTransport(handle)

    def _document(self, parameters: Mapping[str, str]) -> bytes:
        verb = parameters.get("verb", "")
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in parameters.items() if name != "api_key")
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
            f"<responseDate>{_seconds(self.feed.now())}</responseDate>\n"
            f"<request{attributes}>{URL}</request>\n"
        )
        try:
            content = self._content(verb, parameters)
        except _OaiError as error:
            content = f'<error code="{error.code}">{escape(error.message)}</error>'.encode()
        return head.encode() + content + b"\n</OAI-PMH>\n"

    def _content(self, verb: str, parameters: Mapping[str, str]) -> bytes:
        if verb == "Identify":
            return self._identify()
        if verb in ("ListRecords", "ListIdentifiers"):
            return self._list(verb, parameters)
        raise _OaiError("badVerb", f"no such verb: {verb}")

    def _identify(self) -> bytes:
        granularity = self.advertised or self.granularity
        written = "YYYY-MM-DD" if granularity == "day" else "YYYY-MM-DDThh:mm:ssZ"
        return (
            "<Identify><repositoryName>Fake</repositoryName>"
            f"<baseURL>{URL}</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail>"
            f"<earliestDatestamp>1990-01-01{'' if granularity == 'day' else 'T00:00:00Z'}</earliestDatestamp>"
            f"<deletedRecord>{self.deleted_record}</deletedRecord><granularity>{written}</granularity></Identify>"
        ).encode()

    def _list(self, verb: str, parameters: Mapping[str, str]) -> bytes:
        asked = self._resumed(parameters["resumptionToken"]) if "resumptionToken" in parameters else _first(parameters)
        if asked["prefix"] != self.prefix:
            raise _OaiError("cannotDisseminateFormat", f"no such format: {asked['prefix']}")
        premium = bool(self.api_key) and parameters.get("api_key") == self.api_key
        items = self.feed.listed(
            self._bound(asked["from"], last=False),
            self._bound(asked["until"], last=True),
            asked["set"],
            premium=premium,
        )
        if not items:
            raise _OaiError("noRecordsMatch", "nothing matches")
        offset = int(asked["offset"])
        page = items[offset : offset + self.page_size]
        write = self.record if verb == "ListRecords" else self.header
        content = b"\n".join(write(item) for item in page)
        return f"<{verb}>\n".encode() + content + b"\n" + self._token(asked, len(items)) + f"</{verb}>".encode()

    def record(self, item: Item) -> bytes:
        """One <record> as it is served."""
        metadata = b"" if item.deleted else b"<metadata>" + item.metadata + b"</metadata>"
        return b"<record>" + self.header(item) + metadata + b"</record>"

    def header(self, item: Item) -> bytes:
        """One <header> as it is served."""
        stamp = item.datestamp + self.local_offset
        written = f"{stamp:%Y-%m-%d}" if self.granularity == "day" else _seconds(stamp)
        sets = "".join(f"<setSpec>{escape(name)}</setSpec>" for name in item.sets)
        status = ' status="deleted"' if item.deleted else ""
        return (
            f"<header{status}><identifier>{escape(item.identifier)}</identifier>"
            f"<datestamp>{written}</datestamp>{sets}</header>"
        ).encode()

    def _token(self, asked: Mapping[str, str], total: int) -> bytes:
        offset = int(asked["offset"])
        following = offset + self.page_size
        size = f' completeListSize="{total}" cursor="{offset}"' if self.list_size else ""
        if following >= total:
            return f"<resumptionToken{size}/>\n".encode() if offset else b""
        token = json.dumps({**asked, "offset": str(following), "made": self.feed.now().isoformat()})
        written = base64.urlsafe_b64encode(token.encode()).decode().replace("=", "~")
        return f"<resumptionToken{size}>{written}</resumptionToken>\n".encode()

    def _resumed(self, token: str) -> dict[str, str]:
        try:
            asked: dict[str, str] = json.loads(base64.urlsafe_b64decode(token.replace("~", "=")))
            made = datetime.fromisoformat(asked.pop("made"))
        except ValueError as error:
            raise _OaiError("badResumptionToken", "no token of ours") from error
        if self.token_lifetime is not None and self.feed.now() - made > self.token_lifetime:
            raise _OaiError("badResumptionToken", "expired")
        return asked

    def _bound(self, text: str, *, last: bool) -> datetime | None:
        if not text:
            return None
        if len(text) > 10 and self.granularity == "day":
            raise _OaiError("badArgument", f"granularity of {text} is not supported")
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC) - self.local_offset
        return moment + timedelta(days=1, seconds=-1) if last and len(text) == 10 else moment


class _OaiError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


def _first(parameters: Mapping[str, str]) -> dict[str, str]:
    return {
        "prefix": parameters.get("metadataPrefix", ""),
        "from": parameters.get("from", ""),
        "until": parameters.get("until", ""),
        "set": parameters.get("set", ""),
        "offset": "0",
    }


def _seconds(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


class _Stream(httpx2.SyncByteStream):
    """An answer's body in process: dripped on the simulated clock, broken in the middle where a cut is asked for."""

    def __init__(self, answer: Answer, feed: Feed) -> None:
        self.answer = answer
        self.feed = feed

    def __iter__(self) -> Iterator[bytes]:
        body = self.answer.body
        if not isinstance(body, bytes):
            yield from body
            return
        if self.answer.cut:
            yield body[: len(body) // 2]
            kind = httpx2.ReadError if self.answer.cut == "reset" else httpx2.RemoteProtocolError
            raise kind(f"broken: {self.answer.cut}")
        if not self.answer.seconds_per_byte:
            yield body
            return
        for position in range(len(body)):
            self.feed.clock.advance(seconds=self.answer.seconds_per_byte)
            yield body[position : position + 1]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close without the orderly shutdown that would turn a reset into a plain end."""
        self.close_request(request)


class Answering(Protocol):
    """What can be served: a repository, or another fake of a server."""

    def answer(self, asked: Asked) -> Answer: ...


@contextmanager
def serve(repository: Answering) -> Iterator[str]:
    """The repository on a free loopback port; gives its address."""
    lock = threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked = _read(self.rfile)
            if asked is None:
                return
            with lock:
                answer = repository.answer(asked)
            _write(self.connection, self.wfile, answer)

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/oai"
        finally:
            server.shutdown()
            thread.join()


def _read(stream: BufferedIOBase) -> Asked | None:
    line = stream.readline(65_536).decode("latin-1").split()
    if len(line) != 3:
        return None
    method, target, _ = line
    headers = {}
    while text := stream.readline(65_536).decode("latin-1").strip():
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    address = urlsplit(target)
    query = stream.read(int(headers.get("content-length", "0"))).decode() if method == "POST" else address.query
    return Asked(method, dict(parse_qsl(query)), headers, address.path)


def _write(connection: socket.socket, stream: BufferedIOBase, answer: Answer) -> None:
    if answer.cut == "connect":
        return
    body = answer.body if isinstance(answer.body, bytes) else b"".join(answer.body)
    chunked = answer.cut == "chunk"
    lines = [
        f"HTTP/1.1 {answer.status} Told",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
    ]
    lines += [
        "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    stream.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    if chunked:
        stream.write(f"{len(body):x}\r\n".encode())
    stream.write(body[: len(body) // 2] if answer.cut else body)
    stream.flush()
    if answer.cut == "reset":
        # A linger time of zero makes the close a reset instead of an orderly end.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
