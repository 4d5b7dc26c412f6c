"""Lists in the order of time: for others to harvest from, whole, by source, by journal or by format."""

import sqlalchemy as sa
from alembic import op

from bookwheel.store.provision import fill_journals

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("record", sa.Column("journal", sa.String, nullable=False, server_default=""))
    op.add_column("record", sa.Column("format", sa.String, nullable=False, server_default=""))
    op.execute(
        "UPDATE record SET format = COALESCE((SELECT payload.format FROM payload WHERE payload.record = record.number"
        " ORDER BY payload.number DESC LIMIT 1), '')"
    )
    fill_journals(op.get_bind())
    op.create_index("record_by_number", "record", ["number", "deleted", "last_indexed"])
    op.create_index("record_by_time", "record", ["last_indexed", "change"])
    op.create_index("record_of_source_by_time", "record", ["source", "last_indexed", "change"])
    op.create_index("record_of_journal_by_time", "record", ["journal", "last_indexed", "change"])
    op.create_index("record_of_format_by_time", "record", ["format", "last_indexed", "change"])
