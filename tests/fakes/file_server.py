"""A web server of files with ranges, ETags and faults, for the loopback server and in process as the repository is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import httpx2
from tests.fakes.feed import Feed
from tests.fakes.oai_server import Answer, Asked, Fault, _Stream

BASE = "http://files.test"


@dataclass
class Files:
    """Files by path ("/dump.json"). `faults` are called by the number of the request, from 1; `fault` for every other.

    `tags` off: a server that tells no version; `ranges` off: one that always sends the whole file.
    """

    content: dict[str, bytes] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    fault: Fault | None = None
    tags: bool = True
    ranges: bool = True
    feed: Feed = field(default_factory=Feed)
    requests: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        self.requests.append(asked)
        fault = self.faults.get(len(self.requests), self.fault)
        answer = self._answer(asked)
        return fault(answer) if fault else answer

    def asked(self, path: str) -> list[Mapping[str, str]]:
        """The headers of the requests for a file."""
        return [asked.headers for asked in self.requests if asked.path == path]

    def _answer(self, asked: Asked) -> Answer:
        body = self.content.get(asked.path)
        if body is None:
            return Answer(b"<html>gone</html>", 404, {"Content-Type": "text/html"})
        tag = f'"{sha256(body).hexdigest()[:10]}"'
        headers = {"Content-Type": "application/octet-stream"} | ({"ETag": tag} if self.tags else {})
        if asked.headers.get("if-none-match") == tag:
            return Answer(b"", 304, headers)
        whole = Answer(body, 200, headers)
        found = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
        if not found or not self.ranges or asked.headers.get("if-range") != tag:
            return whole
        first = int(found[1])
        if first >= len(body):
            return Answer(b"", 416, {"Content-Range": f"bytes */{len(body)}"})
        told = {**headers, "Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}"}
        return replace(whole, body=body[first:], status=206, headers=told)

    def transport(self) -> httpx2.BaseTransport:
        return _InProcess(self)


class _InProcess(httpx2.BaseTransport):
    def __init__(self, files: Files) -> None:
        self.files = files

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = self.files.answer(Asked(request.method, dict(request.url.params), headers, request.url.path))
        if answer.cut == "connect":
            raise httpx2.ConnectError("broken: connect")
        return httpx2.Response(answer.status, headers=dict(answer.headers), stream=_Stream(answer, self.files.feed))
