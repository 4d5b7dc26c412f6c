"""Languages: any code or English name in, ISO 639-3 out, and VuFind's English name for the index."""

import re
from functools import lru_cache

from iso639 import ALL_LANGUAGES, Language, LanguageNotFoundError

_WITHDRAWN = {"scc": "srp", "scr": "hrv", "mol": "ron", "iw": "heb", "in": "ind", "ji": "yid", "jw": "jav"}
"""Codes taken out of ISO 639, still met in catalogues."""

# Where ISO 639-3 prints another name than the MARC code list, which VuFind's language_map.properties follows.
_MARC_NAMES = """
abk Abkhaz; ady Adygei; afh Afrihili (Artificial language); alt Altai; ang English, Old (ca. 450-1100);
arc Aramaic; arn Mapuche; ast Bable; bin Edo; bug Bugis; car Carib; dgr Dogrib; div Divehi;
dum Dutch, Middle (ca. 1050-1350); ell Greek, Modern (1453-); enm English, Middle (1100-1500);
frm French, Middle (ca. 1300-1600); fro French, Old (ca. 842-1300); frr North Frisian; frs East Frisian;
fry Frisian; ful Fula; gaa Gã; gez Ethiopic; gmh German, Middle High (ca. 1050-1500);
goh German, Old High (ca. 750-1050); grc Greek, Ancient (to 1453); gwi Gwich'in; hat Haitian French Creole;
ina Interlingua (International Auxiliary Language Association); jbo Lojban (Artificial language);
kal Kalâtdlisut; kir Kyrgyz; kut Kootenai; lah Lahndā; lam Lamba (Zambia and Congo); lez Lezgian;
lim Limburgish; lol Mongo-Nkundu; luo Luo (Kenya and Tanzania); mas Maasai;
mga Irish, Middle (ca. 1100-1550); mic Micmac; mis Miscellaneous languages; mos Mooré;
nap Neapolitan Italian; nbl Ndebele (South Africa); nde Ndebele (Zimbabwe); new Newari; niu Niuean;
nno Norwegian (Nynorsk); nob Norwegian (Bokmål); nso Northern Sotho; nwc Newari, Old; nya Nyanja;
oci Occitan (post-1500); oss Ossetic; ota Turkish, Ottoman; peo Old Persian (ca. 600-400 B.C.);
pro Provençal (to 1500); roh Raeto-Romance; rom Romani; rup Aromanian; sag Sango (Ubangi Creole);
scn Sicilian Italian; sga Irish, Old (to 1100); sin Sinhalese; sot Sotho; srn Sranan; ssw Swazi; syc Syriac;
syr Syriac, Modern; tem Temne; ter Terena; tig Tigré; tkl Tokelauan; tlh Klingon (Artificial language);
tog Tonga (Nyasa); ton Tongan; tvl Tuvaluan; wal Wolayta; was Washoe; xal Oirat; yao Yao (Africa);
zgh Tamazight
"""
_NAMES = dict(entry.split(maxsplit=1) for entry in " ".join(_MARC_NAMES.split()).split("; "))
_BRACKETS = re.compile(r" \([^()]*\)$")
# Names of up to three letters are left to the codes: "Ga" is a language of Ghana, "ga" the code of Irish.
_CODES = {
    _BRACKETS.sub("", language.name).lower(): language.part3
    for language in sorted(ALL_LANGUAGES, key=lambda language: language.part3)
    if language.part2b and len(language.name) > 3
} | {name.lower(): code for code, name in _NAMES.items()}


@lru_cache(maxsize=4096)
def language_code(text: str) -> str:
    """ISO 639-3 code of any ISO 639-1, 639-2 or 639-3 code, of a tag ("pt-BR") or an English name; "" if unknown.

    >>> language_code("ger"), language_code("DE"), language_code("German"), language_code("pt_BR")
    ('deu', 'deu', 'deu', 'por')
    """
    text = " ".join(text[:100].split())
    lower = text.lower()
    if code := _CODES.get(lower):
        return str(code)
    for form in (_WITHDRAWN.get(lower, lower), text, text.title(), re.split("[-_]", lower)[0]):
        try:
            return str(Language.match(form, strict_case=True).part3 or "")
        except LanguageNotFoundError:
            continue
    return ""


@lru_cache(maxsize=4096)
def language_name(code: str) -> str:
    """English name of an ISO 639-3 code as VuFind's index has it; what is no code is returned as it is."""
    if name := _NAMES.get(code):
        return name
    try:
        return _BRACKETS.sub("", str(Language.from_part3(code).name))
    except LanguageNotFoundError:
        return code


@lru_cache(maxsize=4096)
def language_tag(code: str) -> str:
    """The shortest tag of an ISO 639-3 code, as `xml:lang` and CSL want it (BCP 47); "" for what is no code.

    >>> language_tag("deu"), language_tag("grc"), language_tag("Klingon talk")
    ('de', 'grc', '')
    """
    try:
        known = Language.from_part3(code)
    except LanguageNotFoundError:
        return ""
    return str(known.part1 or known.part3)


@lru_cache(maxsize=4096)
def marc_language(code: str) -> str:
    """MARC's code (ISO 639-2/B, "ger") of an ISO 639-3 code; "" where MARC has none.

    >>> marc_language("deu"), marc_language("eng")
    ('ger', 'eng')
    """
    try:
        return str(Language.from_part3(code).part2b or "")
    except LanguageNotFoundError:
        return ""
