"""What a person's searches are when taken along, and how they are put back (`people.personal.Personal`).

Kept searches, the wish for a history, and the history: `kind` says which of them a thing is.
"""

import json
from datetime import datetime
from typing import Any

from django.utils.timezone import is_aware

from bookwheel.errors import KeptQueryError
from bookwheel.search.codec import decode
from bookwheel.web.people.models import Person
from bookwheel.web.searches.keeping import MistakeError, already_saved, save
from bookwheel.web.searches.kept import address_of, key_of, query_at
from bookwheel.web.searches.models import HistoryWish, PastSearch, SavedSearch


def take_out(person: Person) -> list[dict[str, Any]]:
    kept = [
        {
            "kind": "search",
            "name": search.name,
            "query": json.loads(search.query),
            "address": search.address,
            "made": search.made.isoformat(),
        }
        for search in SavedSearch.objects.filter(person=person).order_by("made", "pk")
    ]
    wishes = HistoryWish.objects.filter(person=person)
    wish = [{"kind": "history", "since": each.since.isoformat()} for each in wishes]
    past = PastSearch.objects.filter(person=person).order_by("made", "pk")
    return [
        *kept,
        *wish,
        *({"kind": "past", "address": p.address, "total": p.total, "made": p.made.isoformat()} for p in past),
    ]


def put_back(person: Person, things: list[dict[str, Any]]) -> int:
    return sum(_put_back(person, thing) for thing in things)


def _put_back(person: Person, thing: dict[str, Any]) -> bool:
    match thing:
        case {"kind": "search", "name": str(name), "query": dict(query), "made": str(made)}:
            return _search(person, name, query, _moment(made))
        case {"kind": "history", "since": str(since)}:
            return HistoryWish.objects.get_or_create(person=person, defaults={"since": _moment(since)})[1]
        case {"kind": "past", "address": str(address), "total": None | int() as total, "made": str(made)}:
            if total is not None and (type(total) is not int or not 0 <= total < 2**31):
                raise ValueError(f"a search of the history found {total!r}")
            past = query_at(address)
            values = {"address": address_of(past), "total": total, "made": _moment(made)}
            return PastSearch.objects.get_or_create(person=person, key=key_of(past), defaults=values)[1]
    raise ValueError(f"this is no search that was taken out: {str(thing)[:100]}")


def _search(person: Person, name: str, kept: dict[str, Any], made: datetime) -> bool:
    try:
        query = decode(json.dumps(kept))
        if already_saved(person, query):
            return False
        save(person, query, name, made)
    except (KeptQueryError, MistakeError) as error:
        raise ValueError(str(error)) from error
    return True


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if not is_aware(moment):
        raise ValueError(f"{text!r} says no time zone")
    return moment
