"""What readers write is shown as they wrote it, and does nothing (stored cross-site scripting)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from lxml import etree, html
from pytest_django import DjangoDbBlocker
from tests.web.conftest import make_person
from tests.web.safety.addresses import leads_away
from tests.web.safety.conftest import catalogue_in_use, people
from tests.web.safety.crawling import Answer, ask, browser_of
from tests.web.safety.examples import MAKERS, PAGES_OF_MANY
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import VISIBILITIES, Role, World
from tests.web.safety.payloads import MARK, PAYLOADS, SUM

from bookwheel.library import Library
from bookwheel.web.people.models import Person

WITHOUT_USE_HERE = frozenset({"iframe", "object", "embed", "base", "style", "math", "marquee", "applet"})
"""Elements that no page of ours has."""

_OF_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages that show one payload, or all of them together where many readers write on one page."""

    payloads: tuple[str, ...]
    answers: tuple[Answer, ...]

    def __str__(self) -> str:
        return repr(self.payloads[0]) if len(self.payloads) == 1 else "one of all"


@pytest.fixture(scope="session")
def shown(safety_library: Library, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[Shown, ...]:
    """For each payload a reader of that name, everything they can make with it, and every page that shows it."""
    with django_db_blocker.unblock(), catalogue_in_use(safety_library), transaction.atomic():
        standing = people()
        worlds = [_world(payload, number, standing) for number, payload in enumerate(PAYLOADS)]
        found = [Shown((payload,), _of_one(world)) for payload, world in zip(PAYLOADS, worlds, strict=True)]
        found.append(Shown(PAYLOADS, _of_all(worlds)))
        transaction.set_rollback(True)
    return tuple(found)


def _world(payload: str, number: int, standing: Mapping[Role, Person]) -> World:
    owner = make_person(f"hostile{number}@example.org", "!", name=payload[:60])
    world = World({**standing, "owner": owner})
    for maker in MAKERS.values():
        made = (maker(world, visibility, payload) for visibility in reversed(VISIBILITIES))
        world.made.extend(islice((example for example in made if example), 1))
    return world


def _of_one(world: World) -> tuple[Answer, ...]:
    """Pages of one owner's, as they see them, and what a secret address shows to a stranger."""
    owner, stranger = browser_of("owner", world), browser_of("stranger", world)
    places = [(place, example) for example in world.made for place in example.places]
    own = [place.address for place, example in places if "owner" in place.shown(example)]
    # The same pages with a token in the address are not others.
    beside = {*PAGES_OF_MANY, *(address for address in own if "token=" in address)}
    secrets = [secret for example in world.made for secret in example.secrets]
    return (
        *(ask(owner, "owner", "GET", address) for address in dict.fromkeys(own) if address not in beside),
        *(ask(stranger, "stranger", "GET", address) for address in secrets),
    )


def _of_all(worlds: Sequence[World]) -> tuple[Answer, ...]:
    """Pages on which many write, once for each who sees another page there."""
    roles: tuple[Role, ...] = ("owner", "stranger", "operator")
    clients = {role: browser_of(role, worlds[0]) for role in roles}
    return tuple(ask(client, role, "GET", address) for role, client in clients.items() for address in PAGES_OF_MANY)


def test_payloads_are_many_and_short_enough_for_a_tag() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 40
    assert_none(payload for payload in PAYLOADS if len(payload) > 64)
    assert_none(payload for payload in PAYLOADS if MARK not in payload)


def test_nothing_breaks(shown: tuple[Shown, ...]) -> None:
    assert_none(f"{each}: {a}" for each in shown for a in each.answers if a.status >= 500)


def test_every_payload_is_shown(shown: tuple[Shown, ...]) -> None:
    """Else the rest proves nothing. White space may be settled."""
    missing = []
    for each in shown:
        texts = [_texts(answer.body) for answer in each.answers if answer.is_page and answer.status == 200]
        missing += [one for one in each.payloads if not any(_settled(one) in text for text in texts)]
    assert_none(missing)


def test_no_element_or_attribute_comes_of_a_payload(shown: tuple[Shown, ...]) -> None:
    found = [
        f"{each} on {answer}: {fault}"
        for each in shown
        for answer in each.answers
        if answer.is_page
        for fault in faults(answer.body)
    ]
    assert_none(found)


def test_no_payload_stands_in_a_page_as_it_was_written(shown: tuple[Shown, ...]) -> None:
    """For the parser of a test is not that of a browser: what holds a bracket must not be there at all."""
    found = [
        f"{payload!r} on {answer}"
        for each in shown
        for answer in each.answers
        for payload in each.payloads
        if answer.is_page and "<" in payload and payload in answer.body
    ]
    assert_none(found)


def test_no_template_computes_a_payload(shown: tuple[Shown, ...]) -> None:
    assert_none(f"{each} on {answer}" for each in shown for answer in each.answers if SUM in answer.body)


def test_feeds_and_data_can_be_read(shown: tuple[Shown, ...]) -> None:
    found = [
        f"{each} on {answer}: {fault}"
        for each in shown
        for answer in each.answers
        if answer.status == 200 and not answer.is_page
        for fault in faults_of_data(answer)
    ]
    assert_none(found)


def faults(body: str) -> Iterator[str]:
    """What a page holds that none of ours does, and what bears the mark of a payload where no text stands."""
    root: Any = html.fromstring(body)
    for element in root.iter():
        if not isinstance(element.tag, str):
            if MARK in (element.text or ""):
                yield f"a comment {element.text!r}"
            continue
        if element.tag in WITHOUT_USE_HERE or MARK in element.tag:
            yield f"an element {element.tag}"
        if element.tag == "script" and element.get("type") != "application/ld+json" and (element.text or "").strip():
            yield f"a script {element.text!r}"
        if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "a refresh"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc") or MARK in name:
                yield f"an attribute {name}={value!r} of {element.tag}"
            if name in _OF_ADDRESSES and MARK in value and leads_away(value):
                yield f"an address {value!r} of {element.tag}"


def faults_of_data(answer: Answer) -> Iterator[str]:
    kind = answer.headers.get("content-type", "")
    try:
        if "json" in kind:
            json.loads(answer.body)
        elif "xml" in kind:
            for element in etree.fromstring(answer.body.encode()).iter():
                if isinstance(element.tag, str) and MARK in element.tag:
                    yield f"an element {element.tag}"
                # What a reader of feeds shows as HTML is a page within the feed.
                if element.get("type") == "html" and (element.text or "").strip():
                    yield from faults(f"<div>{element.text}</div>")
    except (ValueError, etree.XMLSyntaxError) as error:
        yield f"cannot be read: {error}"


def _texts(body: str) -> str:
    """All that a reader sees or can make seen: text, and what stands in fields and labels."""
    root: Any = html.fromstring(body)
    return _settled(" ".join([root.text_content(), *map(str, root.xpath("//@value | //@title | //@aria-label"))]))


def _settled(text: str) -> str:
    return " ".join(text.split())
