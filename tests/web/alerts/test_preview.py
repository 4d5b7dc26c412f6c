"""What an alert would have sent, on the page of its search."""

from datetime import timedelta

from django.utils import timezone
from tests.changing import Changing
from tests.web.alerts.conftest import Subscribe
from tests.web.conftest import signed_in
from tests.web.page import Page

from bookwheel.web.people.models import Person


def test_days_with_what_is_new_and_what_began_to_match(world: Changing, subscribe: Subscribe, reader: Person) -> None:
    now = timezone.now()
    world.clock.moment = now - timedelta(days=60)
    world.put(("old", "Old bees"), ("becomes", "Old wasps"))
    world.clock.moment = now - timedelta(days=20)
    world.put(*((str(number), f"New bees {number}") for number in range(7)))
    world.clock.moment = now - timedelta(days=10)
    world.put(("becomes", "Bees at last"))
    world.index()
    alert = subscribe(reader)
    page = Page(signed_in(reader).get(f"/MyResearch/Searches/{alert.search.pk}?preview=1"))
    section = page.text("//section[@aria-labelledby='preview']")
    assert "8 works would have been sent" in section
    assert page.count("//section[@aria-labelledby='preview']//h3") == 2
    assert "1 of them changed" in page.text("//section[@aria-labelledby='preview']//h3[1]")
    assert "+ 2 more" in section
    assert "Old bees" not in section
