"""`bookwheel vocabulary`: bring words that mean the same, and headings that stand below others."""

from pathlib import Path

import click

from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import counted, write_json, write_line, write_table
from bookwheel.cli.progress import shown
from bookwheel.jobs.vocabulary import Changes
from bookwheel.library import Library
from bookwheel.search.synonyms import term_key
from bookwheel.vocabulary.file import Version


@click.group()
def vocabulary() -> None:
    """Load words that mean the same, and headings that stand below others.

    Searches for plain words then also find their synonyms, where 'synonyms = true' stands in bookwheel.toml or the
    reader asks for it; headings of PubMed and Ovid strategies find what stands below them.
    """


_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE..."
)
_NAME = click.option("--name", default="", help="The vocabulary's name.  [default: made of the file's]")


@vocabulary.command()
@_FILES
@_NAME
@click.option("--label", default="", help='What readers are told it is: "MeSH 2026".  [default: the file\'s name]')
@catalogue_option
@output_options
def load(files: tuple[Path, ...], name: str, label: str, catalogue: Path, as_json: bool) -> None:
    """Load files as a new version of a vocabulary, and use it.

    Forms: MeSH's descriptors as NLM publishes them (desc2026.xml, d2026.bin); a table in TSV or CSV whose head names
    columns (name, synonyms parted by |, id, tree_numbers), or without head the preferred term and its synonyms; a
    text (.txt) of lines "a, b, c" for words that mean the same and "a => b" for one way. Each may be packed with gzip.
    """
    with Library.open(existing(catalogue)) as library:
        with shown("concepts") as progress:
            version = library.load_vocabulary(files, name, label, progress)
        is_used = library.config.synonyms
    if as_json:
        write_json({"version": version})
    elif version is None:
        write_line("Nothing has changed: these terms are in use already.")
    else:
        write_line(f"{version.name}: {counted(version.terms, 'term')} of {counted(version.concepts, 'concept')}.")
        write_line(f"Readers see it as {version.title!r}.")
        if not is_used:
            write_line(
                "Readers can switch synonyms on; 'synonyms = true' in bookwheel.toml has them on from the start."
            )


@vocabulary.command()
@_FILES
@_NAME
@click.option("--search", "searches", multiple=True, metavar="TEXT", help="A search to try before and after.")
@catalogue_option
@output_options
def preview(files: tuple[Path, ...], name: str, searches: tuple[str, ...], catalogue: Path, as_json: bool) -> None:
    """Show what loading files would change; nothing is kept."""
    with Library.open(existing(catalogue)) as library, shown("concepts") as progress:
        changes = library.preview_vocabulary(files, name, searches, progress)
    if as_json:
        write_json(changes)
    else:
        _write(changes)


@vocabulary.command("list")
@catalogue_option
@output_options
def list_(catalogue: Path, as_json: bool) -> None:
    """Show the vocabularies in use."""
    with Library.open(existing(catalogue)) as library:
        versions = library.vocabulary.current()
    _show(versions, as_json)
    if not versions and not as_json:
        write_line("There are none: 'bookwheel vocabulary load FILE' brings one.")


@vocabulary.command()
@click.argument("term")
@catalogue_option
@output_options
def show(term: str, catalogue: Path, as_json: bool) -> None:
    """Show what a TERM is also searched by, and what stands below it as a heading."""
    with Library.open(existing(catalogue)) as library:
        senses = library.words.senses([term_key(term)]).get(term_key(term), ())
        heading = library.words.heading(term, exploded=True)
    if as_json:
        write_json({"term": term, "senses": senses, "heading": heading})
        return
    for sense in senses:
        others = [each for each in sense.terms if term_key(each) not in ("", term_key(term))]
        write_line(f"{sense.name} ({sense.vocabulary})")
        for other in {term_key(each): each for each in reversed(others)}.values():
            write_line(f"  {other}")
    if heading:
        names = counted(len(heading.subjects), "subject")
        write_line(f"As a heading: {counted(heading.count, 'heading')}, {names} ({heading.vocabulary})")
    if not senses and not heading:
        write_line("No vocabulary has this term, or it names several things at once.")


@vocabulary.command()
@click.argument("name")
@catalogue_option
@output_options
def remove(name: str, catalogue: Path, as_json: bool) -> None:
    """Use a vocabulary no more. Its versions stay and can be restored."""
    with Library.open(existing(catalogue)) as library:
        library.vocabulary.remove(name)
    if as_json:
        write_json({"removed": name})
    else:
        write_line(f"{name} is used no more; 'bookwheel vocabulary rollback {name} VERSION' brings it back.")


@vocabulary.command()
@click.argument("name")
@catalogue_option
@output_options
def history(name: str, catalogue: Path, as_json: bool) -> None:
    """Show all versions of a vocabulary, the newest first."""
    with Library.open(existing(catalogue)) as library:
        versions = library.vocabulary.history(name)
    _show(versions, as_json)


@vocabulary.command()
@click.argument("name")
@click.argument("version", type=click.IntRange(1))
@catalogue_option
@output_options
def rollback(name: str, version: int, catalogue: Path, as_json: bool) -> None:
    """Use an earlier VERSION of a vocabulary again."""
    with Library.open(existing(catalogue)) as library:
        restored = library.vocabulary.restore(name, version)
    if as_json:
        write_json({"version": restored})
    else:
        write_line(f"{restored.title} is in use.")


def _show(versions: tuple[Version, ...], as_json: bool) -> None:
    if as_json:
        write_json(versions)
        return
    write_table(
        ("NAME", "VERSION", "IN USE", "LABEL", "CONCEPTS", "TERMS", "LOADED", "FILE"),
        [
            (
                v.name,
                v.number,
                "yes" if v.is_current else "",
                v.label,
                f"{v.concepts:,}",
                f"{v.terms:,}",
                v.loaded,
                v.file,
            )
            for v in versions
        ],
    )


def _write(changes: Changes) -> None:
    write_line(
        f"{changes.name}: {changes.concepts_added:,} concepts added, {changes.concepts_removed:,} removed, "
        f"{changes.concepts_changed:,} changed, of {changes.concepts:,}."
    )
    for count, verb, terms in (
        (changes.terms_added, "added", changes.added),
        (changes.terms_removed, "removed", changes.removed),
    ):
        if count:
            more = " …" if count > len(terms) else ""
            write_line(f"{counted(count, 'term')} {verb}: {', '.join(terms)}{more}")
    for example in changes.examples:
        write_line(f"{example.text}: {example.before:,} → {counted(example.after, 'record')} with synonyms")
        if new := [term for term in example.also_after if term not in example.also_before]:
            write_line(f"  newly also: {', '.join(new)}")
        if lost := [term for term in example.also_before if term not in example.also_after]:
            write_line(f"  no longer: {', '.join(lost)}")
