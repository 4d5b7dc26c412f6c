"""Resumption tokens: a list and the place in it, signed. Nothing about a harvester is kept here."""

from typing import NamedTuple

from django.core import signing

from bookwheel.store.provision import Place
from bookwheel.web.oai.refusals import RefusedError

_SALT = "bookwheel.oai"
_MAX_LENGTH = 1000


class Token(NamedTuple):
    """How a list goes on. `total` is how many records it had when it began, -1 where nobody counted.

    A list of sets keeps in `after_journal` the last ISSN it named.
    """

    verb: str
    prefix: str = ""
    set: str = ""
    since: str = ""
    until: str = ""
    moment: str = ""
    change: int = 0
    cursor: int = 0
    total: int = -1
    after_journal: str = ""

    @property
    def place(self) -> Place:
        return Place(self.moment, self.change)


def write(token: Token) -> str:
    return signing.dumps(list(token), salt=_SALT, compress=True)


def read(text: str, verb: str) -> Token:
    """The token of `write`. Raises RefusedError for any other, and for one of another verb."""
    try:
        if len(text) > _MAX_LENGTH:
            raise signing.BadSignature
        token = Token(*signing.loads(text, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise RefusedError("badResumptionToken", "this token was not given by this repository") from error
    if token.verb != verb:
        raise RefusedError("badResumptionToken", f"this token goes on with {token.verb}, not {verb}")
    return token
