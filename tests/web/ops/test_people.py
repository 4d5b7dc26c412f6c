"""The people of the catalogue: found, given roles, let in and shut out; an operator always remains."""

from django.test import Client
from tests.web.conftest import signed_in
from tests.web.page import Page

from bookwheel.library import Library
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import Role


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_people_are_found_by_address_and_name(browser: Client, reader: Person, other: Person) -> None:
    assert Page(browser.get("/Admin/People")).count("//tbody/tr") == 3
    for asked in ("ada@", "ADA"):
        page = Page(browser.get("/Admin/People", {"q": asked}))
        assert page.texts("//tbody/tr/th") == ["ada@example.org"]


def test_no_password_is_shown(browser: Client, reader: Person) -> None:
    assert reader.password.encode() not in browser.get("/Admin/People").content


def test_a_reader_becomes_a_curator(browser: Client, reader: Person) -> None:
    response = browser.post(f"/Admin/People/{reader.pk}", {"role": "curator", "q": "ada"})
    assert response.headers["Location"] == "/Admin/People?q=ada"
    assert again(reader).role == Role.CURATOR


def test_who_is_shut_out_is_signed_out_and_can_be_let_in_again(
    browser: Client, reader: Person, curator: Person
) -> None:
    theirs = signed_in(curator)
    browser.post(f"/Admin/People/{curator.pk}", {"active": "no"})
    assert not again(curator).is_active
    assert "Sign in" in theirs.get("/").content.decode()
    browser.post(f"/Admin/People/{curator.pk}", {"active": "yes"})
    assert again(curator).is_active


def test_the_last_operator_stays_one(browser: Client, operator: Person, reader: Person) -> None:
    for change in ({"role": "reader"}, {"active": "no"}):
        page = Page(browser.post(f"/Admin/People/{operator.pk}", change, follow=True))
        assert "This is the last operator" in page.text("//p[@role='status']")
        assert (again(operator).role, again(operator).is_active) == (Role.OPERATOR, True)
    browser.post(f"/Admin/People/{reader.pk}", {"role": "operator"})
    browser.post(f"/Admin/People/{operator.pk}", {"role": "reader"})
    assert again(operator).role == Role.READER


def test_an_operator_who_is_shut_out_counts_for_none(browser: Client, operator: Person, other: Person) -> None:
    Person.objects.filter(pk=other.pk).update(role=Role.OPERATOR, is_active=False)
    browser.post(f"/Admin/People/{operator.pk}", {"role": "curator"})
    assert again(operator).role == Role.OPERATOR


def test_what_is_no_role_or_nobody(browser: Client, reader: Person) -> None:
    assert browser.post(f"/Admin/People/{reader.pk}", {"role": "king"}).status_code == 404
    assert browser.post("/Admin/People/999999", {"role": "reader"}).status_code == 404


def test_a_curator_changes_nobody(kept: Library, curator: Person, reader: Person) -> None:
    assert signed_in(curator).post(f"/Admin/People/{reader.pk}", {"role": "operator"}).status_code == 404
    assert again(reader).role == Role.READER
