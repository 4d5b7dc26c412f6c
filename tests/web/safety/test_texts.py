"""What readers write is shown as they wrote it, and does nothing (stored cross-site scripting)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from lxml import etree, html
from pytest_django import DjangoDbBlocker
from tests.web.conftest import make_person, signed_in
from tests.web.safety.addresses import leads_away
from tests.web.safety.conftest import catalogue_in_use, people
from tests.web.safety.crawling import Answer, ask, browser_of
from tests.web.safety.examples import MAKERS, PAGES_OF_TEXTS, VISIBILITIES, Example, World
from tests.web.safety.findings import assert_none
from tests.web.safety.payloads import MARK, PAYLOADS, SUM

from bookwheel.library import Library

WITHOUT_USE_HERE = frozenset({"iframe", "object", "embed", "base", "style", "math", "marquee", "applet"})
"""Elements that no page of ours has."""

_OF_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset"})


@dataclass(frozen=True, slots=True)
class Shown:
    payload: str
    made: tuple[Example, ...]
    answers: tuple[Answer, ...]


@pytest.fixture(scope="session")
def shown(safety_library: Library, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[Shown, ...]:
    """For each payload a reader of that name, everything they can make with it, and every page that shows it."""
    with django_db_blocker.unblock(), catalogue_in_use(safety_library), transaction.atomic():
        standing = people()
        found = [_shown(payload, number, World(dict(standing))) for number, payload in enumerate(PAYLOADS)]
        transaction.set_rollback(True)
    return tuple(found)


def _shown(payload: str, number: int, world: World) -> Shown:
    owner = make_person(f"hostile{number}@example.org", "!", name=payload[:60])
    world = World({**world.people, "owner": owner})
    for maker in MAKERS.values():
        made = (maker(world, visibility, payload) for visibility in reversed(VISIBILITIES))
        world.made.extend(islice((example for example in made if example), 1))
    clients: tuple[tuple[Any, Client], ...] = (
        ("owner", signed_in(owner)),
        ("stranger", browser_of("stranger", world)),
        ("operator", browser_of("operator", world)),
    )
    addresses = [*PAGES_OF_TEXTS, *(address for example in world.made for address in example.addresses)]
    answers = [ask(client, role, "GET", address) for role, client in clients for address in dict.fromkeys(addresses)]
    return Shown(payload, tuple(world.made), tuple(answers))


def test_payloads_are_many_and_short_enough_for_a_tag() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 40
    assert_none(payload for payload in PAYLOADS if len(payload) > 64)
    assert_none(payload for payload in PAYLOADS if MARK not in payload)


def test_nothing_breaks(shown: tuple[Shown, ...]) -> None:
    assert_none(f"{each.payload!r}: {a}" for each in shown for a in each.answers if a.status >= 500)


def test_every_payload_is_shown(shown: tuple[Shown, ...]) -> None:
    """Else the rest proves nothing. White space may be settled."""
    missing = []
    for each in shown:
        if not each.made:
            continue
        texts = [_texts(answer.body) for answer in each.answers if answer.is_page and answer.status == 200]
        if not any(_settled(each.payload) in text for text in texts):
            missing.append(each.payload)
    assert_none(missing)


def test_no_element_or_attribute_comes_of_a_payload(shown: tuple[Shown, ...]) -> None:
    found = [
        f"{each.payload!r} on {answer}: {fault}"
        for each in shown
        for answer in each.answers
        if answer.is_page
        for fault in faults(answer.body)
    ]
    assert_none(found)


def test_no_payload_stands_in_a_page_as_it_was_written(shown: tuple[Shown, ...]) -> None:
    """For the parser of a test is not that of a browser: what holds a bracket must not be there at all."""
    found = [
        f"{each.payload!r} on {answer}"
        for each in shown
        for answer in each.answers
        if answer.is_page and "<" in each.payload and each.payload in answer.body
    ]
    assert_none(found)


def test_no_template_computes_a_payload(shown: tuple[Shown, ...]) -> None:
    assert_none(f"{each.payload!r} on {answer}" for each in shown for answer in each.answers if SUM in answer.body)


def test_feeds_and_data_can_be_read(shown: tuple[Shown, ...]) -> None:
    found = [
        f"{each.payload!r} on {answer}: {fault}"
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
