"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "counter",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("number", number, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("identifier", sa.String, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False, unique=True),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("datestamp", sa.String, nullable=False),
        sa.Column("sets", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("first_indexed", sa.String, nullable=False),
        sa.Column("last_indexed", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.UniqueConstraint("source", "identifier"),
        sa.Index("record_by_source", "source", "deleted"),
    )
    op.create_table(
        "payload",
        sa.Column("number", number, primary_key=True),
        sa.Column("record", number, sa.ForeignKey("record.number"), nullable=False, index=True),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("datestamp", sa.String, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("sets", sa.Text, nullable=False),
        sa.Column("fetched", sa.String, nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "problem",
        sa.Column("number", number, primary_key=True),
        sa.Column("record", number, sa.ForeignKey("record.number"), nullable=False, index=True),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("severity", sa.String, nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("number", number, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("identifier", sa.String, nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("datestamp", sa.String, nullable=False),
        sa.Column("sets", sa.Text, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("fetched", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("sha256", "source", "identifier"),
        sa.Index("quarantine_by_identifier", "source", "identifier"),
    )
    op.create_table(
        "run",
        sa.Column("number", number, primary_key=True),
        sa.Column("source", sa.String, nullable=False, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("started", sa.String, nullable=False),
        sa.Column("ended", sa.String, nullable=False),
        sa.Column("fetched", sa.BigInteger, nullable=False),
        sa.Column("stored", sa.BigInteger, nullable=False),
        sa.Column("unchanged", sa.BigInteger, nullable=False),
        sa.Column("deleted", sa.BigInteger, nullable=False),
        sa.Column("rejected", sa.BigInteger, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("unused", sa.Text, nullable=False),
    )
    op.create_table(
        "lease",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("expires", sa.String, nullable=False),
    )
    op.create_table(
        "harvest_list",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("verb", sa.String, primary_key=True),
        sa.Column("set", sa.String, primary_key=True),
        sa.Column("prefix", sa.String, primary_key=True),
        sa.Column("completed", sa.String, nullable=False),
        sa.Column("begun", sa.Boolean, nullable=False),
        sa.Column("lower_bound", sa.String, nullable=False),
        sa.Column("checkpoint", sa.Text, nullable=False),
        sa.Column("newest", sa.String, nullable=False),
        sa.Column("served", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "unseen",
        sa.Column("record", number, sa.ForeignKey("record.number"), primary_key=True, autoincrement=False),
        sa.Column("walks", sa.Integer, nullable=False),
        sa.Column("since", sa.String, nullable=False),
    )
    op.execute("INSERT INTO counter (name, value) VALUES ('change', 0)")
