"""Changing people asks for the password again, where there is a page that does, and goes on from there."""

import pytest
from django.test import Client
from tests.web.conftest import PASSWORD, signed_in

from bookwheel.library import Library
from bookwheel.web.ops.people_views import can_ask_again
from bookwheel.web.people.models import Person


def test_a_role_is_given_once_the_password_was_given_again(kept: Library, operator: Person, reader: Person) -> None:
    if not can_ask_again():
        pytest.skip("no page asks for the password again")
    browser: Client = signed_in(operator)
    asked = browser.post(f"/Admin/People/{reader.pk}", {"role": "curator"})
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert Person.objects.get(pk=reader.pk).role == "reader"
    browser.post(asked.headers["Location"], {"password": PASSWORD})
    assert Person.objects.get(pk=reader.pk).role == "curator"
