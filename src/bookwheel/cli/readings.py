"""What became of a payload, drawn field by field: the value, where it came from, by which rule."""

from bookwheel.cli.output import write_line, write_table
from bookwheel.records.model import (
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Series,
    Subject,
    Text,
)
from bookwheel.records.raw import Reading

_WIDTH = 60


def write_reading(reading: Reading) -> None:
    """Lines for people: a row for each rule that made something, then problems and what was not used."""
    if reading.record is not None:
        record = reading.record
        rows = [(made.field, value_of(record, made.field), made.element, made.rule) for made in reading.provenance]
        write_table(("FIELD", "VALUE", "FROM", "RULE"), rows)
    for problem in reading.problems:
        write_line(f"{problem.severity}: {problem.field}: {problem.message}")
    if reading.unused:
        write_line(f"Not used: {', '.join(reading.unused)}")


def value_of(record: Record, field: str) -> str:
    """The value of a field as provenance names it ("container.volume", "identifiers.doi"), in one short line."""
    name, _, part = field.partition(".")
    value: object = getattr(record, name, "")
    if name == "identifiers" and part:
        value = record.identifier(part)
    elif name == "contributors" and part:
        value = tuple(getattr(person, part) for person in record.contributors if getattr(person, part))
    elif part:
        value = getattr(value, part, "")
    return shortened(as_line(value))


def as_line(value: object) -> str:
    """A value of the model in one line."""
    match value:
        case tuple():
            return "; ".join(filter(None, map(as_line, value)))
        case Text(text, language):
            return f"{text} [{language}]" if language and text else text
        case Contributor():
            return value.name if value.role == "author" else f"{value.name} ({value.role})"
        case PublicationDate():
            return value.value
        case Subject():
            return value.value if value.scheme == "keyword" else f"{value.scheme}: {value.value}"
        case Identifier() | Relation():
            scheme = value.scheme if isinstance(value, Identifier) else f"{value.kind} {value.scheme}".strip()
            return f"{scheme}:{value.value}"
        case Link():
            return value.url
        case Series():
            return f"{value.title} {value.number}".strip()
        case None:
            return ""
    if hasattr(value, "__dataclass_fields__"):
        found = ((name, as_line(getattr(value, name))) for name in value.__dataclass_fields__)
        return ", ".join(f"{name} {text}" for name, text in found if text)
    return str(value)


def shortened(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
