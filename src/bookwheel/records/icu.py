"""The one place that asks for PyICU, which need not be installed (`pip install bookwheel[icu]`)."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


@cache
def transform(rules: str) -> Callable[[str], str] | None:
    """A function that applies ICU transliteration rules, or None without PyICU."""
    icu = _icu()
    if icu is None:
        return None
    transliterator = icu.Transliterator.createFromRules("bookwheel", rules, icu.UTransDirection.FORWARD)
    return lambda text: str(transliterator.transliterate(text))


@cache
def collation_key() -> Callable[[str], bytes] | None:
    """Sort keys of the Unicode Collation Algorithm, root locale, compared as bytes; None without PyICU."""
    icu = _icu()
    if icu is None:
        return None
    collator = icu.Collator.createInstance(icu.Locale.getRoot())
    return lambda text: bytes(collator.getSortKey(text))


def _icu() -> Any:
    try:
        return import_module("icu")
    except ImportError:
        return None
