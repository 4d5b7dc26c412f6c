"""Asks every address as everybody: what was answered, and what the database was made to do meanwhile."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote_plus, urljoin, urlsplit

from allauth.account.internal.flows.login import record_authentication
from django.db import connection
from django.test import Client, RequestFactory
from lxml import html
from tests.web.conftest import signed_in
from tests.web.safety.examples import ADDRESSES, MORE
from tests.web.safety.kinds import Role, World
from tests.web.safety.routes import Route, all_routes

MOST_LINKS = 60
"""Links of the pages that one role follows beyond the addresses of the registry."""

ASKING_FURTHER: frozenset[Role] = frozenset({"stranger", "owner", "operator"})
"""Who also asks by HEAD and follows links; the others are answered as one of these."""

_READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "EXPLAIN", "SET ")


@dataclass(frozen=True, slots=True)
class Answer:
    """`writes` are the statements that changed the people's database while it was made."""

    role: Role
    method: Literal["GET", "HEAD"]
    address: str
    status: int
    headers: Mapping[str, str]
    body: str
    writes: tuple[str, ...]

    @property
    def is_page(self) -> bool:
        return bool(self.body) and self.headers.get("content-type", "").startswith("text/html")

    def tells(self, text: str) -> bool:
        """Whether it holds a text that whoever asked did not bring along in the address."""
        return text in self.body and text not in unquote_plus(self.address)

    def __str__(self) -> str:
        return f"{self.method} {self.address} as {self.role}: {self.status}"


def addresses_of(route: Route, world: World) -> tuple[str, ...]:
    """None for a route with parameters that the registry does not know: test_routes.py says so."""
    if route.address is not None:
        return (route.address, *MORE.get(route.pattern, ()))
    return tuple(ADDRESSES[route.pattern](world)) if route.pattern in ADDRESSES else ()


def all_addresses(world: World) -> tuple[str, ...]:
    """Those of all routes and of everything that was made, each once."""
    found = [address for route in all_routes() for address in addresses_of(route, world)]
    for example in world.made:
        tokens = (*example.secrets, *example.invitations)
        found += [*example.addresses, *tokens, *map(misspelt, tokens)]
    return tuple(dict.fromkeys(found))


def misspelt(address: str) -> str:
    """The same address with another letter at the end of its last word, where tokens stand."""
    path, mark, query = address.partition("?")
    text = query or path
    changed = text[:-1] + ("b" if text[-1] == "a" else "a")
    return f"{path}?{changed}" if mark else changed


def browser_of(role: Role, world: World) -> Client:
    """Of somebody who has given the password a moment ago, where there is one: no page asks for it again."""
    if role == "stranger":
        return Client(raise_request_exception=False)
    client = signed_in(world.people[role])
    request = RequestFactory().post("/account/reauthenticate/")
    request.user, request.session = world.people[role], client.session
    record_authentication(request, request.user, method="password", reauthenticated=True)
    request.session.save()
    return client


def crawl(client: Client, role: Role, world: World) -> Iterator[Answer]:
    """Every address by GET; by some also by HEAD, and then the links that its pages have."""
    known = all_addresses(world)
    links: dict[str, None] = {}
    for address in known:
        answer = ask(client, role, "GET", address)
        yield answer
        if role in ASKING_FURTHER:
            yield ask(client, role, "HEAD", address)
            links |= dict.fromkeys(links_of(answer))
    further = [link for link in links if link not in known]
    for address in _spread(further)[:MOST_LINKS]:
        yield ask(client, role, "GET", address)


def ask(client: Client, role: Role, method: Literal["GET", "HEAD"], address: str) -> Answer:
    with watched() as writes:
        response = client.generic(method, address)
        body = body_of(response)
    headers = {name.lower(): value for name, value in response.items()}
    return Answer(role, method, address, response.status_code, headers, body, tuple(writes))


def is_refused(status: int, location: str, role: Role) -> bool:
    """Whether an answer says that there is nothing; or leads a stranger to the page for signing in."""
    return status == 404 or (role == "stranger" and status == 302 and location.startswith("/MyResearch/Login?"))


def body_of(response: Any) -> str:
    """All of it, also when it comes in pieces."""
    body: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


@contextmanager
def watched() -> Iterator[list[str]]:
    """Statements that write, as they are run inside the block."""
    seen: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.lstrip().upper().startswith(_READING):
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield seen


def links_of(answer: Answer) -> Iterable[str]:
    """Addresses of this site that a page leads to, without fragment; those that only change the language are not."""
    if not answer.is_page:
        return
    root: Any = html.fromstring(answer.body)
    for link in root.xpath("//a/@href"):
        parts = urlsplit(urljoin(f"http://testserver{answer.address}", str(link)))
        if parts.netloc == "testserver" and parts.scheme == "http" and "lng=" not in parts.query:
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def contents(path: Path) -> str:
    """A sum over all that a SQLite file holds."""
    total = sha256()
    with closing(sqlite3.connect(path)) as kept:
        for line in kept.iterdump():
            total.update(line.encode())
    return total.hexdigest()


def _spread(links: list[str]) -> list[str]:
    """The same links, those of different pages first: a hundred facets of one search are one kind of link."""
    rounds: dict[str, list[str]] = {}
    for link in links:
        rounds.setdefault(urlsplit(link).path, []).append(link)
    ordered = [(index, link) for each in rounds.values() for index, link in enumerate(each)]
    return [link for _, link in sorted(ordered, key=lambda pair: pair[0])]
