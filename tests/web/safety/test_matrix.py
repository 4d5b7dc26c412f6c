"""What is private is told to nobody else, on no page, in no format (reliability S23).

Thing × visibility × role × address, from the registry of examples; test_routes.py misses what the registry lacks.
"""

import pytest
from tests.web.safety.conftest import Crawled
from tests.web.safety.crawling import Answer
from tests.web.safety.examples import ROLES, Example, Role

FOR_EVERYBODY = ("/sitemap", "/robots.txt", "/OAI/", "/SRU", "/api/", "/suggest", "/AJAX/", "/Search/Suggest", "/unapi")
"""Addresses that answer a signed-in reader as they answer a stranger."""


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_shown_to_them(crawled: Crawled, role: Role) -> None:
    hidden = [example for example in crawled.made if role not in example.seen_by]
    told = [
        f"{answer} tells of the {example.visibility} {example.kind}"
        for answer in crawled.of(role)
        for example in hidden
        if example.text in answer.body and answer.address not in example.addresses_with_token
    ]
    assert told == []


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_a_thing_sees_it_in_every_format(crawled: Crawled, role: Role) -> None:
    answers = _by_address(crawled, role)
    shown = [example for example in crawled.made if role in example.seen_by]
    missing = [
        f"{answers[address]} does not show the {example.visibility} {example.kind}"
        for example in shown
        for address in example.addresses
        if answers[address].status != 200 or example.text not in answers[address].body
    ]
    assert missing == []


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_see_a_thing_learns_not_even_that_it_is_there(crawled: Crawled, role: Role) -> None:
    """404, never 403; a stranger may be led to the page for signing in where every stranger is."""
    answers = _by_address(crawled, role)
    hidden = [example for example in crawled.made if role not in example.seen_by]
    answered = [
        str(answers[address])
        for example in hidden
        for address in example.addresses
        if answers[address].status != 404 and not _leads_to_sign_in(answers[address], role)
    ]
    assert answered == []


@pytest.mark.parametrize("role", ROLES)
def test_whoever_knows_a_secret_address_is_answered(crawled: Crawled, role: Role) -> None:
    answers = _by_address(crawled, role)
    secret = [(example, address) for example in crawled.made for address in example.addresses_with_token]
    assert [str(answers[address]) for example, address in secret if example.text not in answers[address].body] == []


@pytest.mark.parametrize("role", ROLES)
def test_programs_are_told_what_is_public_alone(crawled: Crawled, role: Role) -> None:
    answers = [answer for answer in crawled.of(role) if answer.address.startswith(FOR_EVERYBODY)]
    assert answers
    for_owner = [example for example in crawled.made if "stranger" not in example.seen_by]
    assert [str(answer) for answer in answers for example in for_owner if example.text in answer.body] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "stranger"])
def test_no_cache_keeps_what_a_session_is_shown(crawled: Crawled, role: Role) -> None:
    kept = [str(answer) for answer in crawled.of(role) if answer.headers.get("cache-control") != "private, no-store"]
    assert kept == []


def test_no_cache_keeps_what_a_secret_address_shows(crawled: Crawled) -> None:
    answers = _by_address(crawled, "stranger")
    secret = [answers[address] for example in crawled.made for address in example.addresses_with_token]
    assert [str(answer) for answer in secret if "private" not in answer.headers.get("cache-control", "")] == []


def _by_address(crawled: Crawled, role: Role) -> dict[str, Answer]:
    return {answer.address: answer for answer in crawled.of(role) if answer.method == "GET"}


def _leads_to_sign_in(answer: Answer, role: Role) -> bool:
    to_sign_in = answer.headers.get("location", "").startswith("/MyResearch/Login?")
    return role == "stranger" and answer.status == 302 and to_sign_in


def test_examples_tell_themselves_apart(crawled: Crawled) -> None:
    texts = [example.text for example in crawled.made]
    assert len(texts) == len(set(texts))
    assert not any(one is not other and _holds(one, other) for one in crawled.made for other in crawled.made)


def _holds(one: Example, other: Example) -> bool:
    return other.text in one.text
