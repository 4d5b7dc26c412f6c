"""What a person's tags are when taken along, and how they are put back (`people.personal.Personal`)."""

from typing import Any

from bookwheel.web.people.models import Person


def take_out(person: Person) -> list[dict[str, Any]]:
    return []


def put_back(person: Person, things: list[dict[str, Any]]) -> int:
    return 0
