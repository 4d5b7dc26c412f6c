"""Every table of the people's database as it is: to see that nothing changed, and that nobody is mentioned any more."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db import connection

from bookwheel.web.people.models import Person

Row: TypeAlias = tuple[tuple[str, Any], ...]
"""Columns and their values, in the order of the table."""

Tables: TypeAlias = Mapping[str, tuple[Row, ...]]
"""Rows by table."""


class Mention(NamedTuple):
    """A row that tells of a person, and the column that does."""

    table: str
    column: str
    row: Row


def dump() -> Tables:
    """Every row of every table, in an order that depends on the rows alone."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return {name: _rows(name) for name in sorted(names)}


def changed(before: Tables, after: Tables) -> Tables:
    """By table, the rows that only one of two dumps has."""
    found = {}
    for name in before.keys() | after.keys():
        old, new = set(before.get(name, ())), set(after.get(name, ()))
        if different := old ^ new:
            found[name] = tuple(sorted(different, key=repr))
    return found


def mentions(person_id: int, *texts: str) -> tuple[Mention, ...]:
    """Rows that point to a person, or hold one of the texts (an address, a name) in whatever case.

    Of sessions, what is packed in them is looked into.
    """
    wanted = [text.casefold() for text in texts if text]
    pointing = columns_that_point_to_people() | {(Person._meta.db_table, "id")}
    found = []
    for table, rows in dump().items():
        for row in rows:
            for column, value in row:
                points = (table, column) in pointing and str(value) == str(person_id)
                if points or any(text in str(value).casefold() for text in wanted):
                    found.append(Mention(table, column, row))
    sessions: Any = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    for session in sessions.objects.all():
        packed = session.get_decoded()
        if packed.get("_auth_user_id") == str(person_id) or any(text in str(packed).casefold() for text in wanted):
            found.append(Mention(sessions._meta.db_table, "session_data", (("session_key", session.session_key),)))
    return tuple(found)


def columns_that_point_to_people() -> frozenset[tuple[str, str]]:
    """Table and column of every key to a person."""
    models = apps.get_models(include_auto_created=True)
    keys = [(model._meta.db_table, field) for model in models for field in model._meta.local_concrete_fields]
    return frozenset((table, str(field.column)) for table, field in keys if field.related_model is Person)


def _rows(table: str) -> tuple[Row, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        columns = [column[0] for column in cursor.description]
        rows = [tuple(zip(columns, map(_settled, row), strict=True)) for row in cursor.fetchall()]
    return tuple(sorted(rows, key=repr))


def _settled(value: Any) -> Any:
    """Something that can be compared and hashed, whichever database it comes from."""
    return bytes(value) if isinstance(value, memoryview | bytearray) else repr(value) if _is_packed(value) else value


def _is_packed(value: Any) -> bool:
    return isinstance(value, dict | list)
