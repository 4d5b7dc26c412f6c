"""The polite client keeps secrets, follows few redirects, and none into our own network."""

import base64
import logging

import pytest
from tests.fakes import faults
from tests.fakes.oai_server import URL, Fault, Repository

from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError, SourceError
from bookwheel.sources.http import Client

KEY = "canary+key/1"


def client(repository: Repository, **settings: object) -> Client:
    config = SourceConfig(url=URL, **settings)  # type: ignore[arg-type]
    return Client(config, transport=repository.transport(), clock=repository.feed.clock)


def ask(client: Client) -> bytes:
    return client.ask({"verb": "Identify"}, lambda body: body, [])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_carries_key_credentials_and_our_name(method: str) -> None:
    repository = Repository(api_key=KEY)
    assert b"<Identify>" in ask(client(repository, api_key=KEY, user="u", password="pass", method=method))
    (asked,) = repository.requests
    assert asked.method == method
    assert asked.parameters == {"verb": "Identify", "api_key": KEY}
    assert asked.headers["authorization"] == "Basic " + base64.b64encode(b"u:pass").decode()
    assert asked.headers["user-agent"].startswith("Bookwheel/")
    assert asked.headers["accept-encoding"] == "gzip"


LEAKS: dict[str, Fault] = {
    "busy": faults.status(503),
    "refused": faults.status(403),
    "no connection": faults.cut("connect"),
    "a page that repeats the key": faults.html(b"<html>no such key canary+key/1 canary%2Bkey%2F1 s3cret</html>"),
    "a redirect that repeats the key": faults.redirect("https://repository.test/oai?api_key=canary%2Bkey%2F1&a=b"),
    "a redirect into our network": faults.redirect("http://127.0.0.1/?api_key=canary%2Bkey%2F1"),
}


@pytest.mark.parametrize("fault", LEAKS.values(), ids=LEAKS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_log_message_or_repr_holds_a_secret(fault: Fault, method: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    settings = {"api_key": KEY, "user": "u", "password": "s3cret", "method": method}
    asker = client(Repository(fault=fault), **settings)

    def refuse(body: bytes) -> bytes:
        raise ProtocolError(f"unreadable: {body!r}")

    notes: list[str] = []
    with pytest.raises(SourceError) as raised:
        asker.ask({"verb": "Identify"}, refuse, notes)
    told = "\n".join([caplog.text, str(raised.value), repr(raised.value), *notes, repr(asker)])
    told += repr(SourceConfig(url=URL, **settings))  # type: ignore[arg-type]
    for secret in ("canary", "s3cret", base64.b64encode(b"u:s3cret").decode()):
        assert secret not in told


def test_a_redirect_on_the_same_host_is_followed_with_the_key() -> None:
    repository = Repository(faults={1: faults.redirect("https://repository.test/new?verb=Identify&api_key=old")})
    ask(client(repository, api_key=KEY))
    assert repository.requests[1].path == "/new"
    assert repository.requests[1].parameters == {"verb": "Identify", "api_key": KEY}


def test_a_redirect_to_another_public_host_is_followed_without_key_and_credentials() -> None:
    repository = Repository(faults={1: faults.redirect("http://8.8.8.8/oai?verb=Identify")})
    ask(client(repository, api_key=KEY, user="u", password="p"))
    assert repository.requests[1].parameters == {"verb": "Identify"}
    assert "authorization" not in repository.requests[1].headers


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("http://127.0.0.1/", "no public address"),
        ("http://2130706433/", "no public address"),
        ("http://10.1.2.3/", "no public address"),
        ("http://169.254.169.254/latest/meta-data/", "no public address"),
        ("http://[::1]/", "no public address"),
        ("http://[::ffff:127.0.0.1]/", "no public address"),
        ("ftp://8.8.8.8/", "only http and https"),
        ("gopher://8.8.8.8/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https://repository.test/oai", "more than 3 redirects"),
    ],
)
def test_a_redirect_is_refused(location: str, told: str) -> None:
    repository = Repository(fault=faults.redirect(location))
    with pytest.raises(ProtocolError, match=told):
        ask(client(repository))
    assert repository.feed.clock.slept == []


def test_parameters_of_the_address_itself_are_kept() -> None:
    repository = Repository()
    config = SourceConfig(url=URL + "?database=1")
    ask(Client(config, transport=repository.transport(), clock=repository.feed.clock))
    assert repository.requests[0].parameters == {"database": "1", "verb": "Identify"}


def test_a_redirect_from_https_to_http_is_refused() -> None:
    repository = Repository(fault=faults.redirect("http://repository.test/oai"))
    config = SourceConfig(url="https://repository.test/oai", api_key=KEY)
    with pytest.raises(ProtocolError, match="from https to http"):
        ask(Client(config, transport=repository.transport(), clock=repository.feed.clock))
    assert len(repository.requests) == 1
