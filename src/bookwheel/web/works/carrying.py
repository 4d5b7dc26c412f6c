"""Works in what a person takes along: enough of each to be known by in another catalogue, or in the same one later."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bookwheel.web.works.keeping import as_known, current_id
from bookwheel.web.works.models import LONGEST_ID, Work


def taken(work: Work) -> dict[str, Any]:
    """JSON of a work: its record's id as "record", and what is known of it."""
    return {"record": work.record_id, **as_known(work)}


def brought(thing: Mapping[str, Any]) -> Work:
    """The work of what `taken` gave, made from it where nothing hangs on the record yet.

    Raises ValueError with a sentence for something that `taken` never gives.
    """
    record_id = text_of(thing, "record", LONGEST_ID)
    if not record_id:
        raise ValueError("a thing has no record")
    known = {name: text_of(thing, name, _LONGEST[name]) for name in _LONGEST}
    work, _ = Work.objects.get_or_create(record_id=current_id(record_id), defaults=known)
    return work


def text_of(thing: Mapping[str, Any], name: str, longest: int) -> str:
    """A text of a thing; "" where it has none. Raises ValueError."""
    text = thing.get(name, "")
    if not isinstance(text, str) or len(text) > longest or "\0" in text or not _is_whole(text):
        raise ValueError(f"{name!r} is no text of at most {longest} characters (got {str(text)[:80]!r})")
    return text


def moment_of(thing: Mapping[str, Any], name: str) -> datetime:
    """A moment of a thing, with its zone; none is later than now. Raises ValueError."""
    text = text_of(thing, name, 40)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("it names no time zone")
        return min(moment.astimezone(UTC), datetime.now(UTC))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name!r} is no moment (got {text!r}): {error}") from error


_LONGEST = {"title": 255, "author": 255, "year": 4, "source": 50, "identifier": 10_000}


def _is_whole(text: str) -> bool:
    """Whether there are no halves of pairs, which no database keeps."""
    return text.isascii() or text.encode("utf-8", "replace").decode() == text
