"""A small OAI-PMH 2.0 provider on loopback: what the demo is harvested from, through the real harvest path.

It keeps no state: a resumption token says where the list began, ends and goes on.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import NamedTuple, overload
from urllib.parse import parse_qsl, urlsplit

from bookwheel.demo import oai_doaj
from bookwheel.demo.generate import SEED, record

PAGE = 100
"""Records on a page, as at DOAJ."""


class Entry(NamedTuple):
    """One record as it is listed; entries stand in the order of their datestamps."""

    datestamp: str
    header: str
    record: str


class Samples(Sequence[Entry]):
    """The first `count` invented samples, made when they are asked for."""

    def __init__(self, count: int, seed: int = SEED) -> None:
        self._numbers = range(count)
        self._seed = seed

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(index, slice):
            return [self[number] for number in self._numbers[index]]
        sample = record(self._numbers[index], self._seed)
        return Entry(sample.datestamp, oai_doaj.header_element(sample), oai_doaj.record_element(sample))


def real_records() -> Sequence[Entry]:
    """The one real record of the demo: public metadata (CC0) as DOAJ's feed gave it."""
    page = (files(__package__) / "data" / "seed.oai_doaj.xml").read_text(encoding="utf-8")
    elements = re.findall(r"<record>.*?</record>", page, re.DOTALL)
    return [Entry(*(_only(pattern, element) for pattern in _PARTS)) for element in elements]


_PARTS = (r"<datestamp>(.*?)</datestamp>", r"(<header.*?</header>)", r"(<record>.*</record>)")


def _only(pattern: str, element: str) -> str:
    found = re.search(pattern, element, re.DOTALL)
    assert found, f"the seed file lacks {pattern}"
    return found[1]


@contextmanager
def serving(repositories: Mapping[str, Sequence[Entry]], port: int = 0) -> Iterator[str]:
    """Serve repositories by their paths ("/samples") on 127.0.0.1 in this context; gives the base address.

    Port 0 takes a free one. Raises OSError when the port is taken.
    """
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(repositories))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(repositories: Mapping[str, Sequence[Entry]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            entries = repositories.get(address.path)
            if entries is None:
                self.send_error(404)
                return
            base = f"http://{self.headers['Host']}{address.path}"
            body = answer(entries, dict(parse_qsl(address.query)), oai_doaj.escaped(base))
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Requests are not logged: the command that harvests tells what happens."""

    return Handler


def answer(entries: Sequence[Entry], arguments: Mapping[str, str], url: str) -> bytes:
    """The response to one request; OAI-PMH's error element where the request is wrong."""
    verb = arguments.get("verb", "")
    try:
        if verb == "Identify":
            body = _identify(entries, url)
        elif verb == "ListMetadataFormats":
            body = _FORMATS
        elif verb in ("ListRecords", "ListIdentifiers"):
            body = _listed(entries, verb, arguments)
        else:
            raise _RefusedError(
                "badVerb", f"{verb!r} is none of Identify, ListMetadataFormats, ListRecords, ListIdentifiers"
            )
    except _RefusedError as refusal:
        return oai_doaj.response(url, "", f'<error code="{refusal.code}">{oai_doaj.escaped(str(refusal))}</error>')
    return oai_doaj.response(url, verb, body)


class _RefusedError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _identify(entries: Sequence[Entry], url: str) -> str:
    return (
        f"<Identify><repositoryName>Bookwheel demo</repositoryName><baseURL>{url}</baseURL>"
        "<protocolVersion>2.0</protocolVersion><adminEmail>nobody@example.org</adminEmail>"
        f"<earliestDatestamp>{entries[0].datestamp}</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
        "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
    )


_FORMATS = (
    "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_doaj</metadataPrefix>"
    "<schema>https://doaj.org/static/doaj/doajArticles.xsd</schema>"
    "<metadataNamespace>http://doaj.org/features/oai_doaj/1.0/</metadataNamespace></metadataFormat></ListMetadataFormats>"
)


def _listed(entries: Sequence[Entry], verb: str, arguments: Mapping[str, str]) -> str:
    if token := arguments.get("resumptionToken"):
        first, last, start = _places(token, len(entries))
    elif (prefix := arguments.get("metadataPrefix")) != oai_doaj.PREFIX:
        raise _RefusedError("cannotDisseminateFormat", f"the format is {oai_doaj.PREFIX}, not {prefix}")
    else:
        first = bisect_left(entries, arguments.get("from", ""), key=_datestamp)
        last = bisect_right(entries, arguments.get("until", "9"), key=_datestamp)
        start = first
        if first >= last:
            raise _RefusedError("noRecordsMatch", "no record has a datestamp in this range")
    stop = min(start + PAGE, last)
    chosen = entries[start:stop]
    listed = "".join([entry.record if verb == "ListRecords" else entry.header for entry in chosen])
    token = f"{first}-{last}-{stop}" if stop < last else ""
    place = oai_doaj.token_element(token, last - first, start - first) if token or start > first else ""
    return f"<{verb}>{listed}{place}</{verb}>"


def _datestamp(entry: Entry) -> str:
    return entry.datestamp


def _places(token: str, count: int) -> tuple[int, int, int]:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})-(\d{1,9})", token)
    if found:
        first, last, start = map(int, found.groups())
        if first < start < last <= count:
            return first, last, start
    raise _RefusedError("badResumptionToken", "this token was not given by this repository")
