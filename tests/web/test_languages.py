"""Pages in other languages: no text is missing, and what is compiled is what is written."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from tests.web.page import Page
from tests.web.stub import SEED_ID

import bookwheel.web

WEB = Path(bookwheel.web.__file__).parent
OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
_KEYWORDS = DEFAULT_KEYWORDS | {"gettext_noop": None, "gettext_lazy": None, "ngettext_lazy": (1, 2)}
"""Calls that name a text, as `locale/README.md` hands them to pybabel."""
_NOTES = ("search", "engines", "semantic")
"""Rooms that make notes, whose texts are found by the calls that make them (`search/notes.py`)."""
_KEYWORDS_OF_NOTES = {"translatable": None, "unwritten": None} | dict.fromkeys(
    ("Note", "remark", "add", "lost", "_lost", "_note"), (2,)
)


def _mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    """Which files are looked into, how, and with what options."""
    with (WEB / "locale" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return methods, options


def _texts_of_the_pages() -> set[tuple[str, str]]:
    """Each with what tells it apart from the same words elsewhere ("" for most)."""
    methods, options = _mapping()
    found = [*extract_from_dir(WEB, methods, options, keywords=_KEYWORDS)]
    for room in _NOTES:
        found += extract_from_dir(WEB.parent / room, [("**.py", "python")], keywords=_KEYWORDS_OF_NOTES)
    return {(context or "", text[0] if isinstance(text, tuple) else text) for _, _, text, _, context in found}


def test_every_way_to_translate_is_looked_for() -> None:
    used = {
        name.strip()
        for file in WEB.rglob("*.py")
        for names in re.findall(r"from django\.utils\.translation import (?:\(([^)]+)\)|(.+))", file.read_text())
        for name in "".join(names).split(",")
    }
    assert {name for name in used if "gettext" in name} <= set(_KEYWORDS)


def test_every_kind_of_template_is_looked_into() -> None:
    templates = WEB / "templates"
    speaking = {
        file.suffix
        for file in templates.rglob("*.*")
        if re.search(r"\b(?:_|n?p?gettext)\(|\{%-? *trans", file.read_text())
    }
    methods, _ = _mapping()
    assert speaking <= {Path(pattern).suffix for pattern, method in methods if method == "jinja2"}


def test_no_constant_is_written_in_the_language_of_the_first_reader() -> None:
    """Jinja reckons the filter of a constant once, when it compiles a template."""
    constant = re.compile(r"""(?<![\w.])(?:\d+|"[^"]*"|'[^']*') *\| *(?:number|decimal|moment|day)\b""")
    templates = (WEB / "templates").rglob("*.*")
    assert {file.name: found for file in templates if (found := constant.findall(file.read_text()))} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    with (WEB / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    done = {
        (m.context or "", m.id[0] if isinstance(m.id, tuple) else m.id)
        for m in catalogue
        if m.id and all(_strings(m.string)) and not m.fuzzy
    }
    assert done == _texts_of_the_pages()


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_the_same(language: str) -> None:
    with (WEB / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert {m.id: errors for m in catalogue if (errors := [str(e) for e in m.check(catalogue)])} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_texts_are_the_written_ones(language: str) -> None:
    folder = WEB / "locale" / language / "LC_MESSAGES"
    written = read_po(io.BytesIO((folder / "django.po").read_bytes()), locale=language)
    with (folder / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    assert {(m.context, str(m.id)): _strings(m.string) for m in compiled if m.id} == {
        (m.context, str(list(m.id) if isinstance(m.id, tuple) else m.id)): _strings(m.string) for m in written if m.id
    }


def test_browser_chooses_the_language(client: Client) -> None:
    response = client.get(f"/Record/{SEED_ID}", headers={"accept-language": "de-CH, en;q=0.5"})
    page = Page(response)
    assert page.root.get("lang") == "de"
    assert page.text("//table[@class='core']/caption") == "Bibliographische Angaben"
    assert "Sprache: Englisch" in page.text("//table[@class='core']")
    assert Page(client.get("/", headers={"accept-language": "tlh"})).root.get("lang") == "en"


def test_reader_chooses_the_language_for_good(client: Client) -> None:
    response = client.get("/Search/Results?lookfor=sample&type=AllFields&lng=de")
    assert response["Location"] == "/Search/Results?lookfor=sample&type=AllFields"
    assert response.cookies["language"]["samesite"] == "Lax"
    assert Page(client.get("/")).root.get("lang") == "de"


@pytest.mark.parametrize("path", ["//evil.example/", "/%5Cevil.example", "/%2F%2Fevil.example", "///evil.example"])
def test_choosing_a_language_never_leads_to_another_site(client: Client, path: str) -> None:
    response = client.get(f"{path}?lng=de")
    location = response.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_unknown_language_is_no_language(client: Client) -> None:
    assert not client.get("/?lng=../../etc").cookies


def test_link_to_another_language_keeps_the_search(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=a%26b&type=AllFields"))
    assert page.root.xpath("//nav[@class='languages']/a/@href") == ["?lookfor=a%26b&type=AllFields&lng=de"]


def _strings(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, list | tuple) else (str(string),)
