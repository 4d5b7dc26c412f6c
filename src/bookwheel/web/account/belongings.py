"""All that is a person's as one document that can be put back, and everything of them gone.

The document: {"bookwheel": 1, "from": the catalogue, "made": time, "profile": {...}, and a list for each of
`people.personal.KINDS`}.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from bookwheel.web.account.forms import shown_name
from bookwheel.web.account.models import Counter, Session
from bookwheel.web.people.models import LONGEST_NAME, Person
from bookwheel.web.people.personal import KINDS, keeper

VERSION = 1
MOST_BYTES = 50_000_000
"""A document larger than this is not put back. A work in a list is some 300 bytes: this holds a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Returned:
    """How much of each kind was new, and the kinds of which nothing is known here."""

    new: Mapping[str, int]
    unknown: tuple[str, ...]


def take_out(person: Person) -> Iterator[bytes]:
    """The document in pieces, one kind after the other."""
    head = {
        "bookwheel": VERSION,
        "from": settings.BOOKWHEEL.public_url or settings.BOOKWHEEL.title,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "profile": {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "joined": person.joined.isoformat(timespec="seconds"),
        },
    }
    yield msgspec.json.format(msgspec.json.encode(head)).removesuffix(b"\n}")
    for kind in KINDS:
        yield b',\n  "%s": ' % kind.encode()
        yield msgspec.json.format(msgspec.json.encode(keeper(kind).take_out(person)))
    yield b"\n}\n"


def put_back(person: Person, document: bytes) -> Returned:
    """Give the person what is in a document of `take_out`, all of it or nothing.

    The address stays as it is; name and language are taken where the person has none. Raises ValueError with a
    sentence for what is no such document.
    """
    read = _read(document)
    with transaction.atomic():
        _put_profile_back(person, read.get("profile", {}))
        new = {kind: keeper(kind).put_back(person, _things(read, kind)) for kind in KINDS if kind in read}
    return Returned(new, tuple(sorted(read.keys() - KINDS.keys() - {"bookwheel", "from", "made", "profile"})))


def _read(document: bytes) -> dict[str, Any]:
    if len(document) > MOST_BYTES:
        raise ValueError(too_large())
    try:
        read: Any = msgspec.json.decode(document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(gettext("This file is no JSON: nothing of it can be read.")) from error
    if not isinstance(read, dict) or "bookwheel" not in read:
        raise ValueError(gettext("This file was not taken out of a catalogue like this one."))
    if read["bookwheel"] != VERSION:
        raise ValueError(gettext("This file is of another version, which cannot be read here."))
    return read


def too_large() -> str:
    return gettext("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1_000_000}


def _things(read: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    things = read[kind]
    if not isinstance(things, list) or not all(isinstance(thing, dict) for thing in things):
        raise ValueError(gettext("“%(kind)s” in this file is no list of things.") % {"kind": kind})
    return things


def _put_profile_back(person: Person, profile: Any) -> None:
    if not isinstance(profile, dict):
        raise ValueError(gettext("“%(kind)s” in this file is no list of things.") % {"kind": "profile"})
    name, language = profile.get("name", ""), profile.get("language", "")
    if not person.name and isinstance(name, str) and len(name) <= LONGEST_NAME:
        try:
            person.name = shown_name(name)
        except ValidationError as error:
            raise ValueError(error.message) from error
    if not person.language and language in dict(settings.LANGUAGES):
        person.language = language
    person.save(update_fields=["name", "language"])


def erase(person: Person) -> None:
    """Delete a person and every trace: what they wrote goes with the row, what only mentions them goes here."""
    with transaction.atomic():
        for session in Session.objects.filter(person=None).iterator():
            # Of strangers who were about to sign up or in with this address.
            if person.email in str(session.get_decoded()):
                session.delete()
        Counter.objects.filter(_counts(person)).delete()
        person.delete()


def _counts(person: Person) -> Q:
    """Counters of tries whose key is made of the person, as allauth makes it."""
    return Q(cache_key__endswith=f":user:{person.pk}") | Q(
        cache_key__contains=sha256(person.email.encode()).hexdigest()
    )
