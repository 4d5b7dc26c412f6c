"""Faults a repository can be told to have: each makes a function from a good answer to a bad one."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.fakes.feed import article
from tests.fakes.oai_server import Answer, Cut, Fault

OAI = "http://www.openarchives.org/OAI/2.0/"
PHP_NOTICE = b"<br />\n<b>Notice</b>:  Undefined index: x in <b>/srv/oai.php</b> on line <b>12</b><br />\n"


def status(code: int, *, retry_after: str | None = None, body: bytes = b"<html>busy</html>") -> Fault:
    """An HTTP error, with a Retry-After header when given."""
    headers = {"Content-Type": "text/html"} | ({} if retry_after is None else {"Retry-After": retry_after})
    return lambda _: Answer(body, code, headers)


def redirect(location: str, code: int = 302) -> Fault:
    return lambda _: Answer(b"", code, {"Location": location})


def header(answer: Answer, name: str, value: str) -> Answer:
    """An answer with one header more."""
    return replace(answer, headers={**answer.headers, name: value})


def with_status(answer: Answer, code: int) -> Answer:
    """An answer with another status."""
    return replace(answer, status=code)


def cut(kind: Cut) -> Fault:
    """A connection that breaks in the middle of the body."""
    return lambda answer: replace(answer, cut=kind)


def drip(seconds_per_byte: float = 1.0) -> Fault:
    """A body that comes byte by byte (in process only: the time passes on the simulated clock)."""
    return lambda answer: replace(answer, seconds_per_byte=seconds_per_byte)


def html(text: bytes = b"<!DOCTYPE html><html><body>Under maintenance<br></body></html>") -> Fault:
    """A web page with status 200."""
    return lambda _: Answer(text, 200, {"Content-Type": "text/html"})


def body(change: Callable[[bytes], bytes]) -> Fault:
    """The document changed."""
    return lambda answer: replace(answer, body=change(_whole(answer)))


def swap(old: bytes, new: bytes) -> Fault:
    """Bytes of the document replaced, everywhere; fails where there are none, so that no case passes by accident."""

    def change(document: bytes) -> bytes:
        assert old in document, f"{old!r} is not in the answer"
        return document.replace(old, new)

    return body(change)


def error(code: str, message: str = "") -> Fault:
    """An error of the protocol."""
    document = (
        f'<OAI-PMH xmlns="{OAI}"><responseDate>2025-01-01T00:00:00Z</responseDate><request>x</request>'
        f'<error code="{code}">{message}</error></OAI-PMH>'
    )
    return body(lambda _: document.encode())


def token(text: str, *, records: int = 1) -> Fault:
    """A page that ends with this resumption token, with so many records of its own."""
    record = (
        "<record><header><identifier>oai:x:again</identifier><datestamp>2025-01-01T00:00:00Z</datestamp></header>"
        f"<metadata>{article('Again').decode()}</metadata></record>"
    )
    document = (
        f'<OAI-PMH xmlns="{OAI}"><responseDate>2025-01-01T00:00:00Z</responseDate><request>x</request>'
        f"<ListRecords>{record * records}<resumptionToken>{text}</resumptionToken></ListRecords></OAI-PMH>"
    )
    return body(lambda _: document.encode())


def gzipped(*, keep: float = 1.0) -> Fault:
    """The body compressed; `keep` below 1 cuts the compressed stream, which then ends in good order for HTTP."""

    def change(answer: Answer) -> Answer:
        packed = gzip.compress(_whole(answer))
        return replace(
            answer,
            body=packed[: int(len(packed) * keep)],
            headers={**answer.headers, "Content-Encoding": "gzip"},
        )

    return change


def bomb(megabytes: int) -> Fault:
    """A gzip stream of that many megabytes of zeros, made while it is sent."""
    return lambda answer: Answer(_zeros(megabytes), 200, {**answer.headers, "Content-Encoding": "gzip"})


def _zeros(megabytes: int) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    for _ in range(megabytes):
        yield packer.compress(block)
    yield packer.flush()


def _whole(answer: Answer) -> bytes:
    assert isinstance(answer.body, bytes)
    return answer.body
