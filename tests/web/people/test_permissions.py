"""Who may do what: roles build on one another, strangers are led to sign in, pages of operators are nowhere."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import Permission, Role, may, person_of, requires, signed_in

GRANTED: dict[str, set[Permission]] = {
    "reader": set(),
    "curator": {"moderate", "edit synonyms"},
    "operator": {"moderate", "edit synonyms", "operate"},
}
ALL: tuple[Permission, ...] = ("moderate", "edit synonyms", "operate")


@pytest.mark.parametrize("role", Role.values)
def test_each_role_may_what_the_table_says(role: str) -> None:
    person = Person(email="a@example.org", role=role)
    assert {permission for permission in ALL if may(person, permission)} == GRANTED[role]


def test_somebody_disabled_may_nothing() -> None:
    person = Person(email="a@example.org", role=Role.OPERATOR, is_active=False)
    assert not any(may(person, permission) for permission in ALL)


def test_a_stranger_may_nothing() -> None:
    assert not any(may(None, permission) for permission in ALL)


def test_nobody_asks_where_there_are_no_accounts() -> None:
    assert person_of(HttpRequest()) is None


@pytest.mark.parametrize(
    ("method", "location"),
    [
        ("get", "/MyResearch/Login?next=%2FMyResearch%2FTags%3Fpage%3D2"),
        # A form cannot be sent again by following a link: the reader comes back to the page it stood on.
        ("post", "/MyResearch/Login?next=%2FMyResearch%2FTags"),
    ],
)
def test_a_stranger_is_led_to_sign_in_and_back(method: str, location: str) -> None:
    @signed_in
    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("a stranger got in")

    request = getattr(RequestFactory(), method)("/MyResearch/Tags?page=2")
    request.user = AnonymousUser()
    response = view(request)
    assert (response.status_code, response["Location"]) == (302, location)


@pytest.mark.parametrize("role", ["reader", "curator", None])
def test_pages_of_operators_are_nowhere_for_others(role: str | None) -> None:
    @requires("operate")
    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("somebody got in")

    request = RequestFactory().get("/Admin/Home")
    request.user = Person(email="a@example.org", role=role) if role else AnonymousUser()
    with pytest.raises(Http404):
        view(request)
