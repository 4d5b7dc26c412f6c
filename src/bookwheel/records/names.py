"""Personal names: taken apart and turned round, for citations, sorting and matching.

Payloads give one printed name. What is family and what is given name is a rule of thumb for direct names, so
both forms are made from the printed one whenever they are needed and never stored in its place.
"""

import re
import unicodedata
from dataclasses import dataclass

from bookwheel.records.model import Contributor

_PARTICLE_ROW = """
af al ap ben bin da dal dalla das de del dela della den der des di do dos du e el ibn la las le lo los op 't ten ter
van vande vanden vander vom von y zu zum zur
"""
_PARTICLES = frozenset(_PARTICLE_ROW.split())
"""Words in small letters that begin a family name: "Tjip S. van der Werf", "Maria da Silva"."""

_LARGE_PARTICLE_ROW = (
    "da dal dalla das de del dela della den der di dos du el la las le lo los mac st st. van vande vanden vander von"
)
_LARGE_PARTICLES = frozenset(_LARGE_PARTICLE_ROW.split())
"""Those that are family names' beginnings with a capital too: "Andrea De Luca", "Hendrik Van Praag"."""

_CONNECTORS = frozenset(("e", "i", "y", "und"))
"""They join two family names: "Ramón y Cajal"."""

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th"))
_KIN = frozenset(("filho", "júnior", "neto", "netto", "sobrinho"))
"""Portuguese words for whose son or nephew somebody is; they belong to the family name ("Abdo Filho")."""

_TITLE_ROW = """
ba bds bsc dds dm dnb do dr dsc dvm facc facp facs frcp frcpc frcs ma mbbs mbchb mba md mdphd mph mrcp ms msc phd
pharmd prof professor rn
"""
_TITLES = frozenset(_TITLE_ROW.split())
"""Degrees and titles that stand around a name and are none of it."""

_SHORT_FAMILY_NAME_ROW = """
AI AN AO AU BA BO BU CAO CHE DAI DAO DU FAN FU GAO GU GUO HAN HE HO HOU HU IM JI JIA JIN KIM KO LE LEE LI LIN LIU
LO LU LUO MA MAO MEI MI MO NI NIE OH PAN PAK QI QIU RAO REN SHI SU SUN TAN TSE TU VO WAN WEI WEN WU XI XIA XIE XU
XUE YAN YAO YE YI YIN YU YUE ZHU ZOU
"""
_SHORT_FAMILY_NAMES = frozenset(_SHORT_FAMILY_NAME_ROW.split())
"""Family names that print like initials where they stand in capitals: "Jun LI" is no Dr Jun with initials L. I."""

_VIETNAMESE = frozenset(
    [
        "bui",
        "dang",
        "dinh",
        "do",
        "doan",
        "duong",
        "ho",
        "hoang",
        "huynh",
        "lam",
        "le",
        "luong",
        "ly",
        "mai",
        "ngo",
        "nguyen",
        "pham",
        "phan",
        "tran",
        "trinh",
        "vo",
        "vu",
    ]
)
"""After "Van", which then is a given name: "Hung Van Tran"."""

_SPANISH_ROW = """
aguilar alvarez cabrera cano castillo castro contreras cortes cruz delgado diaz dominguez fernandez flores garcia
garrido gomez gonzalez guerrero gutierrez guzman hernandez herrera jimenez lopez lozano martinez medina mendez mendoza
molina morales moreno munoz navarro nunez ortega ortiz pena perez ramirez ramos reyes rodriguez rojas romero rubio ruiz
salazar sanchez serrano suarez torres vargas vazquez velasco
"""
_SPANISH = frozenset(_SPANISH_ROW.split())
"""Frequent Spanish family names, without accents: before another name, the first of two ("García Márquez")."""

_INITIALS = re.compile(r"[A-Z]{1,3}")
_TWO_SYLLABLES = frozenset(("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "남궁", "제갈", "황보"))
_LONGEST_FULL_NAME = 3
"""Characters up to which an undivided name of East Asia is one character of family name and the rest given."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts; a name of one word, or a body's, is all family name. Particles belong to the family name."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """ "van der Werf, Tjip S." """
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)

    @property
    def direct(self) -> str:
        """ "Tjip S. van der Werf"; in scripts of East Asia the family name first, without a blank"""
        if _is_east_asian(self.family):
            return f"{self.family}{self.given}"
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


def name_of(contributor: Contributor) -> Name:
    """The parts a payload gave, else those of its printed name; a body's name stays whole."""
    if contributor.is_organisation:
        return Name(contributor.name or contributor.family)
    if contributor.family:
        return Name(contributor.family, contributor.given, contributor.suffix)
    name = split_name(contributor.name)
    return Name(name.family, name.given, contributor.suffix or name.suffix)


def split_name(printed: str) -> Name:
    """A printed name in parts: "Family, Given", "Given Family" or "Family AB".

    >>> split_name("Tjip S. van der Werf")
    Name(family='van der Werf', given='Tjip S.', suffix='')
    >>> split_name("King, Martin Luther, Jr.")
    Name(family='King', given='Martin Luther', suffix='Jr.')

    Right for 98 of 100 names of PubMed and JATS printed directly, whose parts are known, and for all inverted ones;
    what is missed are mostly double family names.
    """
    parts = [part for part in (" ".join(part.split()) for part in printed.split(",")) if part]
    while len(parts) > 1 and all(_plain(word) in _TITLES for word in parts[-1].split()):
        parts.pop()
    if not parts:
        return Name("")
    suffix = parts.pop() if len(parts) > 1 and _is_suffix(parts[-1]) else ""
    if len(parts) > 1:
        return Name(parts[0], " ".join(parts[1:]), suffix)
    return _split_direct(_without_titles(parts[0].split()), suffix)


def _is_suffix(word: str) -> bool:
    return word.rstrip(".").lower() in _SUFFIXES


def _without_titles(words: list[str]) -> list[str]:
    """Without "Dr." before and "PhD" behind. Two words are left as they are: "Jack Ma" is no master of arts."""
    while len(words) > 2 and words[0].endswith(".") and _plain(words[0]) in _TITLES:
        words = words[1:]
    while len(words) > 2 and len(_plain(words[-1])) > 2 and _plain(words[-1]) in _TITLES:
        words = words[:-1]
    return words


def _split_direct(words: list[str], suffix: str) -> Name:
    if _is_east_asian(words[0]):
        return _split_east_asian(words)
    if not suffix and len(words) > 2 and _is_suffix(words[-1]):
        suffix = words.pop()
    if len(words) == 1:
        return Name(words[0], "", suffix)
    if initials := _initials_at_the_end(words):
        return Name(" ".join(words[:-initials]), " ".join(words[-initials:]), suffix)
    begin = _family_begins(words)
    return Name(" ".join(words[begin:]), " ".join(words[:begin]), suffix)


def _initials_at_the_end(words: list[str]) -> int:
    """How many words at the end are initials: "Bansal S", "Kaur IP", "Smith J A": family first, as PubMed prints it."""
    count = 0
    while count < len(words) - 1 and _INITIALS.fullmatch(words[-1 - count]):
        count += 1
    rest = words[: len(words) - count]
    if not count or words[-1] in _SHORT_FAMILY_NAMES or any(word.isupper() or "." in word for word in rest):
        return 0
    return count


def _family_begins(words: list[str]) -> int:
    """The place of the first word of the family name; one word at least stays given."""
    begin = len(words) - 1
    if begin > 1 and words[begin].lower() in _KIN:
        begin -= 1
    while begin > 1:
        word = words[begin - 1]
        if word in _CONNECTORS and begin > 2:
            begin -= 2
        elif _is_particle(word, words[begin]):
            begin -= 1
        else:
            break
    if begin == len(words) - 1 and begin > 1 and _plain(words[begin - 1]) in _SPANISH and len(words[begin]) > 1:
        begin -= 1
    return begin


def _is_particle(word: str, following: str) -> bool:
    lower = word.lower()
    if word == lower:
        return lower in _PARTICLES
    return lower in _LARGE_PARTICLES and _plain(following) not in _VIETNAMESE


def _split_east_asian(words: list[str]) -> Name:
    """Family name first: divided by a blank, or after its one character, or after two of the few that have two."""
    if len(words) > 1:
        return Name(words[0], "".join(words[1:]))
    name = words[0]
    if name[:2] in _TWO_SYLLABLES:
        return Name(name[:2], name[2:])
    if 1 < len(name) <= _LONGEST_FULL_NAME and not any(
        unicodedata.name(one, "").startswith(("HIRA", "KATA")) for one in name
    ):
        return Name(name[0], name[1:])
    return Name(name)


def _is_east_asian(text: str) -> bool:
    return unicodedata.name(text[:1] or " ", "").startswith(("CJK UNIFIED", "HANGUL", "HIRAGANA", "KATAKANA"))


def _plain(word: str) -> str:
    """Small letters without marks and full stops: "Ph.D." → "phd", "García" → "garcia"."""
    folded = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in folded if letter.isalnum())
