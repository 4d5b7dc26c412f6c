"""Nobody can add a route or a kind of thing that the rest of this folder does not go over."""

from collections import Counter

from tests.web.safety.conftest import Crawled
from tests.web.safety.examples import ADDRESSES, MORE
from tests.web.safety.findings import assert_none
from tests.web.safety.routes import all_routes, is_at
from tests.web.safety.tables import columns_that_point_to_people

PATTERNS = [route.pattern for route in all_routes()]

MADE_BY_NOBODY_HERE = frozenset(
    {
        "account_warned",
        "mfa_authenticator",
        "socialaccount_socialaccount",
    }
)
"""Tables of persons that no example fills: ways to sign in and having done so, which hold no text of anybody's."""


def test_no_route_hides_another() -> None:
    assert_none(pattern for pattern, times in Counter(PATTERNS).items() if times > 1)


def test_every_route_has_an_address() -> None:
    """What to do: give it a line in ADDRESSES of examples.py."""
    assert_none(route.pattern for route in all_routes() if not (route.address or route.pattern in ADDRESSES))


def test_every_address_leads_to_its_route(crawled: Crawled) -> None:
    astray = [
        (address, route.pattern)
        for route, addresses in crawled.addresses.items()
        for address in addresses
        if not is_at(address, route.pattern)
    ]
    assert_none(astray)


def test_every_address_is_of_a_route_there_is() -> None:
    assert_none(pattern for pattern in (*ADDRESSES, *MORE) if pattern not in PATTERNS)


def test_every_kind_of_thing_has_an_example(crawled: Crawled) -> None:
    """What to do: give it a function in MAKERS of examples.py."""
    tables = {table for table, _ in columns_that_point_to_people()}
    assert sorted(table for table in tables - MADE_BY_NOBODY_HERE if not crawled.before[table]) == []
