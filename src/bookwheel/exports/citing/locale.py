"""What a language brings to a citation: its terms, its ways to write dates and ordinals, its quotation marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from bookwheel.exports.citing.xml import CSL, attributes

_FORM_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Term(NamedTuple):
    """A word in singular and plural; `gender` is "masculine", "feminine" or ""."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


@dataclass(slots=True)
class Locale:
    """Terms by (name, form) and (name, form, gender of ordinals); date formats by form ("text", "numeric")."""

    language: str
    terms: dict[tuple[str, str, str], Term] = field(default_factory=dict)
    dates: dict[str, etree._Element] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def punctuation_in_quote(self) -> bool:
        return self.options.get("punctuation-in-quote") == "true"

    @property
    def limits_day_ordinals(self) -> bool:
        return self.options.get("limit-day-ordinals-to-day-1") == "true"

    def find(self, name: str, form: str = "long") -> Term | None:
        """A term in a form, or in the form that stands in for it."""
        while True:
            found = self.terms.get((name, form, ""))
            if found is not None or form not in _FORM_FALLBACK:
                return found
            form = _FORM_FALLBACK[form]

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        found = self.find(name, form)
        return "" if found is None else found.multiple if plural else found.single

    def quotes(self, *, inner: bool) -> tuple[str, str]:
        prefix, marks = ("-inner", "‘’") if inner else ("", "“”")
        opening, closing = self.find(f"open{prefix}-quote"), self.find(f"close{prefix}-quote")
        return (opening.single if opening else marks[0]), (closing.single if closing else marks[1])

    def ordinal(self, number: int, gender: str = "") -> str:
        """2 → "2nd" in English. A term for all of 112 goes before one for its last two digits, then its last."""
        for digits in (number, number % 100, number % 10):
            for wanted in (gender, ""):
                term = self.terms.get((f"ordinal-{digits:02d}", "long", wanted))
                if term and _applies(term, number, digits):
                    return f"{number}{term.single}"
        general = self.terms.get(("ordinal", "long", gender)) or self.terms.get(("ordinal", "long", ""))
        return f"{number}{general.single if general else ''}"

    def long_ordinal(self, number: int, gender: str = "") -> str:
        """2 → "second"; what has no word of its own is written with digits."""
        for wanted in (gender, ""):
            term = self.terms.get((f"long-ordinal-{number:02d}", "long", wanted))
            if term:
                return term.single
        return self.ordinal(number, gender)


def _applies(term: Term, number: int, digits: int) -> bool:
    """Whether an ordinal's term for these digits is one for the number: `match` says how much of it must be they."""
    match term.match:
        case "whole-number":
            return digits == number
        case "last-digit":
            return number % 10 == digits
    return number % 100 == digits or (digits < 10 and number % 10 == digits and term.match == "")


def layered(language: str, layers: Iterator[etree._Element]) -> Locale:
    """One locale from `locale` elements, the weakest first.

    A layer that brings any ordinal takes away all earlier ones: they only work together (specification,
    "Locale Fallback").
    """
    made = Locale(language)
    for layer in layers:
        terms = layer.find(f"{CSL}terms")
        if terms is not None:
            if any((term.get("name") or "").startswith("ordinal") for term in terms):
                made.terms = {key: term for key, term in made.terms.items() if not key[0].startswith("ordinal")}
            made.terms.update(_terms(terms))
        made.dates.update({date.get("form") or "text": date for date in layer.findall(f"{CSL}date")})
        for options in layer.findall(f"{CSL}style-options"):
            made.options.update(attributes(options))
    return made


def _terms(terms: etree._Element) -> Iterator[tuple[tuple[str, str, str], Term]]:
    for term in terms.findall(f"{CSL}term"):
        single, multiple = term.findtext(f"{CSL}single"), term.findtext(f"{CSL}multiple")
        text = term.text or ""
        key = (term.get("name") or "", term.get("form") or "long", term.get("gender-form") or "")
        if single is None:
            single = text.strip() if len(term) else text
        plural = single if multiple is None else multiple
        yield key, Term(single, plural, term.get("gender") or "", term.get("match") or "")


def chain(language: str) -> tuple[str, ...]:
    """Names of locale files and layers for a language, the weakest first: "de-AT" → en-US, de, de-DE, de-AT."""
    main = language.split("-")[0]
    names = ["en-US", main, _MAIN_DIALECTS.get(main, main), language]
    return tuple(dict.fromkeys(name for name in names if name))


_MAIN_DIALECTS: Mapping[str, str] = {
    "af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR",
    "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL",
    "hu": "hu-HU", "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "ko": "ko-KR", "nb": "nb-NO", "nl": "nl-NL",
    "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-RS",
    "sv": "sv-SE", "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
"""The dialect that stands for a language (specification, "Locale Fallback")."""
