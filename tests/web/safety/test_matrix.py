"""What is private is told to nobody else, on no page, in no format (reliability S23).

Thing × visibility × role × address, from the registry of examples; test_routes.py misses what the registry lacks.
"""

import pytest
from tests.web.safety.conftest import Crawled
from tests.web.safety.crawling import Answer, is_refused, misspelt
from tests.web.safety.findings import assert_none
from tests.web.safety.kinds import OF_CURATORS, ROLES, Example, Place, Role

FOR_EVERYBODY = ("/sitemap", "/robots.txt", "/OAI/", "/SRU", "/api/", "/suggest", "/AJAX/", "/Search/Suggest", "/unapi")
"""Addresses that answer a signed-in reader as they answer a stranger."""


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_shown_to_them(crawled: Crawled, role: Role) -> None:
    hidden = [example for example in crawled.made if role not in example.seen_by]
    told = [
        f"{answer} tells of the {example.visibility} {example.kind}"
        for answer in crawled.of(role)
        for example in hidden
        if answer.tells(example.text) and answer.address not in (*example.secrets, *example.invitations)
    ]
    assert_none(told)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_a_thing_sees_it_in_every_format(crawled: Crawled, role: Role) -> None:
    answers = _by_address(crawled, role)
    assert_none(
        f"{answers[place.address]} does not show the {example.visibility} {example.kind}"
        for example in crawled.made
        for place in example.places
        if role in place.answered(example) and not _is_as_promised(answers[place.address], example, place)
    )


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_open_a_page_learns_not_even_that_it_is_there(crawled: Crawled, role: Role) -> None:
    """404, never 403; a stranger may be led to the page for signing in where every stranger is."""
    answers = _by_address(crawled, role)
    assert_none(
        f"{answers[place.address]}, of the {example.visibility} {example.kind}"
        for example in crawled.made
        for place in example.places
        if place.opened_by is not None and role not in place.opened_by
        if not is_refused(answers[place.address].status, answers[place.address].headers.get("location", ""), role)
    )


@pytest.mark.parametrize("role", ROLES)
def test_whoever_knows_a_secret_address_is_answered_and_nobody_who_guesses(crawled: Crawled, role: Role) -> None:
    answers = _by_address(crawled, role)
    secrets = [(example, address) for example in crawled.made for address in example.secrets]
    assert_none(answers[address] for example, address in secrets if example.text not in answers[address].body)
    guessed = [answers[misspelt(address)] for example, address in secrets if role not in example.seen_by]
    assert_none(answer for answer in guessed if answer.status != 404)


@pytest.mark.parametrize("role", ROLES)
def test_an_invitation_is_shown_to_who_has_signed_in_and_nobody_who_guesses(crawled: Crawled, role: Role) -> None:
    answers = _by_address(crawled, role)
    invitations = [(example, address) for example in crawled.made for address in example.invitations]
    if role in ("stranger", "owner"):
        # Strangers sign in first, and who made it is shown where it can be revoked.
        assert_none(answers[address] for _, address in invitations if answers[address].status != 302)
    else:
        assert_none(answers[address] for example, address in invitations if example.text not in answers[address].body)
    guessed = [answers[misspelt(address)] for _, address in invitations]
    assert_none(each for each in guessed if not is_refused(each.status, each.headers.get("location", ""), role))


@pytest.mark.parametrize("role", ROLES)
def test_programs_are_told_what_is_public_alone(crawled: Crawled, role: Role) -> None:
    answers = [answer for answer in crawled.of(role) if answer.address.startswith(FOR_EVERYBODY)]
    assert answers
    for_owner = [example for example in crawled.made if "stranger" not in example.seen_by]
    assert_none(str(answer) for answer in answers for example in for_owner if answer.tells(example.text))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "stranger"])
def test_no_cache_keeps_what_a_session_is_shown(crawled: Crawled, role: Role) -> None:
    kept = [str(answer) for answer in crawled.of(role) if answer.headers.get("cache-control") != "private, no-store"]
    assert_none(kept)


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_operators_and_curators_are_none_to_others(crawled: Crawled, role: Role) -> None:
    """All there are below /Admin/, whether or not an example stands on them."""
    answers = [answer for answer in crawled.of(role) if answer.address.startswith("/Admin/")]
    assert len(answers) > 20
    if role == "operator":
        assert any(answer.status == 200 for answer in answers)
    else:
        closed = [each for each in answers if role != "curator" or not each.address.startswith(OF_CURATORS)]
        assert_none(each for each in closed if each.status != 404)


def test_no_cache_keeps_what_a_secret_address_shows(crawled: Crawled) -> None:
    answers = _by_address(crawled, "stranger")
    secret = [answers[address] for example in crawled.made for address in example.secrets]
    assert_none(str(answer) for answer in secret if "private" not in answer.headers.get("cache-control", ""))


def _by_address(crawled: Crawled, role: Role) -> dict[str, Answer]:
    return {answer.address: answer for answer in crawled.of(role) if answer.method == "GET"}


def _is_as_promised(answer: Answer, example: Example, place: Place) -> bool:
    return answer.status == 200 and (answer.role not in place.shown(example) or example.text in answer.body)


def test_examples_tell_themselves_apart(crawled: Crawled) -> None:
    assert_none(
        (one.text, other.text)
        for one in crawled.made
        for other in crawled.made
        if one is not other and other.text in one.text
    )
