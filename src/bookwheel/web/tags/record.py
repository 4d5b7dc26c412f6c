"""The tags of one record, as its page shows them to this reader."""

from dataclasses import dataclass

from bookwheel.web.people.models import Person


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag with the number of readers who gave it, its address, and whether this reader is one of them."""

    tag: str
    count: int
    address: str
    is_mine: bool


def record_tags(person: Person | None, record_id: str) -> tuple[TagView, ...]:
    """Those a reader may see, the most given first."""
    return ()
