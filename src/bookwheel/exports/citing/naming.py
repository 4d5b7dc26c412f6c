"""`cs:name`: how single names are written, in which order, and how several are joined."""

from collections.abc import Mapping, Sequence

from lxml import etree

from bookwheel.exports.citing.formatting import Formatting
from bookwheel.exports.citing.locale import Locale
from bookwheel.exports.citing.people import Person, initials, is_western, spaced_initials
from bookwheel.exports.citing.rich import Rich, Span, joined, plain, woven
from bookwheel.exports.citing.xml import CSL, attributes


class NameStyle:
    """How single names are written and joined: `cs:name` over the attributes of style and layout."""

    def __init__(self, options: Mapping[str, str], element: etree._Element | None) -> None:
        own = attributes(element)
        given = {**options, **own}
        self.form = own.get("form", options.get("name-form", "long"))
        self.delimiter = own.get("delimiter", options.get("name-delimiter", ", "))
        self.conjunction = given.get("and", "")
        self.precedes_last = given.get("delimiter-precedes-last", "contextual")
        self.precedes_et_al = given.get("delimiter-precedes-et-al", "contextual")
        self.et_al_min = int(given.get("et-al-min", 0))
        self.et_al_use_first = int(given.get("et-al-use-first", 1))
        self.et_al_use_last = given.get("et-al-use-last") == "true"
        self.initializes = given.get("initialize", "true") == "true"
        self.initialize_with = given.get("initialize-with")
        self.hyphenates = given.get("initialize-with-hyphen", "true") == "true"
        self.sort_order = given.get("name-as-sort-order", "")
        self.sort_separator = given.get("sort-separator", ", ")
        self.demotes = given.get("demote-non-dropping-particle", "display-and-sort")
        self.formatting = Formatting(own)
        parts = element.findall(f"{CSL}name-part") if element is not None else []
        formats = {part.get("name"): Formatting(attributes(part)) for part in parts}
        self.family_format, self.given_format = formats.get("family"), formats.get("given")

    def join(self, people: Sequence[Person], locale: Locale, et_al: tuple[str, Formatting]) -> Rich:
        """The names as one text; "et al." or an ellipsis stands for those a style leaves out."""
        cut = bool(self.et_al_min) and len(people) >= self.et_al_min and len(people) > self.et_al_use_first
        shown = people[: self.et_al_use_first] if cut else people
        if self.form == "count":
            return str(len(shown))
        names = [self._one(one, place, locale) for place, one in enumerate(shown)]
        if cut and not shown:
            return ""
        if cut and self.et_al_use_last and len(people) - len(shown) > 1:
            last = self._one(people[-1], len(people) - 1, locale)
            return self.formatting.apply(
                joined([*woven(names, self.delimiter), self.delimiter, "… ", last]), english=False
            )
        if cut:
            return self.formatting.apply(self._with_others(names, shown, locale, et_al), english=False)
        return self.formatting.apply(self._with_last(names, people, locale), english=False)

    def sort_key(self, people: Sequence[Person]) -> str:
        """Family names first, particles where the style sorts them."""
        return "; ".join(one.literal or self._sorted_name(one) for one in people)

    def _sorted_name(self, one: Person) -> str:
        if self.demotes == "never":
            return " ".join(
                part for part in (one.non_dropping, one.family, one.given, one.dropping, one.suffix) if part
            )
        particles = " ".join(part for part in (one.dropping, one.non_dropping) if part)
        return " ".join(part for part in (one.family, particles, one.given, one.suffix) if part)

    def _with_others(
        self, names: Sequence[Rich], shown: Sequence[Person], locale: Locale, et_al: tuple[str, Formatting]
    ) -> Rich:
        term, formatting = et_al
        others = formatting.apply(locale.term(term), english=False)
        if not others:
            return joined(woven(names, self.delimiter))
        comma = self._delimits(self.precedes_et_al, shown, several=len(names) > 1)
        between: Rich = self.delimiter if comma else " "
        return joined([*woven(names, self.delimiter), between, others])

    def _with_last(self, names: Sequence[Rich], people: Sequence[Person], locale: Locale) -> Rich:
        conjunction = {"text": locale.term("and"), "symbol": "&"}.get(self.conjunction, "")
        if len(names) < 2 or not conjunction:
            return joined(woven(names, self.delimiter))
        comma = self._delimits(self.precedes_last, people[:-1], several=len(names) > 2)
        between = f"{self.delimiter if comma else ' '}{conjunction} "
        if comma and not self.delimiter.endswith(" "):
            between = f"{self.delimiter} {conjunction} "
        return joined([*woven(names[:-1], self.delimiter), between, names[-1]])

    def _delimits(self, rule: str, before: Sequence[Person], *, several: bool) -> bool:
        match rule:
            case "always":
                return True
            case "never":
                return False
            case "after-inverted-name":
                return bool(before) and self._inverts(before[-1], len(before) - 1)
        return several

    def _inverts(self, one: Person, place: int) -> bool:
        return not one.literal and (self.sort_order == "all" or (self.sort_order == "first" and place == 0))

    def _one(self, one: Person, place: int, locale: Locale) -> Rich:
        if one.literal:
            return _part(self.family_format, one.literal)
        if not is_western(one):
            return self._eastern(one)
        if self.form == "short":
            return _part(self.family_format, _spaced(one.non_dropping, one.family))
        given = self._given(one.given)
        if self._inverts(one, place):
            return self._inverted(one, given)
        family = _part(self.family_format, _spaced(one.non_dropping, one.family))
        first = _part(self.given_format, _spaced(given, one.dropping))
        name = joined([first, "" if not first or _sticks(plain(first)) else " ", family])
        if not one.suffix:
            return name
        return joined([name, ", " if one.comma_suffix else " ", self._suffix(one)])

    def _inverted(self, one: Person, given: str) -> Rich:
        if self.demotes == "display-and-sort":
            family, first = one.family, _spaced(given, one.dropping, one.non_dropping)
        else:
            family, first = _spaced(one.non_dropping, one.family), _spaced(given, one.dropping)
        parts = [_part(self.family_format, family), _part(self.given_format, first), self._suffix(one)]
        return joined(woven(parts, self.sort_separator))

    def _eastern(self, one: Person) -> Rich:
        if self.form == "short":
            return _part(self.family_format, one.family)
        return joined([_part(self.family_format, one.family), _part(self.given_format, one.given)])

    def _suffix(self, one: Person) -> str:
        """ "Jr." loses its full stop where initials have none."""
        bare = self.initialize_with is not None and "." not in self.initialize_with
        return one.suffix.rstrip(".") if bare else one.suffix

    def _given(self, given: str) -> str:
        if self.initialize_with is None or not given:
            return given
        if self.initializes:
            return initials(given, self.initialize_with, hyphenates=self.hyphenates)
        return spaced_initials(given, self.initialize_with)


def _part(formatting: Formatting | None, text: str) -> Rich:
    return formatting.apply(text, english=False) if formatting else Span((text,)) if text else ""


def _spaced(*parts: str) -> str:
    """Words joined by blanks, but none after an apostrophe or hyphen: "d’" + "Artagnan"."""
    text = ""
    for part in parts:
        if part:
            text += part if not text or _sticks(text) else f" {part}"
    return text


def _sticks(text: str) -> bool:
    return text[-1:] in "’'" or text[-1:] == "-"
