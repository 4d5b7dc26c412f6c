import pytest
from hypothesis import given
from hypothesis import strategies as st
from iso639 import ALL_LANGUAGES

from bookwheel.records.languages import language_code, language_name

_LANGUAGES = sorted((language for language in ALL_LANGUAGES if language.part2b), key=lambda language: language.part3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("eng", "eng"),
        ("en", "eng"),
        ("EN", "eng"),
        ("English", "eng"),
        ("ger", "deu"),
        ("deu", "deu"),
        ("fre", "fra"),
        ("chi", "zho"),
        ("pt-BR", "por"),
        ("zh_Hant", "zho"),
        ("scr", "hrv"),
        ("iw", "heb"),
        ("Malay", "msa"),
        ("Greek, Modern (1453-)", "ell"),
        ("Modern Greek", "ell"),
        ("  norwegian   bokmål ", "nob"),
        ("ga", "gle"),
        ("xyz", ""),
        ("", ""),
        ("Quenya of the Noldor", ""),
    ],
)
def test_language_code(text: str, code: str) -> None:
    assert language_code(text) == code


@pytest.mark.parametrize("language", _LANGUAGES, ids=lambda language: language.part3)
def test_every_code_and_the_name_mean_the_language(language: object) -> None:
    code = language.part3  # type: ignore[attr-defined]
    if code in ("scc", "scr", "mol"):
        pytest.skip("withdrawn from ISO 639")
    for part in ("part1", "part2b", "part2t", "part3"):
        if written := getattr(language, part):
            assert language_code(written) == language_code(written.upper()) == code
    if language_name(code) != "Ga":
        assert language_code(language_name(code)) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("eng", "English"),
        ("spa", "Spanish"),
        ("deu", "German"),
        ("msa", "Malay"),
        ("ell", "Greek, Modern (1453-)"),
        ("nob", "Norwegian (Bokmål)"),
        ("cmn", "Mandarin Chinese"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_language_name(code: str, name: str) -> None:
    assert language_name(code) == name


@given(st.text())
def test_no_text_raises(text: str) -> None:
    code = language_code(text)
    assert code == "" or language_code(code) == code
