"""How quick a list of ten thousand works is: each step beside the same step in a list of a hundred, as a ratio.

    python -m bench.lists [--works 10000] [--beside 100]

In a catalogue of invented records and a people's database on disk, as a reader's browser asks: through Django, without
a server in between. A page shows 20 works however long the list is, so its ratio is near 1 where nothing grows with
the list; saving all that a search finds is given per 1,000 works.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bookwheel.demo.catalogue import SOURCES, sources_served
from bookwheel.library import Library
from bookwheel.search.url import from_url

if TYPE_CHECKING:
    from django.test import Client

    from bookwheel.web.lists.models import ReadingList

ROUNDS = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--beside", type=int, default=100)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "catalogue"
        with sources_served(catalogue, asked.works + 200), Library.open(catalogue) as library:
            for source in SOURCES:
                library.harvest(source)
            library.index()
        _measure(catalogue, asked.works, asked.beside)


def _measure(catalogue: Path, works: int, beside: int) -> None:
    from bookwheel.web.people.setup import set_up

    set_up(catalogue)
    from django.test import Client

    from bookwheel.web.lists.choosing import new_list
    from bookwheel.web.people.models import Person

    person = Person.objects.create_user("bench@example.org")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    long, short = new_list(person, "Long"), new_list(person, "Short")
    print(f"{'step':40} {works:>10,} {beside:>10,} {'ratio':>7}")
    _line("save all (s)", _fill(long, works), _fill(short, beside), scale=1)
    for name, address in _PAGES.items():
        _line(f"{name} (ms)", _asked(browser, long, address), _asked(browser, short, address))
    for name, act in _ACTS.items():
        _line(f"{name} (ms)", act(browser, long), act(browser, short))


_PAGES = {
    "page, own order": "?",
    "page, last one": "?page=9999",
    "page by title": "?sort=title",
    "page by author, in the middle": "?sort=author&page=250",
    "page by year": "?sort=year",
    "search inside": "?lookfor=trial",
    "search inside, by title": "?lookfor=trial+leukemia&sort=title",
    "narrowed to a year": "?year=2012",
    "export as RIS": "/Export?style=ris",
}


def _fill(reading_list: "ReadingList", count: int) -> float:
    """Save what a search for everything finds, as the page "save all" does."""
    from bookwheel.web.lists.filling import entries_of, put
    from bookwheel.web.lists.gathering import found

    started = time.perf_counter()
    for piece in found(from_url([]), count):
        put(reading_list, reading_list.owner, entries_of(dict(islice(piece.items(), count))))
    return time.perf_counter() - started


def _asked(browser: "Client", reading_list: "ReadingList", address: str) -> float:
    times = []
    for _ in range(3 if "Export" in address else ROUNDS):
        started = time.perf_counter()
        response = browser.get(f"/MyResearch/MyList/{reading_list.public_id}{address}")
        b"".join(response)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _moved(browser: "Client", reading_list: "ReadingList") -> float:
    """The last work of the list to its first place: every other one moves on."""
    last = reading_list.items.order_by("-position").values_list("work__record_id", flat=True).first()
    given = {"id": last, "action": "place", "place": "1"}
    return _sent(browser, f"/MyResearch/MyList/{reading_list.public_id}/Item", given)


def _removed(browser: "Client", reading_list: "ReadingList") -> float:
    ids = list(reading_list.items.values_list("work__record_id", flat=True)[:20])
    return _sent(browser, f"/MyResearch/MyList/{reading_list.public_id}/Items", {"id[]": ids, "action": "remove"})


def _saved(browser: "Client", reading_list: "ReadingList") -> float:
    from bookwheel.web.library import library

    record_id = library().search(from_url([("sort", "title"), ("page", "30")])).hits[0].id
    return _sent(browser, f"/Record/{record_id}/Save", {"list": reading_list.public_id})


def _sent(browser: "Client", address: str, given: Mapping[str, object]) -> float:
    started = time.perf_counter()
    assert browser.post(address, given).status_code == 302
    return time.perf_counter() - started


_ACTS: dict[str, Callable[["Client", "ReadingList"], float]] = {
    "move the last to the first place": _moved,
    "take out a page of works": _removed,
    "save one more": _saved,
}


def _line(name: str, long: float, short: float, scale: int = 1000) -> None:
    print(f"{name:40} {long * scale:10.1f} {short * scale:10.1f} {long / short:7.1f}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.web.settings")
    main()
