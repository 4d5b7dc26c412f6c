"""What a parameter of the API may be: one description, from which requests are checked and the documents are made."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from django.utils.translation import gettext

Given: TypeAlias = Sequence[tuple[str, str]]
Asked: TypeAlias = Mapping[str, tuple[str, ...]]
"""Values of each parameter that was given, by its name without brackets."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name` as it is written, "filter[]" when it may be given up to `repeats` times.

    `most` is characters of a text and the largest number of a number, from `least` on. `pattern` is a regular
    expression that JavaScript and Python read alike, of the whole text. With `numbered` the name stands for so many:
    "lookfor0[]", "lookfor1[]", … `default` is what is meant by its absence.
    """

    name: str
    meaning: str
    kind: Literal["text", "number"] = "text"
    most: int = 200
    least: int = 0
    choices: tuple[str, ...] = ()
    pattern: str = ""
    repeats: int = 1
    numbered: int = 0
    is_required: bool = False
    default: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it stands for."""
        bare = self.name.removesuffix("[]")
        return tuple(f"{bare}{number}[]" for number in range(self.numbered)) if self.numbered else (self.name,)


class Refused(Exception):  # noqa: N818  (an answer, not a fault)
    """A request that is not answered, and why: `status`, a sentence, and the parameter it is about, or ""."""

    def __init__(self, status: int, reason: str, parameter: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.parameter = parameter
        self.headers = headers or {}


def checked(parameters: Sequence[Parameter], given: Given) -> Asked:
    """The values of a request, every one within its limits. Raises Refused with the first that is not.

    "filter", "filter[]" and "filter[0]" are one parameter, as in VuFind.
    """
    names = {bare(name): name for parameter in parameters for name in parameter.names}
    known = {bare(name): parameter for parameter in parameters for name in parameter.names}
    asked: dict[str, list[str]] = {}
    for name, text in given:
        if (parameter := known.get(bare(name))) is None:
            raise Refused(400, _unknown(name, names), name[:50])
        if reason := _fault(parameter, text):
            raise Refused(400, f"{name}: {reason}", name)
        asked.setdefault(bare(name), []).append(text)
    for name, parameter in known.items():
        if len(asked.get(name, ())) > parameter.repeats:
            most = gettext("may be given at most %(most)s times.") % {"most": parameter.repeats}
            raise Refused(400, f"{parameter.name}: {most}", parameter.name)
        if parameter.is_required and not any(asked.get(name, ())):
            # The words are VuFind's: clients compare them.
            raise Refused(400, f"Missing {name}", parameter.name)
    return {name: tuple(texts) for name, texts in asked.items()}


def bare(name: str) -> str:
    """The name without brackets.

    >>> bare("filter[]"), bare("filter[12]"), bare("lookfor0[]")
    ('filter', 'filter', 'lookfor0')
    """
    return re.sub(r"\[[0-9]{0,3}\]\Z", "", name[:60])


def _unknown(name: str, names: Mapping[str, str]) -> str:
    reason = gettext("There is no parameter %(name)s here.") % {"name": repr(name[:50])}
    if near := get_close_matches(bare(name), names, n=1):
        reason += " " + gettext("Did you mean %(name)s?") % {"name": names[near[0]]}
    return reason


def _fault(parameter: Parameter, text: str) -> str:
    """What is wrong with a value, "" when nothing is."""
    if parameter.kind == "number":
        is_number = text.isascii() and text.isdecimal() and len(text) < 12
        if not is_number or not parameter.least <= int(text) <= parameter.most:
            return gettext("must be a whole number from %(least)s to %(most)s.") % {
                "least": parameter.least,
                "most": parameter.most,
            }
    elif parameter.choices:
        if text not in parameter.choices:
            return gettext("must be one of %(choices)s.") % {"choices": ", ".join(parameter.choices)}
    elif len(text) > parameter.most:
        return gettext("takes at most %(most)s characters.") % {"most": parameter.most}
    elif parameter.pattern and not re.fullmatch(parameter.pattern, text):
        return gettext("is not of the form %(form)s.") % {"form": parameter.pattern}
    return ""
