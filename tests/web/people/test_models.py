"""A person is known by an address, in whatever case it is typed, and shown by a name or not at all."""

import pytest
from django.db import IntegrityError

from bookwheel.web.people.models import Person


def test_an_address_is_kept_in_lower_case_and_found_in_any() -> None:
    made = Person.objects.create_user(" Ada@Example.ORG ", "a wheel of books")
    assert made.email == "ada@example.org"
    assert Person.objects.get_by_natural_key("ADA@example.org") == made


def test_one_address_is_one_person() -> None:
    Person.objects.create_user("ada@example.org")
    with pytest.raises(IntegrityError):
        Person.objects.create_user("ADA@example.org")


def test_without_a_password_nobody_signs_in() -> None:
    person = Person.objects.create_user("ada@example.org")
    assert not person.has_usable_password()
    assert not person.check_password("")


def test_passwords_are_kept_as_argon2() -> None:
    person = Person.objects.create_user("ada@example.org", "a wheel of books")
    assert person.password.startswith("argon2$argon2id$")


def test_a_name_of_blanks_is_none() -> None:
    assert Person(email="a@example.org", name="  ").shown_name == ""
