r"""BibTeX, in UTF-8: LaTeX and biber read every script, so only TeX's own special characters are escaped.

Keys are made of the record alone (`key`), so one record has one key in every export, whatever stands around it.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2s

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.records import kinds
from bookwheel.records.languages import language_name
from bookwheel.records.model import Contributor
from bookwheel.records.names import name_of
from bookwheel.records.text import sort_key

_TYPES: Mapping[str, str] = {
    kinds.ARTICLE: "article",
    kinds.BOOK: "book",
    kinds.CHAPTER: "incollection",
    kinds.CONFERENCE_PAPER: "inproceedings",
    kinds.PROCEEDINGS: "proceedings",
    kinds.REPORT: "techreport",
    kinds.THESIS: "phdthesis",
}

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_UNESCAPED_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL_WORDS_ROW = (
    "a an and as at by for from in of on or the their to with der die das le la les el las los un une ein eine il lo"
)
_SMALL_WORDS = frozenset(_SMALL_WORDS_ROW.split())


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield b""
    for item in items:
        # A month is one of BibTeX's own abbreviations, and stands without braces.
        body = "".join(f",\n  {n} = {v if n == 'month' else f'{{{v}}}'}" for n, v in _fields(item) if v)
        yield f"@{_TYPES.get(item.record.format, 'misc')}{{{key(item)}{body}\n}}\n\n".encode()
    yield b""


def key(item: Item) -> str:
    """Family name, year and first word of the title in ASCII, and five characters made of the record's id.

    The last part keeps the works of one author and year apart without a look at them:
    "cortelezzi2012lenalidomide-1x7f0".
    """
    record = item.record
    people = parts.authors(record) or list(record.contributors)
    name = _ascii_word(name_of(people[0]).family) if people else ""
    words = (_ascii_word(word) for text in parts.titles(record) for word in text.value.split())
    title = next((word for word in words if word and word not in _SMALL_WORDS), "")
    digest = blake2s(item.id.encode(errors="surrogatepass"), digest_size=5).digest()
    mark = "".join("0123456789abcdefghjkmnpqrstvwxyz"[byte % 32] for byte in digest)
    return f"{name or 'work'}{parts.year(record)}{title}-{mark}"


def _ascii_word(text: str) -> str:
    return "".join(c for c in sort_key(text) if c.isascii() and c.isalnum())[:30]


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    record, container = item.record, item.record.container
    title, *more_titles = [text.value for text in parts.titles(record)] or [""]
    kind = _TYPES.get(record.format, "misc")
    yield "title", _protected(title)
    yield "author", " and ".join(_name(person) for person in parts.authors(record))
    yield "editor", " and ".join(_name(person) for person in parts.others(record, "editor"))
    yield "translator", " and ".join(_name(person) for person in parts.others(record, "translator"))
    yield "journal" if kind in ("article", "misc") else "booktitle", _tex(container.title)
    yield "shortjournal", _tex(container.abbreviation)
    yield "series", _tex(record.series[0].title if record.series else "")
    yield "year", _tex(parts.year(record))
    yield from _month(parts.date(record))
    yield "volume", _tex(container.volume)
    yield "number", _tex(container.issue or (record.series[0].number if record.series else ""))
    # Few styles know a field for article numbers, and those that do would print it a second time beside the pages.
    yield "pages", _tex(parts.place_in(record, "–")).replace("–", "--")
    yield {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher"), _tex(record.publisher)
    yield "address", _tex(record.place)
    yield "edition", _tex(record.edition)
    yield "pagetotal", _tex(record.extent)
    yield "issn", _tex(", ".join(parts.issns(record)))
    yield "isbn", _tex(", ".join(parts.identifiers(record, "isbn")))
    yield "doi", _address(parts.doi(record))
    yield "url", _address(next(iter(parts.links(record)), "") or parts.line(item.url))
    yield "pmid", _tex(next(iter(parts.identifiers(record, "pmid")), ""))
    if arxiv := parts.identifiers(record, "arxiv"):
        yield "eprint", _tex(arxiv[0])
        yield "archiveprefix", "arXiv"
    yield "language", _tex(", ".join(language_name(code) for code in record.languages))
    yield "keywords", _tex(", ".join(subject.replace(",", ";") for subject in parts.subjects(record)))
    yield "note", _tex(". ".join([part for part in (parts.retraction(record), *map(parts.line, record.notes)) if part]))
    yield "annote", _tex("; ".join(f"Also titled: {text}" for text in more_titles))
    yield "abstract", _tex("\n\n".join(text.value for text in parts.abstracts(record)))


def _tex(text: str) -> str:
    """The text as TeX prints it: what two signs in a row would become, a dash or a quotation mark, is kept apart."""
    return parts.line(text).translate(_ESCAPED).replace("--", "-{}-").replace("''", "'{}'")


def _address(text: str) -> str:
    """Addresses and DOIs are printed verbatim, so nothing is escaped; braces would end the field."""
    return "".join(_UNESCAPED_IN_ADDRESS.get(sign, sign) for sign in text)


def _protected(title: str) -> str:
    """Words that styles may not put into lower case, in braces: those with a capital behind their first letter.

    >>> _protected("The role of BRCA1 and miRNA in E. coli")
    'The role of {BRCA1} and {miRNA} in E. coli'
    """
    return " ".join(f"{{{_tex(word)}}}" if _is_fixed(word) else _tex(word) for word in title.split(" "))


def _is_fixed(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])


def _name(person: Contributor) -> str:
    """ "van der Werf, Tjip S.", "King, Jr., Martin Luther"; a body's name in braces, so that it is not taken apart."""
    name = name_of(person)
    if person.is_organisation or not (name.given or name.suffix):
        return f"{{{_tex(name.family)}}}"
    return ", ".join(_name_part(part) for part in (name.family, name.suffix, name.given) if part)


def _name_part(part: str) -> str:
    """A part of a name; with "and" or a comma in it, it stands in braces."""
    text = _tex(part)
    return f"{{{text}}}" if "," in text or " and " in f" {text.lower()} " else text


def _month(date: str) -> Iterator[tuple[str, str]]:
    month = date[5:7]
    if month.isdecimal() and 1 <= int(month) <= 12:
        yield "month", _MONTHS[int(month) - 1]
    if len(date) == 10:
        yield "date", date
