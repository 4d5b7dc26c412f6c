"""Writes the reference pages that are made from the code: commands, settings and index fields.

`make docs` writes them; a test compares them, so that no option, setting or field goes undocumented.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
from tools.format_reference import formats

from bookwheel import config
from bookwheel.cli.exit_codes import MEANINGS
from bookwheel.cli.main import bookwheel
from bookwheel.config import Config, LoginConfig, OaiConfig, SetConfig, SourceConfig
from bookwheel.exports import EXPORTS
from bookwheel.search.fields import DEFAULT_FACETS, FIELDS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"

_MADE = "<!-- Made from the code by `make docs`: change the code, not this page. -->"


def pages() -> Mapping[str, str]:
    """File name to text, for every page that is made."""
    return {
        "commands.md": commands(),
        "exports.md": exports(),
        "fields.md": index_fields(),
        "formats.md": formats(_MADE),
        "settings.md": settings(),
    }


def commands() -> str:
    """Every command with its help as the terminal shows it, and the exit codes."""
    parts = ["# Commands", _MADE, _help(bookwheel, "bookwheel")]
    context = click.Context(bookwheel)
    for name in bookwheel.list_commands(context):
        command = bookwheel.get_command(context, name)
        assert command
        parts += [f"## bookwheel {name}", _help(command, f"bookwheel {name}")]
        for inner, below in getattr(command, "commands", {}).items():
            parts += [f"### bookwheel {name} {inner}", _help(below, f"bookwheel {name} {inner}")]
    codes = "\n".join(f"| {code} | {meaning} |" for code, meaning in sorted(MEANINGS.items()))
    parts += ["## Exit codes", f"| code | meaning |\n| --- | --- |\n{codes}"]
    return _joined(parts)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    return f"```\n{command.get_help(context)}\n```"


def settings() -> str:
    """Every setting of bookwheel.toml with type, default and its sentence."""
    return _joined(
        [
            "# Settings",
            _MADE,
            f"They stand in `{config.FILE_NAME}` in the catalogue's folder.\nAn empty file is a working system.\n"
            "A setting that is text, a number, true or false, or a list can also be given in the environment, "
            "which wins: `BOOKWHEEL_` and its name in capitals; parts of a list are separated by commas.",
            "## The catalogue",
            _settings_table(Config),
            "## For harvesters",
            "The section `[oai]` lets others harvest the catalogue at `/OAI/Server`.",
            _settings_table(OaiConfig),
            "Each set of records that a search finds has a section `[oai.sets.NAME]`.",
            _settings_table(SetConfig),
            "## Signing in by other houses",
            "Each provider of OpenID Connect has a section `[login.NAME]`.",
            _settings_table(LoginConfig),
            "## Sources",
            "Each source has a section `[sources.NAME]`; `bookwheel harvest NAME` fetches from it.",
            _settings_table(SourceConfig),
        ]
    )


def _settings_table(settings_class: type) -> str:
    sentences = dict(_docstrings(settings_class))
    rows = [
        f"| `{setting.name}` | {_type(setting)} | {_default(setting)} | {sentences[setting.name]} |"
        for setting in fields(settings_class)
        if setting.name not in config.NOT_ONE_VALUE and setting.default_factory is MISSING
    ]
    return "\n".join(["| setting | type | default | meaning |", "| --- | --- | --- | --- |", *rows])


def _docstrings(settings_class: type) -> Iterator[tuple[str, str]]:
    """Each field with the string below it; fields that share one stand above it together."""
    (tree,) = ast.parse(inspect.getsource(settings_class)).body
    assert isinstance(tree, ast.ClassDef)
    waiting: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            waiting.append(node.target.id)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from ((name, " ".join(str(node.value.value).split())) for name in waiting)
            waiting = []


def _type(setting: "Field[Any]") -> str:
    if get_origin(setting.type) is Literal:
        return " or ".join(f'`"{value}"`' for value in get_args(setting.type))
    names: dict[object, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return names.get(setting.type, "list of texts")


def _default(setting: "Field[Any]") -> str:
    value = setting.default
    if value is MISSING:
        return "must be given"
    if isinstance(value, tuple):
        return _list(value)
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _list(values: tuple[str, ...]) -> str:
    quoted = ", ".join('"' + value + '"' for value in values)
    return f"`[{quoted}]`"


def index_fields() -> str:
    """Every field of the index."""
    rows = []
    for name, row in FIELDS.items():
        used = [*(["facet"] if row.facet else []), *(["shown as a facet"] if name in DEFAULT_FACETS else [])]
        copies = ", ".join(f"`{copy}`" for copy in row.copies)
        stored = "yes" if row.stored else "no"
        rows.append(f"| `{name}` | {row.kind} | {stored} | {used[-1] if used else ''} | {copies} | {row.label} |")
    return _joined(
        [
            "# Index fields",
            _MADE,
            "Names are those of VuFind's schema; those with a suffix (`_str`, `_str_mv`, `_txt_mv`) are ours "
            "beside them.\n"
            "Kinds: *text* is words and stems, *words* words alone, *exact* the whole value, *isn* the digits of "
            "an ISSN or ISBN, *year* a whole number, *date* ISO 8601, *shown* kept and displayed, never searched.\n"
            "A field is copied into others when it is indexed.",
            "| field | kind | stored | facet | copied into | label |\n| --- | --- | --- | --- | --- | --- |\n"
            + "\n".join(rows),
        ]
    )


def exports() -> str:
    """Every export format with the first words of the module that writes it."""
    rows = []
    for name, export in EXPORTS.items():
        module = import_module(f"bookwheel.exports.{name}")
        about = " ".join((module.__doc__ or "").split("\n\n")[0].split())
        resumes = "yes" if export.resumes else "no"
        rows.append(f"| `{name}` | {export.label} | `.{export.suffix}` | `{export.media_type}` | {resumes} | {about} |")
    return _joined(
        [
            "# Export formats",
            _MADE,
            "How to have records in them tells [Export records](../how-to/export.md); who else reads them, "
            "[Interoperability](../interoperability.md).\n"
            "A file of a format that can be *gone on with* may break off anywhere: `--resume` or `offset` gives "
            "the rest.",
            "| name | label | file | media type | can be gone on with | what it is |\n"
            "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows),
        ]
    )


def _joined(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
