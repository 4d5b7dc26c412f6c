"""What an example is: a thing that somebody made, who may see it, where it stands, and what can be done to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from bookwheel.web.people.models import Person

Role: TypeAlias = Literal["stranger", "owner", "other", "member", "curator", "operator"]
"""Who asks. The owner made the thing, a member was invited to it, another reader has nothing to do with it."""
ROLES: tuple[Role, ...] = get_args(Role)

OF_CURATORS = ("/Admin/Moderation", "/Admin/Synonyms")
"""Beginnings of addresses below /Admin/ that are curators' too; all others are operators' alone."""

Visibility: TypeAlias = Literal["private", "link", "public"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"
RECORD = f"/Record/{SEED}"
"""The page of the record that everything hangs on."""

HIDDEN_PIECE = "canary quarantined q7w"
"""Stands in what the catalogue of these tests could not read: in its bytes, and in the reason."""

SECRET = "canary-secret-q7w"
"""Every password in the settings of the catalogue of these tests."""

EVERYBODY: frozenset[Role] = frozenset(ROLES)
READERS: frozenset[Role] = EVERYBODY - {"stranger"}


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a thing, in one format."""

    address: str
    opened_by: frozenset[Role] | None
    """Who is answered there, while everybody else is told that there is nothing; None: a page of others, such as that
    of a record, which everybody is shown without the thing."""
    shown_to: frozenset[Role] | None = None
    """For whom its text stands there; None: for everybody who may see it and is answered there."""

    def answered(self, example: "Example") -> frozenset[Role]:
        """Who is to be answered there with a page: of a page of others, those who are to see the thing on it."""
        return self.opened_by if self.opened_by is not None else self.shown(example)

    def shown(self, example: "Example") -> frozenset[Role]:
        if self.shown_to is not None:
            return self.shown_to
        return self.opened_by if self.opened_by is not None else example.seen_by


@dataclass(frozen=True, slots=True)
class Deed:
    """A form that changes a thing; everybody else is told that there is nothing."""

    address: str
    data: Mapping[str, str]
    done_by: frozenset[Role]
    led_on: frozenset[Role] = frozenset()
    """Who is led on without anything being changed, as they have no need of it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that the owner made. Every text of it holds `text`, which stands nowhere else."""

    kind: str
    visibility: Visibility
    text: str
    seen_by: frozenset[Role]
    """Who may see it, wherever that is."""
    places: tuple[Place, ...] = ()
    secrets: tuple[str, ...] = ()
    """Addresses with a token, where whoever knows them sees it; with another letter there is nothing."""
    invitations: tuple[str, ...] = ()
    """The same for who is signed in and has not accepted yet; a stranger has to sign in first."""
    deeds: tuple[Deed, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(place.address for place in self.places)


@dataclass(frozen=True, slots=True)
class World:
    """The people, and what they made."""

    people: Mapping[Role, Person]
    record_id: str = SEED
    made: list[Example] = field(default_factory=list)

    @property
    def owner(self) -> Person:
        return self.people["owner"]


Maker: TypeAlias = Callable[[World, Visibility, str], Example | None]
"""Makes a thing of the owner's with this text wherever it takes one; None for what has no such visibility."""
